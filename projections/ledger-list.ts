import { type LedgerRow, ledgerTable } from './ledger.ts'
import type { Reader } from './projection.ts'

/** Which events are meant; all of it together. */
export interface LedgerFilter {
  type?: string | undefined
  stream?: string | undefined
  /** The event, or the command, that they answer. */
  causedBy?: string | undefined
  correlation?: string | undefined
}

export interface LedgerSpan {
  /** Exclusive. */
  after: bigint
  /** Exclusive. */
  before: bigint
  order: 'oldest' | 'newest'
  limit: number
}

const COLUMNS: Record<keyof LedgerFilter, string> = {
  type: 'type',
  stream: 'stream',
  causedBy: 'caused_by',
  correlation: 'correlation'
}

/** Places of events between two positions, from the older or the newer end. */
export function ledgerList(
  { all }: Reader,
  filter: LedgerFilter,
  { after, before, order, limit }: LedgerSpan
): LedgerRow[] {
  const wanted = Object.entries(filter).filter((entry): entry is [keyof LedgerFilter, string] =>
    Boolean(entry[1])
  )
  const equal = wanted.map(([name]) => ` and ${COLUMNS[name]} = ?`).join('')
  const direction = order === 'newest' ? ' desc' : ''
  return all(
    ledgerTable,
    `where position > ? and position < ?${equal} order by position${direction} limit ?`,
    [after, before, ...wanted.map(([, value]) => value), limit]
  )
}

/** Where an event is found by its id, as far as applied. */
export const ledgerRow = ({ all }: Reader, event: string): LedgerRow | undefined =>
  all(ledgerTable, 'where event = ? limit 1', [event])[0]

/** An event as others point to it. */
export interface LedgerLink {
  event: string
  type: string
  position: string
}

export const ledgerLink = ({ event, type, position }: LedgerRow): LedgerLink => ({
  event,
  type,
  position: String(position)
})

/** What an event answers and the first of what answers it, as of a position (inclusive). */
export function linksOf(
  reader: Reader,
  { event, causedBy }: { event: string; causedBy: string },
  { upTo, limit }: { upTo: bigint; limit: number }
): { cause: LedgerLink | null; caused: LedgerLink[]; isMore: boolean } {
  const cause = ledgerRow(reader, causedBy)
  const span: LedgerSpan = { after: 0n, before: upTo + 1n, order: 'oldest', limit: limit + 1 }
  const caused = ledgerList(reader, { causedBy: event }, span)
  return {
    cause: cause ? ledgerLink(cause) : null,
    caused: caused.slice(0, limit).map(ledgerLink),
    isMore: caused.length > limit
  }
}
