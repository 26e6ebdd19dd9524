/*
 * What a node of the event store's protocol holds, and the rules by which it takes appends, as they were seen on a
 * real server. Everything is in memory.
 */

export interface NodeRecord {
  id: string
  type: string
  stream: string
  revision: bigint
  position: bigint
  contentType: string
  data: Uint8Array
  metadata: Uint8Array
}

export interface Proposed extends Pick<NodeRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'> {}

export type Expected = bigint | 'none' | 'exists' | 'any'

export type LogAnswer =
  | { kind: 'stored'; revision: bigint; position: bigint | null }
  | { kind: 'wrong'; current: bigint | null }
  | { kind: 'deleted' }
  | { kind: 'too-large'; max: number }

/** What a node takes in one append, if nobody set another limit. Counts data alone; metadata is not looked at. */
const APPEND_DATA_MAX = 1024 * 1024
const TOMBSTONE_REVISION = 2n ** 63n - 1n

export type NodeLog = ReturnType<typeof createLog>

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const text = (data: Uint8Array) => Buffer.from(data).toString()

export function createLog() {
  const all: NodeRecord[] = []
  const byStream = new Map<string, NodeRecord[]>()
  const listeners = new Set<() => void>()
  let next = 1_131n

  const put = (stream: string, revision: bigint, proposed: Proposed): NodeRecord => {
    const record = { ...proposed, stream, revision, position: next }
    // Neither dense nor regular, as bytes in a file are.
    next += BigInt(97 + proposed.data.length + proposed.metadata.length)
    all.push(record)
    const known = byStream.get(stream) ?? []
    known.push(record)
    byStream.set(stream, known)
    return record
  }
  const system = (stream: string, type: string, data: object, revision?: bigint) => {
    const proposed = { id: crypto.randomUUID(), type, contentType: 'application/json', metadata: bytes('') }
    put(stream, revision ?? BigInt(byStream.get(stream)?.length ?? 0), {
      ...proposed,
      data: bytes(JSON.stringify(data))
    })
    for (const listener of [...listeners]) listener()
  }
  // A fresh node shows one record of its own.
  system('$$$scavenges', '$metadata', { $maxAge: 2_592_000 })

  /** The settings of a stream, as the newest metadata has them. */
  const settings = (stream: string): { $maxCount?: number; $tb?: number } => {
    const newest = byStream.get(`$$${stream}`)?.at(-1)
    return newest ? JSON.parse(text(newest.data)) : {}
  }
  const isTombstoned = (stream: string) => byStream.get(stream)?.at(-1)?.type === '$streamDeleted'

  const store = (stream: string, last: bigint, events: readonly Proposed[]): LogAnswer => {
    let stored: NodeRecord | undefined
    for (const [i, event] of events.entries()) stored = put(stream, last + 1n + BigInt(i), event)
    for (const listener of [...listeners]) listener()
    return { kind: 'stored', revision: stored?.revision ?? 0n, position: stored?.position ?? null }
  }

  const limits = { appendData: APPEND_DATA_MAX }

  return {
    all,
    /** As an operator sets them. */
    limits,
    settings,
    isTombstoned,
    /** What a read of the stream gives: what its settings hide is left out. */
    visible(stream: string): NodeRecord[] {
      const { $maxCount = Number.POSITIVE_INFINITY, $tb = 0 } = settings(stream)
      const kept = (byStream.get(stream) ?? []).filter(({ revision }) => revision >= BigInt($tb))
      return kept.slice(-$maxCount)
    },
    append(stream: string, expected: Expected, events: readonly Proposed[]): LogAnswer {
      if (isTombstoned(stream)) return { kind: 'deleted' }
      const size = events.reduce((sum, { data }) => sum + data.length, 0)
      if (size > limits.appendData) return { kind: 'too-large', max: limits.appendData }
      const known = byStream.get(stream) ?? []
      const last = known.at(-1)?.revision ?? -1n
      const isSoftDeleted = BigInt(settings(stream).$tb ?? 0) > last
      const wrong: LogAnswer = { kind: 'wrong', current: last < 0n ? null : last }
      if (expected === 'any') return store(stream, last, events)
      if (expected === 'exists') {
        if (isSoftDeleted) return { kind: 'deleted' }
        return last < 0n ? wrong : store(stream, last, events)
      }
      const at = expected === 'none' ? -1n : expected
      if (at === last || (at === -1n && isSoftDeleted)) return store(stream, last, events)
      if (at > last) return wrong
      // Ids are compared, contents are not.
      const before = known.slice(Number(at) + 1, Number(at) + 1 + events.length)
      const newest = before.at(-1)
      const isAgain =
        before.length === events.length && before.every(({ id }, i) => id === events[i]?.id.toLowerCase())
      if (!isAgain || !newest) return wrong
      return { kind: 'stored', revision: newest.revision, position: newest.position }
    },
    /** As somebody with the server's own tools would. */
    setMetadata: (stream: string, metadata: object) => system(`$$${stream}`, '$metadata', metadata),
    softDelete(stream: string) {
      const last = byStream.get(stream)?.at(-1)?.revision ?? -1n
      system(`$$${stream}`, '$metadata', { $tb: Number(last + 1n) })
    },
    tombstone: (stream: string) => system(stream, '$streamDeleted', {}, TOMBSTONE_REVISION),
    /** Removes the records before a revision for good, as a scavenge does; or only those from another one on. */
    scavenge(stream: string, before: bigint, from = 0n) {
      const goes = ({ stream: of, revision }: NodeRecord) =>
        of === stream && revision >= from && revision < before
      all.splice(0, all.length, ...all.filter((record) => !goes(record)))
      byStream.set(
        stream,
        (byStream.get(stream) ?? []).filter((record) => !goes(record))
      )
    },
    /** The index of the record at a position; -1 where none begins there. */
    indexAt(position: bigint): number {
      let [low, high] = [0, all.length]
      while (low < high) {
        const middle = (low + high) >>> 1
        if ((all[middle]?.position ?? 0n) < position) low = middle + 1
        else high = middle
      }
      return all[low]?.position === position ? low : -1
    },
    onAppend(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}
