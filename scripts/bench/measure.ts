import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { complain } from '../program.ts'

/*
 * What all benchmarks share: a figure is a ratio of two speeds that were measured in turns in one run, since absolute
 * times tell of the machine and of whoever else uses it.
 */

/** One side of a comparison. */
export interface Side {
  /** What is done, in a few words. */
  what: string
  /** Things done in a second, the median of the rounds. */
  perSecond: number
  [more: string]: string | number
}

/** What a benchmark prints, as one line of JSON. */
export interface Figure {
  figure: string
  /** Measured ÷ baseline, the median of the rounds: of speeds, or of times where that is said. */
  ratio: number
  /** The least that the ratio may be, and should be; the most where it is one of times. */
  floor: number
  aim: number
  of?: 'times'
  baseline: Side
  measured: Side
  rounds: number
  machine: { cpus: number; model: string; node: string }
}

/** Something to be timed: `run` does a round of it and tells how many things that were. */
export interface Contender {
  what: string
  run(): Promise<Round> | Round
  /** Makes ready for a round; not timed. */
  before?(): Promise<void> | void
  /** Puts away what a round has left, also where it failed; not timed. */
  after?(): Promise<void> | void
}

/** How many things were done, and in what time where only a part of the round was to be timed. */
export type Round = number | { things: number; seconds: number }

export interface Comparison {
  figure: string
  floor: number
  aim: number
  baseline: Contender
  measured: Contender
  /** Something else measured in the same rounds, told among the baseline's numbers under a name of its own. */
  beside?: Contender & { name: string }
  rounds?: number
  /** The ratio is one of times, and `floor` and `aim` are the most that it may be. */
  of?: 'times'
  /** Rounds of minutes, which warm up on their own, are all counted. */
  isLong?: boolean
}

const ROUNDS = 9

/** For trying whether a benchmark runs at all: a fraction of the work, and a ratio that says nothing. */
export const isQuick = process.argv.includes('--quick')

/** So much of something, or a hundredth of it in a quick run; at least `least`. */
export const amount = (whole: number, least = 1): number =>
  isQuick ? Math.max(least, Math.round(whole / 100)) : whole

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** Things a second of one round. */
async function speedOf(contender: Contender): Promise<number> {
  await contender.before?.()
  try {
    const begun = performance.now()
    const round = await contender.run()
    const seconds = (performance.now() - begun) / 1000
    return typeof round === 'number' ? round / seconds : round.things / round.seconds
  } finally {
    await contender.after?.()
  }
}

/**
 * Measures both in turns, after one round of each that warms up and is not counted (unless rounds are long). The ratio
 * is the median of the ratios of the rounds, so that a slow minute of the machine meets both sides.
 */
export async function compare(comparison: Comparison): Promise<Figure> {
  const { figure, floor, aim, of, isLong = false, baseline, measured, beside } = comparison
  const ratioOf = (own: number, other: number) => (of === 'times' ? other / own : own / other)
  const rounds = isQuick ? 1 : (comparison.rounds ?? ROUNDS)
  const speeds: Record<'baseline' | 'measured' | 'beside', number[]> = {
    baseline: [],
    measured: [],
    beside: []
  }
  for (let round = isQuick || isLong ? 1 : 0; round <= rounds; round++) {
    const [a, b] = [await speedOf(baseline), await speedOf(measured)]
    const c = beside && (await speedOf(beside))
    const which = round === 0 ? 'warming up' : `round ${round} of ${rounds}`
    complain(`${figure}, ${which}: ${shown(b)} against ${shown(a)} a second, ${ratioOf(b, a).toFixed(3)} ×`)
    if (round === 0) continue
    speeds.baseline.push(a)
    speeds.measured.push(b)
    if (c !== undefined) speeds.beside.push(c)
  }
  const ratios = speeds.measured.map((own, i) => ratioOf(own, speeds.baseline[i] ?? Number.NaN))
  return {
    figure,
    ratio: rounded(median(ratios)),
    floor,
    aim,
    ...(of && { of }),
    baseline: {
      what: baseline.what,
      perSecond: speed(median(speeds.baseline)),
      ...(beside && { [beside.name]: speed(median(speeds.beside)) })
    },
    measured: { what: measured.what, perSecond: speed(median(speeds.measured)) },
    rounds,
    machine: machine()
  }
}

export const rounded = (ratio: number): number => Math.round(ratio * 1000) / 1000

/** Things that take seconds each are told with their fraction. */
const speed = (perSecond: number): number =>
  perSecond >= 100 ? Math.round(perSecond) : Number(perSecond.toPrecision(4))

const shown = (perSecond: number): string =>
  speed(perSecond).toLocaleString('en', { maximumSignificantDigits: 12 })

export function machine(): Figure['machine'] {
  const all = cpus()
  return { cpus: all.length, model: all[0]?.model ?? 'unknown', node: process.version }
}

/** The one line that a benchmark says on standard output. */
export function printFigure(figure: Figure): void {
  process.stdout.write(`${JSON.stringify(figure)}\n`)
}

/** Where all files go: on the disk that the ledger would be on, since syncing to memory costs nothing. */
export const dataFolder = (): string => process.env.KARNAMEH_DATA ?? 'data'

/** Gives work a folder of its own, and takes it away afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const data = dataFolder()
  mkdirSync(data, { recursive: true })
  const folder = mkdtempSync(join(data, 'bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
