import { projections } from '../../projections/all.ts'
import { applyApart, applyBatch, applyPart, commit } from '../../projections/batch.ts'
import { byEvaluation } from '../../projections/by-evaluation.ts'
import type { Projection, Reader } from '../../projections/projection.ts'
import { readerOf } from '../../projections/rows.ts'
import { runningOf, withKeeper } from '../../projections/tracks.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { storedOf } from './server.ts'

/** What projections made of a ledger, in tables of their own. */
export interface FoldedRows {
  reader: Reader
  /** Every row of every table, all columns, so that two ways of getting there can be compared. */
  dump(): string[]
  close(): void
}

/** Rows as a rebuild makes them, evaluation by evaluation, in windows of these sizes, over and over. */
export function groupedRows(events: readonly LedgerEvent[], sizes: readonly number[]): FoldedRows {
  const rows = openReadModel(':memory:', withKeeper(projections), { freeze: true })
  const running = runningOf(rows, projections)
  const ordered = running.filter(({ projection }) => projection.ordered)
  const apart = running.filter(({ projection }) => !projection.ordered)
  for (const window of inBatches(events, sizes)) {
    const stored = window.map(storedOf)
    const stood = apart.map(({ position }) => position)
    if (!applyPart({ rows }, ordered, stored) || !applyApart({ rows }, apart, byEvaluation(stored), stood))
      throw new Error('something went wrong')
    commit(rows, running)
  }
  return { reader: readerOf(rows), dump: () => dumpOf(rows, projections), close: () => rows.close() }
}

function* inBatches(events: readonly LedgerEvent[], sizes: readonly number[]): Generator<LedgerEvent[]> {
  for (let from = 0, i = 0; from < events.length; i++) {
    const to = from + (sizes[i % sizes.length] ?? 1)
    yield events.slice(from, to)
    from = to
  }
}

/**
 * Rows as a server keeps them, committed in batches of these sizes, over and over; unless given, all in one. A
 * handler that throws fails the test.
 */
export function foldedRows(
  events: readonly LedgerEvent[],
  sizes: readonly number[] = [events.length || 1],
  of: readonly Projection[] = projections
): FoldedRows {
  const rows = openReadModel(':memory:', withKeeper(of), { freeze: true })
  const running = runningOf(rows, of)
  for (const batch of inBatches(events, sizes)) applyBatch({ rows }, running, batch.map(storedOf))
  for (const { projection, stopped } of running) {
    if (stopped) throw new Error(`${projection.name} stopped at ${stopped.position}: ${stopped.error}`)
  }
  return { reader: readerOf(rows), dump: () => dumpOf(rows, of), close: () => rows.close() }
}

const dumpOf = (rows: ReadModel, of: readonly Projection[]): string[] =>
  of.flatMap(({ tables }) =>
    tables.flatMap(({ name, key }) =>
      rows
        .query(`select * from "${name}" order by ${key.join()}`)
        .map((row) => `${name} ${JSON.stringify(row, asText)}`)
    )
  )

const asText = (_name: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
