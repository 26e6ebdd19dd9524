import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { type Change, type Get, type Projection, put, type Reader, table, tables } from './projection.ts'

/*
 * The ledger's own index: which moment a position stands for and the other way round, and which command was used for
 * which stream.
 */

interface EventRow {
  position: bigint
  at: string
}

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

interface CommandRow {
  command: string
  stream: string
}

const events = table<EventRow>({
  name: 'journal_events',
  key: ['position'],
  columns: { position: 'position', at: 'text' },
  once: true
})

const clock = table<ClockRow>({
  name: 'journal_clock',
  key: ['at'],
  columns: { at: 'text', position: 'position', previous: 'position' },
  once: true
})

const newest = table<NewestRow>({
  name: 'journal_newest',
  key: ['id'],
  columns: { id: 'text', at: 'text', position: 'position' }
})

const commands = table<CommandRow>({
  name: 'journal_commands',
  key: ['command'],
  columns: { command: 'text', stream: 'text' },
  once: true
})

function follow({ position, stream, metadata }: LedgerEvent, get: Get): Change[] {
  const { recordedAt: at, commandId: command } = metadata
  const before = get(newest, 'newest')
  const grew = !before || at > before.at
  return [
    put(events, { position, at }),
    put(newest, { id: 'newest', at: grew ? at : before.at, position }),
    ...(grew ? [put(clock, { at, position, previous: before?.position ?? 0n })] : []),
    ...(get(commands, command) ? [] : [put(commands, { command, stream })])
  ]
}

export const journal: Projection = {
  name: 'journal',
  version: 1,
  tables: tables(events, clock, newest, commands),
  on: Object.fromEntries((Object.keys(catalogue) as EventTypeName[]).map((type) => [type, follow]))
}

/** The stream a command id was used for, as far as applied. */
export const commandStream = ({ get }: Reader, command: string): string | undefined =>
  get(commands, command)?.stream

/** The position an instant stands for: that before the first event, in ledger order, recorded after it. */
export function positionAt(reader: Reader, instant: string): bigint {
  const [after] = reader.all(clock, 'where at > ? order by at limit 1', [instant])
  return after ? after.previous : (reader.get(newest, 'newest')?.position ?? 0n)
}

/** The newest event at or below a position, and when it was recorded. */
export function momentOf(reader: Reader, position: bigint): { position: bigint; at: string | null } {
  const [row] = reader.all(events, 'where position <= ? order by position desc limit 1', [position])
  return row ?? { position: 0n, at: null }
}
