import { defined } from '../../commands/define.ts'
import { evaluationId, keyOf, type PlannedCommand, quantity, sourceAt } from './names.ts'
import type { Sample } from './sample.ts'

/**
 * Counts and ceilings of the tables that compare years, one figure a year and row, on that year's evaluation. Tables
 * 6 and 29 of the same file are left alone: the score files have every cell of theirs.
 */
export function totalsCommands({ totals }: Pick<Sample, 'totals'>, year: string): PlannedCommand[] {
  const tables = { 3: totals.table3, 4: totals.table4, 5: totals.table5 }
  return Object.entries(tables).flatMap(([number, { rows }]) =>
    rows.flatMap((row, i): PlannedCommand[] => {
      const [count, ceiling] = [quantity(row.count[year]), quantity(row.ceiling[year])]
      if (row.code === null || (count === undefined && ceiling === undefined)) return []
      const place = `table ${number} row ${i + 1}`
      const body = defined({
        evaluation: evaluationId(year),
        about: { node: row.code },
        ceiling,
        count,
        printed: row.printedCells.join(' | '),
        source: sourceAt(place)
      })
      return [{ command: 'publish-figure', key: keyOf(year, 'figure', row.code, place), body }]
    })
  )
}
