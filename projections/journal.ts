import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { type Change, type Get, type Projection, put, type Reader, table, tables } from './projection.ts'

/* Which position an instant stands for. */

/** So many instants are kept in one row: nearly every event has one of its own. */
const SPAN = 64

/** An instant at which the newest `recordedAt` grew, and the last position before the first event recorded at it. */
type Tick = readonly [at: string, previous: string]

/** Instants one after the other, under the last of them. */
interface ClockRow {
  at: string
  ticks: readonly Tick[]
}

interface NewestRow {
  id: 'newest'
  /** The newest `recordedAt` so far, which the last event in ledger order need not have. */
  at: string
  position: bigint
  /** Those that have no row of their own yet. */
  ticks: readonly Tick[]
}

const clock = table<ClockRow>({
  name: 'journal_clock',
  key: ['at'],
  columns: { at: 'text', ticks: 'json' },
  plain: ['ticks'],
  once: true,
  log: true
})

const newest = table<NewestRow>({
  name: 'journal_newest',
  key: ['id'],
  columns: { id: 'text', at: 'text', position: 'position', ticks: 'json' },
  plain: ['ticks']
})

const NO_TICKS: readonly Tick[] = []

function follow({ position, metadata: { recordedAt } }: LedgerEvent, get: Get): Change[] {
  const before = get(newest, 'newest') ?? { at: '', position: 0n, ticks: NO_TICKS }
  const grew = recordedAt > before.at
  const at = grew ? recordedAt : before.at
  const ticks: readonly Tick[] = grew
    ? [...before.ticks, [recordedAt, String(before.position)]]
    : before.ticks
  if (ticks.length < SPAN) return [put(newest, { id: 'newest', at, position, ticks })]
  return [put(newest, { id: 'newest', at, position, ticks: NO_TICKS }), put(clock, { at, ticks })]
}

export const journal: Projection = {
  name: 'journal',
  version: 3,
  ordered: true,
  tables: tables(clock, newest),
  on: Object.fromEntries((Object.keys(catalogue) as EventTypeName[]).map((type) => [type, follow]))
}

/** The position an instant stands for: that before the first event, in ledger order, recorded after it. */
export function positionAt(reader: Reader, instant: string): bigint {
  const last = reader.get(newest, 'newest')
  if (!last || last.at <= instant) return last?.position ?? 0n
  const [kept] = reader.all(clock, 'where at > ? order by at limit 1', [instant])
  const [, previous] = (kept ?? last).ticks.find(([at]) => at > instant) ?? []
  return previous === undefined ? last.position : BigInt(previous)
}
