import type { Level } from '../events/forms.ts'
import { parseDecimal } from '../points.ts'
import { compareTwo } from './agreement.ts'
import { type Judgement, judge } from './discrepancy-checks.ts'
import {
  levelsOf,
  PRINTED_MEASURES,
  type Print,
  type PrintedMeasure,
  printsOf
} from './discrepancy-prints.ts'
import { type Found, foundRow } from './discrepancy-row.ts'
import type { Scope } from './discrepancy-scope.ts'
import type { PublishedFigure } from './evaluation.ts'

/** Every printed figure about the nodes that are asked for that does not agree with what it ought to be. */
export function publishedDiscrepancies(scope: Scope): Found[] {
  const { tree } = scope.subject
  const rows: Found[] = []
  for (const node of scope.only ?? scope.published.keys()) {
    const figures = scope.published.get(node)
    if (!figures) continue
    for (const level of levelsOf(figures)) {
      if (!tree.nodes.has(node)) rows.push(...unknownNode(node, level, figures))
      else
        rows.push(...PRINTED_MEASURES.flatMap((measure) => mismatches(scope, node, level, measure, figures)))
    }
  }
  return rows
}

/** A print with what came of holding it against everything else. */
interface Judged {
  print: Print
  judgement: Judgement
}

function mismatches(
  scope: Scope,
  node: string,
  level: Level | null,
  measure: PrintedMeasure,
  figures: readonly PublishedFigure[]
): Found[] {
  const judged = printsOf(figures, level, measure).map((print) => ({
    print,
    judgement: worst(print.places.map((figure) => judge(scope, { node, level, figure }, measure, print.text)))
  }))
  return judged.flatMap(({ print, judgement }, index) => {
    const row = { kind: 'published-mismatch', node, level, measure, ...ofPrint(print) } as const
    if (judgement.agrees) return judgement.confirmed ? [] : elsewhere(row, print, judged, index)
    const { class: found, expected, check } = judgement
    const { basis, against, ceiling } = check
    return foundRow({ ...row, class: found, expected, basis, against: against(), ceiling })
  })
}

const ofPrint = ({ text, value, places }: Print) => ({
  found: text,
  value: value.value,
  for: places.map(({ event }) => event),
  note: places[0]?.printed
})

/** Of the places that print a number, the one it fits least. */
const worst = (judgements: readonly Judgement[]): Judgement =>
  judgements.find((found) => !found.agrees && found.class === 'material') ??
  judgements.find((found) => !found.agrees) ??
  judgements.find((found) => found.agrees && found.confirmed) ?? { agrees: true, confirmed: false }

type Row = Pick<Parameters<typeof foundRow>[0], 'kind' | 'node' | 'level' | 'measure' | 'found' | 'value'>

/**
 * The same figure printed in two places. It matters where nothing else has proved a print: that one is held against
 * those that are proved, and against those printed before it.
 */
function elsewhere(row: Row, print: Print, judged: readonly Judged[], index: number): Found[] {
  const rivals = judged.flatMap(({ print: other, judgement }, at) => {
    const proved = judgement.agrees && judgement.confirmed
    if (!judgement.agrees || (!proved && at >= index)) return []
    const verdict = compareTwo(print.value, other.value)
    return verdict.agrees ? [] : [{ other, verdict }]
  })
  const rival = rivals.find(({ verdict }) => verdict.class === 'material') ?? rivals[0]
  if (!rival) return []
  const { other, verdict } = rival
  return [
    foundRow({
      ...row,
      class: verdict.class,
      expected: verdict.expected,
      expectedAs: other.text,
      basis: { of: 'other-place', points: null, ceiling: null, partial: false, digits: null },
      against: other.places.map(({ event }) => event)
    })
  ]
}

/** A code that the framework does not have: one row a place, with the first number that is printed there. */
function unknownNode(node: string, level: Level | null, figures: readonly PublishedFigure[]): Found[] {
  const measureOf = (figure: PublishedFigure): PrintedMeasure =>
    PRINTED_MEASURES.find((measure) => figure[measure] !== undefined) ?? 'points'
  return PRINTED_MEASURES.flatMap((measure) => {
    const here = figures.filter((figure) => (figure.level ?? null) === level && measureOf(figure) === measure)
    return [...new Set(here.map((figure) => figure[measure]))].map((text) => {
      const places = here.filter((figure) => figure[measure] === text)
      return foundRow({
        kind: 'unknown-node',
        class: 'material',
        node,
        level,
        measure,
        expected: null,
        value: text === undefined ? null : parseDecimal(text),
        found: text ?? null,
        for: places.map(({ event }) => event),
        note: places[0]?.printed
      })
    })
  })
}
