import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { type Change, type Projection, put, table, tables } from './projection.ts'

/*
 * Where each event stands, and what it answers: for finding one by its id, those of a type, and what came of what.
 * What events say is not kept a second time; it is read where they are.
 */

export interface LedgerRow {
  position: bigint
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
  ]
})

const follow = ({ position, id, type, stream, revision, metadata }: LedgerEvent): Change[] => [
  put(ledgerTable, {
    position,
    event: id,
    type,
    stream,
    revision,
    caused_by: metadata.causationId,
    correlation: metadata.correlationId
  })
]

export const ledger: Projection = {
  name: 'ledger',
  version: 1,
  tables: tables(ledgerTable),
  on: Object.fromEntries((Object.keys(catalogue) as EventTypeName[]).map((type) => [type, follow]))
}
