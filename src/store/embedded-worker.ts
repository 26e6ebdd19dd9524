import { parentPort, workerData } from 'node:worker_threads'
import { groupCommitter } from './embedded-append.ts'
import { type LedgerFile, openForReading, openForWriting } from './embedded-file.ts'
import { type PackedAppends, packWritten, unpackAppends, type Waiting } from './embedded-packing.ts'
import {
  type FromWorker,
  faultOf,
  type Numbered,
  type Reply,
  type ToWorker,
  type WorkerData,
  type Written
} from './embedded-protocol.ts'
import { pageReader } from './embedded-read.ts'

/*
 * A thread of the embedded store: all waiting for the disk happens here. Call 0 is answered unasked, when the file is
 * open or cannot be opened; `close` ends the thread.
 */

const port = parentPort
if (!port) throw new Error('this file runs as a worker thread')
const { role, path } = workerData as WorkerData

const say = (message: FromWorker) => port.postMessage(message)

function replyOf(work: () => unknown): Reply {
  try {
    return { value: work() }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

/** `Calls` is how the client of this thread sends them. */
function listen<Calls extends ToWorker>(hear: (calls: Calls) => void, close: () => void): void {
  port?.on('message', (message: Calls | 'close') => {
    if (message !== 'close') return hear(message)
    close()
    port.close()
  })
}

/** Answers each read as it comes, from a connection of its own; opened late, since the writer makes the file. */
function read(): void {
  let opened: { file: LedgerFile; answer: ReturnType<typeof pageReader> } | undefined
  const open = () => {
    const file = openForReading(path)
    opened = { file, answer: pageReader(file.db) }
    return opened
  }
  listen<readonly Numbered[]>(
    (calls) => {
      const replies = calls.map(([call, request]): [number, Reply] => {
        if (request.kind === 'append') throw new Error('the reader does not append')
        return [call, replyOf(() => (opened ?? open()).answer(request))]
      })
      say({ replies })
    },
    () => opened?.file.close()
  )
  say({ replies: [[0, { value: null }]] })
}

/** Bounds of one transaction; what is beyond waits for the next one. */
const GROUP_APPENDS_MAX = 1000
const GROUP_BYTES_MAX = 8 * 1024 * 1024

/**
 * Collects the appends that have arrived, the more the longer the last commit took, and commits them in groups.
 * Replies go out after COMMIT has returned, never before.
 */
function write(): void {
  const file = openForWriting(path)
  const end = endOf(file)
  const commit = groupCommitter(file.db)
  const waiting: Waiting[] = []
  const flush = () => {
    const group = waiting.splice(0, groupSize(waiting))
    const outcomes = commit(group.map(([, request]) => request))
    let end = 0n
    const written: [number, Written][] = []
    const replies: [number, Reply][] = []
    for (const [i, [call]] of group.entries()) {
      const outcome = outcomes[i]
      if (outcome === undefined || outcome instanceof Error) replies.push([call, { fault: faultOf(outcome) }])
      else {
        if (outcome.position > end) end = outcome.position
        written.push([call, outcome])
      }
    }
    say({ replies, written: packWritten(written), end })
    if (waiting.length > 0) setImmediate(flush)
  }
  listen<PackedAppends>((packed) => {
    // The flush comes after all messages that have arrived by now: they share its commit.
    if (waiting.length === 0) setImmediate(flush)
    waiting.push(...unpackAppends(packed))
  }, file.close)
  say({ replies: [[0, { value: end }]] })
}

/** Where the ledger ends. Lets go of the file where its newest event is missing. */
function endOf({ db, close }: LedgerFile): unknown {
  try {
    return pageReader(db)({ kind: 'end' })
  } catch (error) {
    close()
    throw error
  }
}

function groupSize(waiting: readonly Waiting[]): number {
  let bytes = 0
  for (const [i, [, { events }]] of waiting.entries()) {
    for (const { data, metadata } of events) bytes += data.length + metadata.length
    if (i > 0 && (bytes > GROUP_BYTES_MAX || i === GROUP_APPENDS_MAX)) return i
  }
  return waiting.length
}

try {
  if (role === 'writer') write()
  else read()
} catch (error) {
  say({ replies: [[0, { fault: faultOf(error) }]] })
}
