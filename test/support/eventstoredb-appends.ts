import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import statusPb from '@eventstore/db-client/generated/status_pb.js'
import pb from '@eventstore/db-client/generated/streams_pb.js'
import {
  type handleBidiStreamingCall,
  type handleClientStreamingCall,
  type Metadata,
  type ServerDuplexStream,
  status
} from '@grpc/grpc-js'
import anyPb from 'google-protobuf/google/protobuf/any_pb.js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'
import type { Expected, LogAnswer, NodeLog, Proposed } from './eventstoredb-log.ts'
import type { Faults } from './eventstoredb-node.ts'
import { empty, failure, utf8 } from './eventstoredb-rpc.ts'

/* The two calls by which a client appends. */

type AppendReq = InstanceType<typeof pb.AppendReq>
type AppendResp = InstanceType<typeof pb.AppendResp>
type BatchReq = InstanceType<typeof pb.BatchAppendReq>
type BatchResp = InstanceType<typeof pb.BatchAppendResp>
type Refusal = ReturnType<typeof failure>
/** Tells why a call is not served here, if it is not. */
export type Guard = (call: string, metadata: Metadata) => Refusal | null

interface Appends {
  log: NodeLog
  faults: Faults
  after: (work: () => unknown) => unknown
}

interface Message {
  getId(): InstanceType<typeof sharedPb.UUID> | undefined
  getMetadataMap(): { get(key: string): string | undefined }
  getData_asU8(): Uint8Array
  getCustomMetadata_asU8(): Uint8Array
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const NO_ID = '00000000-0000-0000-0000-000000000000'

const proposedOf = (message: Message): Proposed => ({
  id: (message.getId()?.getString() ?? '').toLowerCase(),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8()
})

const isMalformed = (stream: string, events: readonly Proposed[]) =>
  stream === '' || events.some(({ id, type }) => !UUID.test(id) || id === NO_ID || type === '')

/** The answer reaches the client late, or not at all, where the test says so. */
function deliver({ faults }: Appends, stored: boolean, send: () => void, lose: (refusal: Refusal) => void) {
  if (stored && faults.lostAnswers > 0) {
    faults.lostAnswers -= 1
    return lose(failure(status.UNAVAILABLE, 'the answer was lost'))
  }
  if (stored && faults.lateMs > 0) return setTimeout(send, faults.lateMs)
  return send()
}

const denied = () => failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' })

export function serveAppend(
  appends: Appends,
  guard: Guard
): handleClientStreamingCall<AppendReq, AppendResp> {
  return (call, answer) => {
    const requests: AppendReq[] = []
    call.on('data', (request: AppendReq) => requests.push(request))
    call.on('error', () => {})
    call.on('end', () =>
      appends.after(() => {
        const refused = guard('append', call.metadata) ?? (appends.faults.isReadOnly ? denied() : null)
        if (refused) return answer(refused)
        const options = requests[0]?.getOptions()
        const name = utf8(options?.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array())
        const events = requests.flatMap((request) => {
          const message = request.getProposedMessage()
          return message ? [proposedOf(message)] : []
        })
        const isFailing = appends.faults.failures > 0
        if (isFailing) appends.faults.failures -= 1
        if (isMalformed(name, events) || !options || isFailing) {
          return answer(failure(status.UNKNOWN, 'Exception was thrown by handler.'))
        }
        const expected = options.hasNoStream() ? 'none' : options.hasAny() ? 'any' : 'exists'
        const at: Expected = options.hasRevision() ? BigInt(options.getRevision()) : expected
        const result = appends.log.append(name, at, events)
        return deliver(
          appends,
          result.kind === 'stored',
          () => answer(...appendAnswer(result, at, name)),
          answer
        )
      })
    )
  }
}

function appendAnswer(result: LogAnswer, expected: Expected, name: string): [Refusal | null, AppendResp?] {
  if (result.kind === 'deleted') {
    const more = { exception: 'stream-deleted', 'stream-name': name }
    return [failure(status.FAILED_PRECONDITION, `Event stream '${name}' is deleted.`, more)]
  }
  if (result.kind === 'too-large') {
    const more = { exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(result.max) }
    return [failure(status.INVALID_ARGUMENT, 'Maximum Append Size Exceeded', more)]
  }
  if (result.kind === 'wrong') {
    const wrong = new pb.AppendResp.WrongExpectedVersion()
    if (result.current === null) wrong.setCurrentNoStream(empty())
    else wrong.setCurrentRevision(String(result.current))
    if (expected === 'none') wrong.setExpectedNoStream(empty())
    else if (expected === 'exists') wrong.setExpectedStreamExists(empty())
    else wrong.setExpectedRevision(String(expected))
    return [null, new pb.AppendResp().setWrongExpectedVersion(wrong)]
  }
  const success = new pb.AppendResp.Success().setCurrentRevision(String(result.revision))
  if (result.position === null) success.setNoPosition(empty())
  else {
    const at = String(result.position)
    success.setPosition(new pb.AppendResp.Position().setCommitPosition(at).setPreparePosition(at))
  }
  return [null, new pb.AppendResp().setSuccess(success)]
}

export function serveBatchAppend(
  appends: Appends,
  guard: Guard
): handleBidiStreamingCall<BatchReq, BatchResp> {
  return (call) => {
    const refused = guard('batch append', call.metadata)
    if (refused) {
      call.emit('error', refused)
      return
    }
    const pending = new Map<string, { request: BatchReq; events: Proposed[] }>()
    call.on('error', () => {})
    call.on('end', () => call.end())
    call.on('data', (request: BatchReq) => {
      const correlation = request.getCorrelationId()?.getString() ?? ''
      const batch = pending.get(correlation) ?? { request, events: [] }
      batch.events.push(...request.getProposedMessagesList().map(proposedOf))
      pending.set(correlation, batch)
      if (!request.getIsFinal()) return
      pending.delete(correlation)
      appends.after(() => answerBatch(appends, call, batch.request, batch.events))
    })
  }
}

function answerBatch(
  appends: Appends,
  call: ServerDuplexStream<BatchReq, BatchResp>,
  request: BatchReq,
  events: Proposed[]
): unknown {
  const options = request.getOptions()
  const name = utf8(options?.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array())
  const answer = new pb.BatchAppendResp()
    .setCorrelationId(request.getCorrelationId())
    .setStreamIdentifier(options?.getStreamIdentifier())
  const refuse = (type: string, details: Uint8Array) => {
    const packed = new anyPb.Any()
    packed.pack(details, `event_store.client.${type}`)
    call.write(answer.setError(new statusPb.Status().setMessage(type).setDetails(packed)))
  }
  if (!options || isMalformed(name, events))
    return refuse('BadRequest', new sharedPb.BadRequest().serializeBinary())
  if (appends.faults.isReadOnly) return refuse('AccessDenied', new sharedPb.AccessDenied().serializeBinary())
  const expected = options.hasNoStream() ? 'none' : options.hasAny() ? 'any' : 'exists'
  const result = appends.log.append(
    name,
    options.hasStreamPosition() ? BigInt(options.getStreamPosition()) : expected,
    events
  )
  if (result.kind === 'deleted')
    return refuse('StreamDeleted', new sharedPb.StreamDeleted().serializeBinary())
  if (result.kind === 'too-large') {
    const size = new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(result.max)
    return refuse('MaximumAppendSizeExceeded', size.serializeBinary())
  }
  if (result.kind === 'wrong') {
    const wrong = new sharedPb.WrongExpectedVersion()
    if (result.current === null) wrong.setCurrentNoStream(new emptyPb.Empty())
    else wrong.setCurrentStreamRevision(String(result.current))
    return refuse('WrongExpectedVersion', wrong.serializeBinary())
  }
  const at = String(result.position ?? 0n)
  const success = new pb.BatchAppendResp.Success().setCurrentRevision(String(result.revision))
  success.setPosition(new sharedPb.AllStreamPosition().setCommitPosition(at).setPreparePosition(at))
  return deliver(
    appends,
    true,
    () => call.write(answer.setSuccess(success)),
    (lost) => call.emit('error', lost)
  )
}
