import { createHash } from 'node:crypto'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { Complaint, EXIT } from '../program.ts'
import type { Source, Target } from './endpoint.ts'

export interface Copied {
  /** False when it was cancelled; what was copied stays, and the next call goes on from there. */
  finished: boolean
  /** All is there, and was not compared, or not to the end, since it was cancelled. */
  unlooked?: boolean
  /** Events that the target had before. */
  found: number
  added: number
  /** Of all events of the target, as read back from it; of everything but positions. */
  sha256: string
}

export interface CopyOptions {
  /** Told how many events the target has now. */
  onProgress?: (events: number) => void
  /** Told at the end how many of all of them have been read again and compared. */
  onCompared?: (events: number, of: number) => void
  isCancelled?: () => boolean
}

/** Written at a time. */
const CHUNK_EVENTS = 500

/**
 * Brings a target to what a source holds: the same events with the same ids, revisions and bytes in the same order.
 * Refuses, with nothing written, a target that is not the beginning of the source. At the end both are read again and
 * compared.
 */
export async function copyLedger(
  source: Source,
  target: Target,
  { onProgress = () => {}, onCompared = () => {}, isCancelled = () => false }: CopyOptions = {}
): Promise<Copied> {
  const rest = source.events()[Symbol.asyncIterator]()
  let found = 0
  for await (const there of target.events()) {
    const { value: here, done } = await rest.next()
    if (done || !isSame(here, there)) throw notABeginning(found, done ? null : here, there)
    found += 1
    if (found % CHUNK_EVENTS !== 0) continue
    onProgress(found)
    if (isCancelled()) return { finished: false, found, added: 0, sha256: '' }
  }
  let added = 0
  for (let chunk = await take(rest); chunk.length > 0; chunk = await take(rest)) {
    if (isCancelled()) return { finished: false, found, added, sha256: '' }
    added += await target.write(chunk)
    onProgress(found + added)
  }
  await target.finish()
  const count = found + added
  const isOver = (events: number) => {
    onCompared(events, count)
    return isCancelled()
  }
  const sha256 = await verified(source, target, count, isOver)
  if (sha256 === null) return { finished: false, unlooked: true, found, added, sha256: '' }
  return { finished: true, found, added, sha256 }
}

async function take(events: AsyncIterator<StoredEvent>): Promise<StoredEvent[]> {
  const chunk: StoredEvent[] = []
  while (chunk.length < CHUNK_EVENTS) {
    const { value, done } = await events.next()
    if (done) break
    chunk.push(value)
  }
  return chunk
}

const FIELDS = ['id', 'type', 'stream', 'revision', 'data', 'metadata'] as const

const isSame = (a: StoredEvent, b: StoredEvent): boolean => FIELDS.every((field) => a[field] === b[field])

function notABeginning(found: number, here: StoredEvent | null, there: StoredEvent): Complaint {
  const said = `event ${found + 1} of the target is ${there.id} (${there.type} in ${there.stream})`
  const why = here
    ? `that of the source ${here.id === there.id ? 'has the same id and another content' : `is ${here.id}`}`
    : 'the source ends before it'
  return new Complaint(`The target holds another ledger: ${said}, ${why}. Nothing was copied.`, EXIT.differs)
}

/** Reads both from the first event and compares each; the digest of the target, or null where it is over before. */
async function verified(
  source: Source,
  target: Target,
  count: number,
  isOver: (events: number) => boolean
): Promise<string | null> {
  const hash = createHash('sha256')
  const originals = source.events()[Symbol.asyncIterator]()
  let read = 0
  for await (const there of target.events()) {
    const { value: here, done } = await originals.next()
    if (done || !isSame(here, there)) throw unlike(read + 1, there.id)
    hash.update(`${JSON.stringify(FIELDS.map((field) => there[field]))}\n`)
    read += 1
    if (read % CHUNK_EVENTS === 0 && isOver(read)) return null
  }
  if (read !== count) {
    throw new Complaint(`The copy is not right: ${count} events were to be there, ${read} are.`, EXIT.differs)
  }
  return hash.digest('hex')
}

const unlike = (number: number, id: string): Complaint =>
  new Complaint(
    `The copy is not right: event ${number} of the target (${id}) is not the source's.`,
    EXIT.differs
  )
