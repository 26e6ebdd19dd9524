import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { type Change, type Get, type Projection, put, type Reader, table, tables } from './projection.ts'

/*
 * Where each event stands, when it was recorded, and what it answers: for finding one by its id, those of a type, what
 * came of what, and for which stream a command was used.
 * What events say is not kept a second time; it is read where they are.
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
  correlation: string
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
    correlation: 'text'
  },
  indexes: [
    ['event'],
    ['type', 'position'],
    ['stream', 'position'],
    ['caused_by', 'position'],
    ['correlation', 'position']
  ],
  once: true
})

/** Commands of which no event says that it answers them: each has answered an earlier event. */
const commandTable = table<{ command: string; position: bigint; stream: string }>({
  name: 'ledger_commands',
  key: ['command'],
  columns: { command: 'text', position: 'position', stream: 'text' },
  once: true
})

/** Events of one command stand together. */
const newestTable = table<{ id: 'newest'; command: string }>({
  name: 'ledger_newest',
  key: ['id'],
  columns: { id: 'text', command: 'text' }
})

function follow({ position, id, type, stream, revision, metadata }: LedgerEvent, get: Get): Change[] {
  const { recordedAt: at, commandId: command, causationId: caused_by, correlationId: correlation } = metadata
  const changes = [
    put(ledgerTable, { position, at, event: id, type, stream, revision, caused_by, correlation })
  ]
  if (get(newestTable, 'newest')?.command === command) return changes
  changes.push(put(newestTable, { id: 'newest', command }))
  if (caused_by !== command && !get(commandTable, command))
    changes.push(put(commandTable, { command, position, stream }))
  return changes
}

export const ledger: Projection = {
  name: 'ledger',
  version: 2,
  tables: tables(ledgerTable, commandTable, newestTable),
  on: Object.fromEntries((Object.keys(catalogue) as EventTypeName[]).map((type) => [type, follow]))
}

/** The stream a command id was used for first, as far as applied. */
export function commandStream({ get, all }: Reader, command: string): string | undefined {
  const [answer] = all(ledgerTable, 'where caused_by = ? order by position limit 1', [command])
  const other = get(commandTable, command)
  return other && (!answer || other.position < answer.position) ? other.stream : answer?.stream
}

/** The newest event at or below a position, and when it was recorded. */
export function momentOf({ all }: Reader, position: bigint): { position: bigint; at: string | null } {
  const [row] = all(ledgerTable, 'where position <= ? order by position desc limit 1', [position])
  return row ? { position: row.position, at: row.at } : { position: 0n, at: null }
}
