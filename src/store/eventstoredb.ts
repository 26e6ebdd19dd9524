import { EventStoreDBClient } from '@eventstore/db-client'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import rpc from '@eventstore/db-client/generated/streams_grpc_pb.js'
import pb from '@eventstore/db-client/generated/streams_pb.js'
import { type EventStore, type NewEvent, Unavailable } from './event-store.ts'
import { hostsOf, withDefaults } from './eventstoredb-address.ts'
import { composeStore, type EventStoreDbOptions } from './eventstoredb-compose.ts'
import { createIncoming } from './eventstoredb-incoming.ts'
import { renewing } from './eventstoredb-renewing.ts'
import {
  inTime,
  TimedOut,
  type Wire,
  type WireAppended,
  type WireMessage,
  type WireRead
} from './eventstoredb-wire.ts'

/*
 * The only place that knows the client. Of it are used the connection (discovery of the leader, reconnection) and the
 * messages; its calls are not: they parse and rewrite what is stored, wait without end for a silent server, share one
 * table of pending appends between all connections of the process, and go on reading when nobody does any more.
 */

/**
 * The event store on an EventStoreDB node or cluster (`esdb://…`), for any number of processes. Checks first, and
 * rejects with `Unavailable` for a server that cannot be reached or written to, with `Damaged` for a ledger that
 * events were deleted from, with `ForeignStore` for one that a newer program has written to.
 */
export async function openEventStoreDb(address: string, options: EventStoreDbOptions): Promise<EventStore> {
  const hosts = hostsOf(address)
  return composeStore(
    renewing(() => connect(withDefaults(address))),
    hosts,
    options
  )
}

type StreamsClient = InstanceType<typeof rpc.StreamsClient>
type Read = StreamsClient['read']
type CallArguments = [NonNullable<Parameters<Read>[1]>, NonNullable<Parameters<Read>[2]>]

/** What the client keeps to itself for its own calls. */
interface Machinery {
  GRPCStreamCreator<T>(
    kind: typeof rpc.StreamsClient,
    name: string,
    create: (client: StreamsClient) => T
  ): () => Promise<T>
  execute<T>(
    kind: typeof rpc.StreamsClient,
    name: string,
    action: (client: StreamsClient) => Promise<T>
  ): Promise<T>
  callArguments(
    call: { requiresLeader: boolean; deadline?: number },
    more?: { deadline: number }
  ): CallArguments
  handleError(client: StreamsClient, error: Error): Promise<void>
  dispose(): Promise<void>
}

/** A connection of the client, and what it never does itself: to tell which channel a call uses, so that it be closed. */
interface Connection {
  client: Machinery
  used(by: StreamsClient): StreamsClient
}

const CLOSE_MS = 1_000

function connect(address: string): Wire {
  const client = parsed(address) as unknown as Machinery
  const recover = client.handleError
  // It looks for a new leader where nobody waits for it; its failure would end the process.
  client.handleError = (from, error) => recover(from, error).catch(() => {})
  let channel: ReturnType<StreamsClient['getChannel']> | undefined
  let isClosed = false
  const connection: Connection = {
    client,
    used(by) {
      channel = by.getChannel()
      if (!isClosed) return by
      // Whoever was still looking for the server meanwhile would open what nobody closes any more.
      channel.close()
      throw new TimedOut('the connection was closed')
    }
  }
  return {
    append: (stream, events, expected, timeoutMs) =>
      append(connection, appendRequests(stream, events, expected), timeoutMs),
    read: (request, timeoutMs) => read(connection, request, timeoutMs),
    async close() {
      isClosed = true
      await inTime(client.dispose(), CLOSE_MS).catch(() => {})
      channel?.close()
    }
  }
}

/** Messages of the parser quote the address, and with it the password. */
function parsed(address: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(address)
  } catch (cause) {
    const isFile = cause instanceof Error && /certificate/.test(cause.message)
    throw new Unavailable(
      isFile
        ? `the address of the store names a certificate that cannot be used: ${cause.message}`
        : 'the address of the store cannot be understood; it must be esdb://<host>:<port>?<setting>=<value>&…'
    )
  }
}

async function append(
  { client, used }: Connection,
  requests: readonly InstanceType<typeof pb.AppendReq>[],
  timeoutMs: number
): Promise<WireAppended> {
  let cancel = () => {}
  const work = client.execute(
    rpc.StreamsClient,
    'append',
    (streams) =>
      new Promise<WireAppended>((resolve, reject) => {
        const options = client.callArguments({ requiresLeader: true, deadline: timeoutMs })
        const call = used(streams).append(...options, (error, answer) => {
          if (error) reject(error)
          else resolve(appended(answer))
        })
        cancel = () => call.cancel()
        call.on('error', reject)
        for (const request of requests) call.write(request)
        call.end()
      })
  )
  try {
    return await inTime(work, timeoutMs)
  } catch (error) {
    if (error instanceof TimedOut) cancel()
    throw error
  }
}

function appended(answer: InstanceType<typeof pb.AppendResp>): WireAppended {
  const wrong = answer.getWrongExpectedVersion()
  if (wrong) {
    const actual = wrong.hasCurrentRevision() ? BigInt(wrong.getCurrentRevision()) : 'none'
    return { stored: false, actual }
  }
  const success = answer.getSuccess()
  const position = success?.getPosition()
  return {
    stored: true,
    revision: BigInt(success?.getCurrentRevision() ?? -1),
    position: position ? BigInt(position.getCommitPosition()) : null
  }
}

async function read({ client, used }: Connection, request: WireRead, timeoutMs: number) {
  const start = client.GRPCStreamCreator(rpc.StreamsClient, 'read', (streams) => {
    const options = client.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY })
    const call = used(streams).read(readRequest(request), ...options)
    // An error that nobody listens to would end the process; it may come before anybody reads.
    return call.on('error', () => {})
  })
  const call = await inTime(start(), timeoutMs, (late) => late.cancel())
  return createIncoming(call, messageOf)
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const streamIdentifier = (name: string) => new sharedPb.StreamIdentifier().setStreamName(bytes(name))
const empty = () => new sharedPb.Empty()

function appendRequests(stream: string, events: readonly NewEvent[], expected: bigint | 'none') {
  const options = new pb.AppendReq.Options().setStreamIdentifier(streamIdentifier(stream))
  if (expected === 'none') options.setNoStream(empty())
  else options.setRevision(String(expected))
  const proposed = events.map(({ id, type, data, metadata }) => {
    const message = new pb.AppendReq.ProposedMessage().setId(new sharedPb.UUID().setString(id))
    message.getMetadataMap().set('type', type).set('content-type', 'application/json')
    message.setData(bytes(data)).setCustomMetadata(bytes(metadata))
    return new pb.AppendReq().setProposedMessage(message)
  })
  return [new pb.AppendReq().setOptions(options), ...proposed]
}

/** Links are never resolved: the ledger has none, and what a link leads to may be gone. */
function readRequest(request: WireRead): InstanceType<typeof pb.ReadReq> {
  const { Options } = pb.ReadReq
  const options = new Options().setResolveLinks(false)
  options.setUuidOption(new Options.UUIDOption().setString(empty()))
  if (request.of === 'stream') {
    const stream = new Options.StreamOptions().setStreamIdentifier(streamIdentifier(request.stream))
    options.setStream(stream.setRevision(String(request.fromRevision)))
    options.setCount(String(Number.MAX_SAFE_INTEGER)).setNoFilter(empty())
  } else if (request.of === 'all-backwards') {
    options.setAll(allOptions(request.before)).setReadDirection(1)
    options.setCount(String(request.count)).setNoFilter(empty())
  } else {
    options.setAll(allOptions(request.after)).setSubscription(new Options.SubscriptionOptions())
    options.setFilter(prefixFilter(request.streamPrefixes))
  }
  return new pb.ReadReq().setOptions(options)
}

function allOptions(place: bigint | 'start' | 'end') {
  const all = new pb.ReadReq.Options.AllOptions()
  if (place === 'start') return all.setStart(empty())
  if (place === 'end') return all.setEnd(empty())
  const [commit, prepare] = [String(place), String(place)]
  return all.setPosition(
    new pb.ReadReq.Options.Position().setCommitPosition(commit).setPreparePosition(prepare)
  )
}

/** Records that a filter looks at between two checkpoints. */
const WINDOW = 500

function prefixFilter(prefixes: readonly string[]) {
  const { FilterOptions } = pb.ReadReq.Options
  const names = new FilterOptions.Expression().setPrefixList([...prefixes])
  const filter = new FilterOptions().setStreamIdentifier(names).setMax(WINDOW)
  return filter.setCheckpointintervalmultiplier(1)
}

const utf8 = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  Buffer.from(buffer, byteOffset, byteLength).toString('utf8')

function messageOf(message: InstanceType<typeof pb.ReadResp>): WireMessage {
  const event = message.getEvent()?.getEvent()
  if (event) {
    const record = {
      id: event.getId()?.getString() ?? '',
      type: event.getMetadataMap().get('type') ?? '',
      stream: utf8(event.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array()),
      revision: BigInt(event.getStreamRevision()),
      position: BigInt(event.getCommitPosition()),
      data: utf8(event.getData_asU8()),
      metadata: utf8(event.getCustomMetadata_asU8())
    }
    return { kind: 'record', record }
  }
  const checkpoint = message.getCheckpoint()
  if (checkpoint) return { kind: 'checkpoint', position: BigInt(checkpoint.getCommitPosition()) }
  if (message.hasCaughtUp()) return { kind: 'caught-up' }
  return message.hasStreamNotFound() ? { kind: 'no-stream' } : { kind: 'other' }
}
