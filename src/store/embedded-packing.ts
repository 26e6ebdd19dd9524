import type { AppendRequest, FromWorker, Numbered, Reply, Written } from './embedded-protocol.ts'
import type { NewEvent } from './event-store.ts'

/*
 * Appends and what became of them on their way between threads, member by member in one list: to copy an object for each takes
 * several times as long, and while that goes on both threads have nothing else to do.
 */

/** Of each append its call, stream, expected revision and how many events, then of each event id, type, data and metadata. */
export type PackedAppends = readonly (string | number)[]

/** Of each append that was written its call, revision and position, and whether it is new. */
export type PackedWritten = readonly (number | bigint | boolean)[]

export type Waiting = [call: number, request: AppendRequest]

export function packAppends(calls: readonly Numbered[]): PackedAppends {
  const packed: (string | number)[] = []
  for (const [call, request] of calls) {
    if (request.kind !== 'append') throw new Error('the writer only appends')
    const { stream, expectedRevision, events } = request
    packed.push(call, stream, expectedRevision, events.length)
    for (const { id, type, data, metadata } of events) packed.push(id, type, data, metadata)
  }
  return packed
}

export function unpackAppends(packed: PackedAppends): Waiting[] {
  const unpacked: Waiting[] = []
  let at = 0
  // They come in the order and of the types in which they were put in.
  const next = () => packed[at++] as never
  while (at < packed.length) {
    const [call, stream, expectedRevision, count]: [number, string, number | 'none', number] = [
      next(),
      next(),
      next(),
      next()
    ]
    const events: NewEvent[] = []
    while (events.length < count) events.push({ id: next(), type: next(), data: next(), metadata: next() })
    unpacked.push([call, { kind: 'append', stream, events, expectedRevision }])
  }
  return unpacked
}

export function packWritten(replies: readonly (readonly [call: number, written: Written])[]): PackedWritten {
  const packed: (number | bigint | boolean)[] = []
  for (const [call, { revision, position, isNew }] of replies) packed.push(call, revision, position, isNew)
  return packed
}

/** All replies of a message, those of appends that were written first. */
export function repliesOf({ replies, written = [] }: FromWorker): FromWorker['replies'] {
  if (written.length === 0) return replies
  const all: [call: number, reply: Reply][] = []
  for (let at = 0; at < written.length; at += 4) {
    const value = { revision: written[at + 1], position: written[at + 2], isNew: written[at + 3] }
    all.push([written[at] as number, { value }])
  }
  return [...all, ...replies]
}
