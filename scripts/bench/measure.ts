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
  /** Measured ÷ baseline, the median of the rounds. */
  ratio: number
  floor: number
  aim: number
  baseline: Side
  measured: Side
  rounds: number
  machine: { cpus: number; model: string; node: string }
}

/** Something to be timed: `run` does a round of it and tells how many things that were. */
export interface Contender {
  what: string
  run(): Promise<number> | number
}

export interface Comparison {
  figure: string
  floor: number
  aim: number
  baseline: Contender
  measured: Contender
  /** Something else measured in the same rounds, told among the baseline's numbers under a name of its own. */
  beside?: Contender & { name: string }
  rounds?: number
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
async function speedOf({ run }: Contender): Promise<number> {
  const begun = performance.now()
  const things = await run()
  return things / ((performance.now() - begun) / 1000)
}

/**
 * Measures both in turns, after one round of each that warms up and is not counted. The ratio is the median of the
 * ratios of the rounds, so that a slow minute of the machine meets both sides.
 */
export async function compare(comparison: Comparison): Promise<Figure> {
  const { figure, floor, aim, baseline, measured, beside } = comparison
  const rounds = isQuick ? 1 : (comparison.rounds ?? ROUNDS)
  const speeds: Record<'baseline' | 'measured' | 'beside', number[]> = {
    baseline: [],
    measured: [],
    beside: []
  }
  for (let round = isQuick ? 1 : 0; round <= rounds; round++) {
    const [a, b] = [await speedOf(baseline), await speedOf(measured)]
    const c = beside && (await speedOf(beside))
    const which = round === 0 ? 'warming up' : `round ${round} of ${rounds}`
    complain(`${figure}, ${which}: ${shown(b)} against ${shown(a)} a second, ${(b / a).toFixed(3)} ×`)
    if (round === 0) continue
    speeds.baseline.push(a)
    speeds.measured.push(b)
    if (c !== undefined) speeds.beside.push(c)
  }
  const ratios = speeds.measured.map((speed, i) => speed / (speeds.baseline[i] ?? Number.NaN))
  return {
    figure,
    ratio: rounded(median(ratios)),
    floor,
    aim,
    baseline: {
      what: baseline.what,
      perSecond: Math.round(median(speeds.baseline)),
      ...(beside && { [beside.name]: Math.round(median(speeds.beside)) })
    },
    measured: { what: measured.what, perSecond: Math.round(median(speeds.measured)) },
    rounds,
    machine: machine()
  }
}

export const rounded = (ratio: number): number => Math.round(ratio * 1000) / 1000

const shown = (speed: number): string => Math.round(speed).toLocaleString('en')

export function machine(): Figure['machine'] {
  const all = cpus()
  return { cpus: all.length, model: all[0]?.model ?? 'unknown', node: process.version }
}

/** The one line that a benchmark says on standard output. */
export function printFigure(figure: Figure): void {
  process.stdout.write(`${JSON.stringify(figure)}\n`)
}

/** Gives work a folder of its own on the disk that the ledger would be on, and takes it away afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const data = process.env.KARNAMEH_DATA ?? 'data'
  mkdirSync(data, { recursive: true })
  const folder = mkdtempSync(join(data, 'bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
