import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StoredEvent } from '../events/catalogue.ts'
import {
  type Answer,
  type HeadsRequest,
  type Page,
  type PageOf,
  type PageRequest,
  type PlacesRequest,
  type ReadRequest,
  type StreamRequest,
  startsWithAny
} from './embedded-protocol.ts'
import { Damaged, type EventHead } from './event-store.ts'

/** One page holds at most this much, so that no reader holds up another one for long or fills the memory. */
const PAGE_EVENTS_MAX = 500
const PAGE_BYTES_MAX = 1024 * 1024
/** Events of other prefixes are looked at too; a page ends after so many of all. */
const PAGE_SEEN_MAX = 2000
/** What says nothing is short. */
const PAGE_HEADS_MAX = 5000

const COLUMNS = 'position, stream, revision, id, type, data, metadata'
type Cells = [bigint, string, bigint, string, string, string, string]

/** Makes the function that answers reads, each from one snapshot. */
export function pageReader(db: DatabaseSync): (request: ReadRequest) => Answer[ReadRequest['kind']] {
  const prepare = (sql: string) => {
    const statement = db.prepare(sql)
    statement.setReadBigInts(true)
    statement.setReturnArrays(true)
    return statement
  }
  const ledger = prepare(
    `SELECT ${COLUMNS} FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`
  )
  const heads = prepare(
    'SELECT position, stream, type FROM event WHERE position > ? AND position <= ? ORDER BY position LIMIT ?'
  )
  const place = prepare(`SELECT ${COLUMNS} FROM event WHERE position = ?`)
  const stream = prepare(
    `SELECT ${COLUMNS} FROM event WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`
  )
  const newest = prepare(
    `SELECT (SELECT max(position) FROM event), (SELECT seq FROM sqlite_sequence WHERE name = 'event')`
  )
  const oldest = prepare('SELECT id, position FROM event ORDER BY position LIMIT 1')

  return (request) => {
    if (request.kind === 'page') return ledgerPage(ledger, request)
    if (request.kind === 'heads') return headsPage(heads, request)
    if (request.kind === 'places') return inOneSnapshot(db, () => eventsAt(place, request))
    if (request.kind === 'stream') return streamPage(stream, request)
    if (request.kind === 'end') return endOf(newest)
    const first = oldest.get() as unknown as [string, bigint] | undefined
    return first ? { id: first[0], position: first[1] } : null
  }
}

/** Where the ledger ends, and no event was given a position beyond that. */
function endOf(statement: StatementSync): bigint {
  const [newest, given] = statement.get() as unknown as [bigint | null, bigint | null]
  const end = newest ?? 0n
  if (given !== null && given > end) throw missing(given)
  return end
}

/** Before the first event there is nothing, whatever a caller calls it. */
const beginOf = (after: bigint): bigint => (after > 0n ? after : 0n)

/** Positions count the events of the file: an append that failed has used none. */
function requireNext(before: bigint, position: bigint): void {
  if (position !== before + 1n) throw missing(before + 1n, position)
}

/** Nothing may be left out at the end either, which others have told of. */
function requireAll(checkpoint: bigint, upTo: bigint): void {
  if (checkpoint < upTo) throw missing(checkpoint + 1n)
}

const missing = (wanted: bigint, found?: bigint): Damaged =>
  new Damaged(
    `event ${wanted} of the ledger is missing, ${found === undefined ? 'though it was stored' : `the next one is ${found}`}: somebody deleted events from its file`
  )

function ledgerPage(statement: StatementSync, { after, upTo, prefixes }: PageRequest): Page {
  const events: StoredEvent[] = []
  let [checkpoint, seen, bytes] = [beginOf(after), 0, 0]
  for (const row of statement.iterate(after, upTo, PAGE_SEEN_MAX)) {
    const event = storedEvent(row as unknown as Cells)
    requireNext(checkpoint, event.position)
    checkpoint = event.position
    seen += 1
    if (!startsWithAny(event.stream, prefixes)) continue
    events.push(event)
    bytes += event.data.length + event.metadata.length
    if (events.length === PAGE_EVENTS_MAX || bytes >= PAGE_BYTES_MAX)
      return { events, checkpoint, more: true }
  }
  if (seen === PAGE_SEEN_MAX) return { events, checkpoint, more: true }
  requireAll(checkpoint, upTo)
  return { events, checkpoint, more: false }
}

function headsPage(statement: StatementSync, { after, upTo, prefixes }: HeadsRequest): PageOf<EventHead> {
  const rows = statement.all(after, upTo, PAGE_HEADS_MAX) as unknown as [bigint, string, string][]
  let checkpoint = beginOf(after)
  const heads = rows.map(([position, stream, type]): EventHead => {
    requireNext(checkpoint, position)
    checkpoint = position
    return { position, stream, type }
  })
  const more = heads.length === PAGE_HEADS_MAX
  if (!more) requireAll(checkpoint, upTo)
  return { events: heads.filter(({ stream }) => startsWithAny(stream, prefixes)), checkpoint, more }
}

/** Many small reads: each by itself would look anew for what has been written meanwhile. */
function inOneSnapshot<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN')
  try {
    return work()
  } finally {
    db.exec('COMMIT')
  }
}

function eventsAt(statement: StatementSync, { positions }: PlacesRequest): StoredEvent[] {
  const events: StoredEvent[] = []
  let bytes = 0
  for (const position of positions) {
    const row = statement.get(position) as unknown as Cells | undefined
    if (!row) throw new Damaged(`the event at position ${position} is missing`)
    const event = storedEvent(row)
    events.push(event)
    bytes += event.data.length + event.metadata.length
    if (bytes >= PAGE_BYTES_MAX) break
  }
  return events
}

function streamPage(statement: StatementSync, { stream, fromRevision, wanted }: StreamRequest): Page {
  const events: StoredEvent[] = []
  const most = Math.min(wanted ?? PAGE_EVENTS_MAX, PAGE_EVENTS_MAX)
  let bytes = 0
  for (const row of statement.iterate(stream, fromRevision, most)) {
    const event = storedEvent(row as unknown as Cells)
    const wanted = fromRevision + events.length
    if (event.revision !== wanted) {
      throw new Damaged(`revision ${wanted} of ${stream} is missing: the next one is ${event.revision}`)
    }
    events.push(event)
    bytes += event.data.length + event.metadata.length
    if (bytes >= PAGE_BYTES_MAX) break
  }
  const more = events.length === most || bytes >= PAGE_BYTES_MAX
  return { events, checkpoint: events.at(-1)?.position ?? 0n, more }
}

const storedEvent = ([position, stream, revision, id, type, data, metadata]: Cells): StoredEvent => ({
  id,
  type,
  stream,
  revision: Number(revision),
  position,
  data,
  metadata
})
