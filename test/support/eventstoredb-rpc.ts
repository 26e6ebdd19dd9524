import { once } from 'node:events'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import pb from '@eventstore/db-client/generated/streams_pb.js'
import { Metadata, type ServerWritableStream, status } from '@grpc/grpc-js'
import type { NodeLog, NodeRecord } from './eventstoredb-log.ts'

/* The messages of the protocol, and the read call with all its forms. */

type ReadReq = InstanceType<typeof pb.ReadReq>
type ReadResp = InstanceType<typeof pb.ReadResp>
export type ReadCall = ServerWritableStream<ReadReq, ReadResp>
type ReadOptions = NonNullable<ReturnType<ReadReq['getOptions']>>

/** What a test may look at afterwards. */
export interface Asked {
  /** Positions between records that a client asked for. */
  strayPositions: bigint[]
  /** Reads that are being served. */
  openReads: number
  /** Reads and subscriptions so far. */
  reads: number
  /** Messages that were sent in answer to reads. */
  sent: number
  /** The names of calls that were made, and of those that any node may answer, not only the leader. */
  calls: Set<string>
  ofAnyNode: Set<string>
}

export const utf8 = (data: Uint8Array) => Buffer.from(data).toString('utf8')
export const empty = () => new sharedPb.Empty()

/** An error of the server, with the name of its exception where it gives one. */
export function failure(code: number, details: string, more: Record<string, string> = {}) {
  const metadata = new Metadata()
  for (const [key, value] of Object.entries(more)) metadata.set(key, value)
  return { code, details, metadata }
}

export function eventMessage(record: NodeRecord): ReadResp {
  const recorded = new pb.ReadResp.ReadEvent.RecordedEvent()
    .setId(new sharedPb.UUID().setString(record.id.toLowerCase()))
    .setStreamIdentifier(
      new sharedPb.StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(record.stream)))
    )
    .setStreamRevision(String(record.revision))
    .setCommitPosition(String(record.position))
    .setPreparePosition(String(record.position))
    .setData(record.data)
    .setCustomMetadata(record.metadata)
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', '17000000000000000')
  const event = new pb.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(record.position))
  return new pb.ReadResp().setEvent(event)
}

/** Serves one read to its end; a subscription until the client leaves. */
export async function serveRead(call: ReadCall, log: NodeLog, asked: Asked): Promise<void> {
  asked.openReads += 1
  asked.reads += 1
  const gone = new AbortController()
  call.once('cancelled', () => gone.abort())
  call.once('close', () => gone.abort())
  const send = async (message: ReadResp) => {
    if (gone.signal.aborted) return
    asked.sent += 1
    if (!call.write(message)) await once(call, 'drain', { signal: gone.signal }).catch(() => {})
  }
  try {
    const options = call.request.getOptions()
    if (!options) throw failure(status.INVALID_ARGUMENT, 'no options')
    if (options.hasSubscription()) await subscription(options, log, asked, send, gone.signal)
    else for (const message of readOnce(options, log, asked)) await send(message)
    call.end()
  } catch (error) {
    call.emit('error', error)
  } finally {
    asked.openReads -= 1
  }
}

function* readOnce(options: ReadOptions, log: NodeLog, asked: Asked): Generator<ReadResp> {
  const isForwards = options.getReadDirection() === 0
  const records = options.hasStream() ? streamRecords(options, log) : allRecords(options, log, asked)
  if (records === null) {
    const identifier = options.getStream()?.getStreamIdentifier()
    yield new pb.ReadResp().setStreamNotFound(
      new pb.ReadResp.StreamNotFound().setStreamIdentifier(identifier)
    )
    return
  }
  const ordered = isForwards ? records : records.toReversed()
  for (const record of ordered.slice(0, Number(options.getCount()))) yield eventMessage(record)
}

/** Null for a stream that is not there. */
function streamRecords(options: ReadOptions, log: NodeLog): NodeRecord[] | null {
  const stream = options.getStream()
  const name = utf8(stream?.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array())
  if (log.isTombstoned(name)) {
    throw failure(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, {
      exception: 'stream-deleted',
      'stream-name': name
    })
  }
  const records = log.visible(name)
  if (records.length === 0) return null
  if (!stream?.hasRevision()) return records
  const from = BigInt(stream.getRevision())
  const isForwards = options.getReadDirection() === 0
  return records.filter(({ revision }) => (isForwards ? revision >= from : revision <= from))
}

function allRecords(options: ReadOptions, log: NodeLog, asked: Asked): NodeRecord[] {
  const all = options.getAll()
  const isForwards = options.getReadDirection() === 0
  if (all?.hasStart()) return isForwards ? log.all : []
  if (all?.hasEnd()) return isForwards ? [] : log.all
  const position = BigInt(all?.getPosition()?.getCommitPosition() ?? 0)
  const index = log.indexAt(position)
  if (index < 0 && position < (log.all.at(-1)?.position ?? 0n)) {
    asked.strayPositions.push(position)
    throw failure(status.UNKNOWN, 'Unexpected ReadAllResult: Error')
  }
  if (index < 0) return isForwards ? [] : log.all
  // Forwards from a position with it, backwards without.
  return isForwards ? log.all.slice(index) : log.all.slice(0, index)
}

async function subscription(
  options: ReadOptions,
  log: NodeLog,
  asked: Asked,
  send: (message: ReadResp) => Promise<void>,
  signal: AbortSignal
): Promise<void> {
  const filter = filterOf(options)
  let next = firstIndex(options, log, asked)
  let [considered, isCaughtUp] = [0, false]
  await send(
    new pb.ReadResp().setConfirmation(new pb.ReadResp.SubscriptionConfirmation().setSubscriptionId('s'))
  )
  while (!signal.aborted) {
    for (; next < log.all.length && !signal.aborted; next++) {
      const record = log.all[next]
      if (!record) break
      if (filter.matches(record)) await send(eventMessage(record))
      if (++considered % filter.cadence !== 0) continue
      const at = String(record.position)
      const checkpoint = new pb.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at)
      await send(new pb.ReadResp().setCheckpoint(checkpoint))
    }
    if (!isCaughtUp) await send(new pb.ReadResp().setCaughtUp(new pb.ReadResp.CaughtUp()))
    isCaughtUp = true
    if (next >= log.all.length) await appended(log, signal)
  }
}

/** After a record's own position; anything else below the end is an error. */
function firstIndex(options: ReadOptions, log: NodeLog, asked: Asked): number {
  const all = options.getAll()
  if (all?.hasStart()) return 0
  if (all?.hasEnd()) return log.all.length
  const position = BigInt(all?.getPosition()?.getCommitPosition() ?? 0)
  const index = log.indexAt(position)
  if (index >= 0) return index + 1
  if (position > (log.all.at(-1)?.position ?? 0n)) return log.all.length
  asked.strayPositions.push(position)
  throw failure(status.UNKNOWN, 'Exception was thrown by handler.')
}

function filterOf(options: ReadOptions) {
  const filter = options.getFilter()
  if (!filter) return { matches: () => true, cadence: Number.POSITIVE_INFINITY }
  const names = filter.getStreamIdentifier()?.getPrefixList()
  const types = filter.getEventType()?.getPrefixList() ?? []
  return {
    matches: ({ stream, type }: NodeRecord) =>
      names
        ? names.some((prefix) => stream.startsWith(prefix))
        : types.some((prefix) => type.startsWith(prefix)),
    // So many records are looked at from one checkpoint to the next.
    cadence: Math.max(filter.getCheckpointintervalmultiplier(), 1) * (filter.getMax() || 32)
  }
}

const appended = (log: NodeLog, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    // The client may have left while it was told something.
    if (signal.aborted) return resolve()
    const end = () => {
      stop()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const stop = log.onAppend(end)
    signal.addEventListener('abort', end)
  })
