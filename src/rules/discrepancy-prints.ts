import type { Level } from '../events/forms.ts'
import { type Printed, printedExactly, printedPercent, printedPoints } from './agreement.ts'
import type { Scope } from './discrepancy-scope.ts'
import type { PublishedFigure } from './evaluation.ts'

/** What a printed figure may say and the ledger can check. Ranks, growth and grades are of other tables. */
export const PRINTED_MEASURES = ['points', 'percent', 'ceiling', 'count'] as const
export type PrintedMeasure = (typeof PRINTED_MEASURES)[number]

/** One number as printed; in how many places does not matter. */
export interface Print {
  text: string
  value: Printed
  /** Where it is printed, in ledger order. */
  places: readonly PublishedFigure[]
}

/** A number of a figure with the digits it is printed in. */
export function printedValue(figure: PublishedFigure, measure: PrintedMeasure, text: string): Printed {
  if (measure === 'points') return printedPoints(text, figure.source.digits)
  return measure === 'percent' ? printedPercent(text) : printedExactly(text)
}

/** The levels that figures about a node name, in ledger order; null for a figure that names none. */
export const levelsOf = (figures: readonly PublishedFigure[]): (Level | null)[] => [
  ...new Set(figures.map(({ level }) => level ?? null))
]

/** The different prints of one figure, in ledger order. `84.2` and `84.20` are two. */
export function printsOf(
  figures: readonly PublishedFigure[],
  level: Level | null,
  measure: PrintedMeasure
): Print[] {
  const prints = new Map<string, Print>()
  for (const figure of figures) {
    const text = figure[measure]
    if (text === undefined || (figure.level ?? null) !== level) continue
    const known = prints.get(text)
    if (known) prints.set(text, { ...known, places: [...known.places, figure] })
    else prints.set(text, { text, value: printedValue(figure, measure, text), places: [figure] })
  }
  return [...prints.values()]
}

/** The points first printed for a node at a level. */
export function firstPoints(
  { published }: Scope,
  node: string,
  level: Level | null
): { value: Printed; text: string; event: string } | null {
  const figure = published
    .get(node)
    ?.find(({ points, level: at }) => points !== undefined && (at ?? null) === level)
  if (figure?.points === undefined) return null
  return { value: printedValue(figure, 'points', figure.points), text: figure.points, event: figure.event }
}
