import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { type Change, type Get, type Projection, put, type Reader, table, tables } from './projection.ts'

/* Which position an instant stands for. */

/** One row each time the newest `recordedAt` grew: the first event recorded at it, and the one before that. */
interface ClockRow {
  at: string
  position: bigint
  previous: bigint
}

interface NewestRow {
  id: 'newest'
  /** The newest `recordedAt` so far, which the last event in ledger order need not have. */
  at: string
  position: bigint
}

const clock = table<ClockRow>({
  name: 'journal_clock',
  key: ['at'],
  columns: { at: 'text', position: 'position', previous: 'position' },
  once: true,
  log: true
})

const newest = table<NewestRow>({
  name: 'journal_newest',
  key: ['id'],
  columns: { id: 'text', at: 'text', position: 'position' }
})

function follow({ position, metadata: { recordedAt: at } }: LedgerEvent, get: Get): Change[] {
  const before = get(newest, 'newest')
  const grew = !before || at > before.at
  return [
    put(newest, { id: 'newest', at: grew ? at : before.at, position }),
    ...(grew ? [put(clock, { at, position, previous: before?.position ?? 0n })] : [])
  ]
}

export const journal: Projection = {
  name: 'journal',
  version: 2,
  ordered: true,
  tables: tables(clock, newest),
  on: Object.fromEntries((Object.keys(catalogue) as EventTypeName[]).map((type) => [type, follow]))
}

/** The position an instant stands for: that before the first event, in ledger order, recorded after it. */
export function positionAt(reader: Reader, instant: string): bigint {
  const [after] = reader.all(clock, 'where at > ? order by at limit 1', [instant])
  return after ? after.previous : (reader.get(newest, 'newest')?.position ?? 0n)
}
