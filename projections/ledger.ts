import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { type Change, type Get, type Projection, put, type Reader, table, tables } from './projection.ts'
import { inVolumes, numberOf, volumeAfter, volumesOf } from './volumes.ts'

/*
 * Where each event stands, when it was recorded, and what it answers: for finding one by its id, those of a type, what
 * came of what, and for which stream a command was used.
 * What events say is not kept a second time; it is read where they are. Texts are found by a short number that stands for
 * them, since what an index is made of is written with almost every event.
 */

export interface LedgerRow {
  position: bigint
  at: string
  event: string
  type: string
  stream: string
  revision: number
  /** The event it answers; of the first event of a command the command itself. */
  caused_by: string
  /** Null where it is that, as of most events. */
  correlation: string | null
  volume: number
  event_number: number
  stream_number: number
  caused_by_number: number
  correlation_number: number | null
  type_number: number
}

export const ledgerTable = table<LedgerRow>({
  name: 'ledger_events',
  key: ['position'],
  columns: {
    position: 'position',
    at: 'text',
    event: 'text',
    type: 'text',
    stream: 'text',
    revision: 'int',
    caused_by: 'text',
    correlation: 'text',
    volume: 'int',
    event_number: 'int',
    stream_number: 'int',
    caused_by_number: 'int',
    correlation_number: 'int',
    type_number: 'int'
  },
  indexes: [
    ['type_number', 'position'],
    ['volume', 'event_number'],
    ['volume', 'stream_number'],
    ['volume', 'caused_by_number'],
    ['volume', 'correlation_number']
  ],
  sparse: ['correlation_number'],
  once: true,
  log: true
})

export const ledgerVolumes = volumesOf('ledger')

/** Commands of which no event says that it answers them: each has answered an earlier event. */
const commandTable = table<{ command: string; position: bigint; stream: string }>({
  name: 'ledger_commands',
  key: ['command'],
  columns: { command: 'text', position: 'position', stream: 'text' },
  once: true
})

interface NewestRow {
  id: 'newest'
  /** How many events there are. */
  events: number
  /** The command of the newest one: events of one command stand together. */
  command: string
}

const newestTable = table<NewestRow>({
  name: 'ledger_newest',
  key: ['id'],
  columns: { id: 'text', events: 'int', command: 'text' }
})

function follow(event: LedgerEvent, get: Get): Change[] {
  const { position, stream } = event
  const { commandId: command, causationId } = event.metadata
  const before = get(newestTable, 'newest')
  const events = before?.events ?? 0
  const { volume, changes } = volumeAfter(ledgerVolumes, events)
  changes.push(
    put(ledgerTable, rowOf(event, volume)),
    put(newestTable, { id: 'newest', events: events + 1, command })
  )
  if (before?.command !== command && causationId !== command && !get(commandTable, command))
    changes.push(put(commandTable, { command, position, stream }))
  return changes
}

function rowOf({ position, id, type, stream, revision, metadata }: LedgerEvent, volume: number): LedgerRow {
  const { recordedAt: at, causationId: caused_by, correlationId } = metadata
  const correlation = correlationId === caused_by ? null : correlationId
  return {
    position,
    at,
    event: id,
    type,
    stream,
    revision,
    caused_by,
    correlation,
    volume,
    event_number: numberOf(id),
    stream_number: numberOf(stream),
    caused_by_number: numberOf(caused_by),
    correlation_number: correlation === null ? null : numberOf(correlation),
    type_number: numberOf(type)
  }
}

export const ledger: Projection = {
  name: 'ledger',
  version: 5,
  ordered: true,
  tables: tables(ledgerTable, ledgerVolumes.volumes, commandTable, newestTable),
  on: Object.fromEntries((Object.keys(catalogue) as EventTypeName[]).map((type) => [type, follow]))
}

/** The stream a command id was used for first, as far as applied. */
export function commandStream(reader: Reader, command: string): string | undefined {
  const [answer] = inVolumes(reader, ledgerTable, ledgerVolumes, {
    conditions: ['caused_by_number = ?', 'caused_by = ?'],
    parameters: [numberOf(command), command],
    order: 'oldest',
    limit: 1
  })
  const other = reader.get(commandTable, command)
  return other && (!answer || other.position < answer.position) ? other.stream : answer?.stream
}

/** The newest event at or below a position, and when it was recorded. */
export function momentOf({ all }: Reader, position: bigint): { position: bigint; at: string | null } {
  const [row] = all(ledgerTable, 'where position <= ? order by position desc limit 1', [position])
  return row ? { position: row.position, at: row.at } : { position: 0n, at: null }
}

/** Free SQL over the rows, integers as bigints. */
type Query = (sql: string, parameters: readonly (string | bigint)[]) => Record<string, unknown>[]

/** The numbers of all ids of which `commandStream` may know a stream; each at least once, and others among them. */
export function* commandNumbers(query: Query): Generator<number> {
  const { name } = ledgerTable
  const events = `select position as at, caused_by_number as id from ${name} where position > ? order by position`
  for (const { id } of pagesOf(query, events, 0n)) yield Number(id)
  const commands = `select command as at from ${commandTable.name} where command > ? order by command`
  for (const { at } of pagesOf(query, commands, '')) yield numberOf(String(at))
}

const PAGE_ROWS = 10_000

function* pagesOf(query: Query, sql: string, first: string | bigint): Generator<Record<string, unknown>> {
  let after = first
  for (;;) {
    const page = query(`${sql} limit ${PAGE_ROWS}`, [after])
    yield* page
    const last = page.at(-1)
    if (!last) return
    after = last.at as typeof after
  }
}
