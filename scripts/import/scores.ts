import { defined } from '../../commands/define.ts'
import { setOf } from './framework.ts'
import { evaluationId, keyOf, type PlannedCommand, quantity, sourceAt } from './names.ts'
import type { Dispute, SampleScore, SampleYear } from './sample.ts'

/** In the order of levels: what was claimed comes before what was given. */
const LEVELS = ['self', 'expert', 'final'] as const

/**
 * Everything that the score tables of a year say: what does not apply, scores, and every printed figure verbatim.
 * Parents before children, self before final.
 */
export function scoreCommands(year: SampleYear, dispute: Dispute): PlannedCommand[] {
  const done = new Set<string>()
  return inOrder(year).flatMap((score) => {
    const acts = [...exemption(year, score), ...record(year, score, dispute)]
    // A node has one score at a level, and is exempted once, however often that is printed; figures are all kept.
    const first = acts.filter(({ key }) => !done.has(key) && done.add(key))
    return [...first, ...figure(year, score)]
  })
}

/** The total before the sets, parents before children, and codes that the year's framework does not have last. */
function inOrder({ nodes, scores }: SampleYear): SampleScore[] {
  const places = new Map(nodes.map(({ code }, i) => [code, i]))
  const place = ({ code }: SampleScore) => (isTotal(code) ? -1 : (places.get(code) ?? nodes.length))
  const rank = ({ level }: SampleScore) => LEVELS.indexOf(level)
  return scores.toSorted((a, b) => place(a) - place(b) || rank(a) - rank(b))
}

const isTotal = (code: string): boolean => code === 'TOTAL'

/** A node of the year's framework with a cell instead of a figure does not apply; the source gives no reason. */
function exemption(
  { year, nodes }: SampleYear,
  { code, cell, score, source }: SampleScore
): PlannedCommand[] {
  if (cell === undefined || score !== null || !nodes.some((node) => node.code === code)) return []
  const body = {
    evaluation: evaluationId(year),
    node: code,
    reasonCode: 'not-stated',
    source: sourceAt(source)
  }
  return [{ command: 'grant-not-applicable', key: keyOf(year, 'not-applicable', code), body }]
}

function record(year: SampleYear, score: SampleScore, dispute: Dispute): PlannedCommand[] {
  const { code, level } = score
  const points = quantity(score.score)
  if (points === undefined || !isScored(year, score)) return []
  const disputed = code === dispute.indicator && level === 'self'
  const body = defined({
    evaluation: evaluationId(year.year),
    node: code,
    level,
    points,
    measurement: disputed ? measurementOf(dispute) : undefined,
    note: disputed ? dispute.argument.fa : undefined,
    source: sourceAt(score.source)
  })
  return [{ command: 'record-score', key: keyOf(year.year, 'score', level, code), body }]
}

/** What the unit states it has measured behind its claim, with the target it holds to be the one in force. */
const measurementOf = ({ figures }: Dispute) => ({
  numerator: quantity(figures.insured),
  denominator: quantity(figures.eligible),
  target: quantity(figures.nationalTargetPercent)
})

/**
 * Indicators and measures are scored; a set only where no final score of any of its indicators is printed, for else
 * its sum would stand beside a second truth. The total is no node.
 */
function isScored({ nodes, scores }: SampleYear, { code, kind }: SampleScore): boolean {
  const set = setOf(code, nodes)
  if (set === undefined) return false
  if (kind !== 'total') return true
  return !scores.some(
    (other) =>
      other.kind === 'indicator' &&
      other.level === 'final' &&
      other.score !== null &&
      setOf(other.code, nodes) === set
  )
}

/** What a row prints, errors included; a row without any figure prints nothing. */
function figure({ year }: SampleYear, score: SampleScore): PlannedCommand[] {
  const { code, level, source } = score
  const [ceiling, points, percent] = [score.ceiling, score.score, score.percent].map(quantity)
  if (ceiling === undefined && points === undefined && percent === undefined) return []
  const body = defined({
    evaluation: evaluationId(year),
    about: { node: isTotal(code) ? 'total' : code },
    level,
    points,
    percent,
    ceiling,
    printed: printedOf(score),
    source: sourceAt(source)
  })
  return [{ command: 'publish-figure', key: keyOf(year, 'figure', level, code, source), body }]
}

/** The cells as they stand, or else the printed values: ceiling, score, percent. */
function printedOf({ printedCells, ceiling, score, percent, cell }: SampleScore): string {
  const cells = printedCells ?? [ceiling, score, percent].flatMap((value) => value ?? cell ?? [])
  return cells.join(' | ')
}
