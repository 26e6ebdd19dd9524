import { type LedgerRow, ledgerTable, ledgerVolumes } from './ledger.ts'
import type { Reader } from './projection.ts'
import { inVolumes, numberOf } from './volumes.ts'

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

/** By the number that stands for a text it is found, by the text itself told from another with the same number. */
const byNumber = (column: string, text: string) => ({
  conditions: [`${column}_number = ?`, `${column} = ?`],
  parameters: [numberOf(text), text]
})

/** Places of events between two positions, from the older or the newer end. */
export function ledgerList(
  reader: Reader,
  filter: LedgerFilter,
  { after, before, order, limit }: LedgerSpan
): LedgerRow[] {
  const { type, stream, causedBy, correlation } = filter
  const found = [
    ...(causedBy ? [byNumber('caused_by', causedBy)] : []),
    ...(stream ? [byNumber('stream', stream)] : [])
  ]
  // Of one cause or stream there are few: they are not to be found among all of a type.
  const isOfFew = found.length > 0 || correlation !== undefined
  const ofType = (of: string) =>
    isOfFew ? { conditions: ['type = ?'], parameters: [of] } : byNumber('type', of)
  const others = [
    ...(type ? [ofType(type)] : []),
    { conditions: ['position > ?', 'position < ?'], parameters: [after, before] }
  ]
  const listed = (...parts: { conditions: string[]; parameters: (string | number | bigint)[] }[]) => {
    const conditions = parts.flatMap((part) => part.conditions)
    const parameters = parts.flatMap((part) => part.parameters)
    if (parts.length > others.length)
      return inVolumes(reader, ledgerTable, ledgerVolumes, { conditions, parameters, order, limit })
    const direction = order === 'newest' ? ' desc' : ''
    const clause = `where ${conditions.join(' and ')} order by position${direction} limit ?`
    return reader.all(ledgerTable, clause, [...parameters, limit])
  }
  if (!correlation) return listed(...found, ...others)
  // Of most events the correlation is what they answer, and is then not written a second time.
  const same = byNumber('caused_by', correlation)
  same.conditions.push('correlation is null')
  const rows = [
    ...listed(byNumber('correlation', correlation), ...found, ...others),
    ...listed(same, ...found, ...others)
  ]
  const sign = order === 'newest' ? -1 : 1
  return rows.sort((a, b) => (a.position < b.position ? -sign : sign)).slice(0, limit)
}

/** Where an event is found by its id, as far as applied. */
export const ledgerRow = (reader: Reader, event: string): LedgerRow | undefined =>
  inVolumes(reader, ledgerTable, ledgerVolumes, {
    ...byNumber('event', event),
    order: 'newest',
    limit: 1
  })[0]

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
