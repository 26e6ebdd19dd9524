import { Worker } from 'node:worker_threads'
import { repliesOf } from './embedded-packing.ts'
import {
  type Answer,
  errorOf,
  type FromWorker,
  type Numbered,
  type Request,
  type ToWorker,
  type WorkerData
} from './embedded-protocol.ts'
import { Unavailable } from './event-store.ts'

/** The main thread's end of one thread of the embedded store. */
export interface WorkerClient {
  /** `heard` is told the answer before anybody else learns of it, and before the newest position moves. */
  call<K extends Request['kind']>(
    request: Request & { kind: K },
    heard?: (answer: Answer[K]) => void
  ): Promise<Answer[K]>
  /** From now on every call is refused; those under way still get their answer. */
  refuse(): void
  /** Refuses, waits for the calls under way, and ends the thread. */
  close(): Promise<void>
}

export interface WorkerEvents {
  /** The newest durable position has moved. */
  onEnd?: (end: bigint) => void
  /** The thread has ended, asked to or not. */
  onExit?: () => void
  /**
   * Whether calls wait while others are with the thread. To wake it costs more than what it is told, and a thread that does together
   * what has arrived together does more the longer it was busy.
   */
  gathers?: boolean
  /** What calls are sent as; themselves unless given. */
  pack?: (calls: readonly Numbered[]) => ToWorker
}

interface Pending {
  heard: ((value: unknown) => void) | undefined
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/** Starts a thread; resolves with what it answers to call 0, once it is ready for others. */
export async function startWorker(
  url: URL,
  workerData: WorkerData,
  { onEnd, onExit, gathers = false, pack = (calls) => calls }: WorkerEvents = {}
): Promise<WorkerClient & { opened: unknown }> {
  // Without the flags of this process: a test runner's loaders have no business in the thread.
  const worker = new Worker(url, { workerData, execArgv: [], name: `ledger-${workerData.role}` })
  const pending = new Map<number, Pending>()
  let calls = 0
  let refusal: string | undefined
  let drained = () => {}
  let outbox: Numbered[] = []
  /** Calls that are with the thread; the first of them is call 0. */
  let away = 1

  const promised = (call: number, heard?: Pending['heard']) =>
    new Promise<unknown>((resolve, reject) => pending.set(call, { heard, resolve, reject }))
  const settle = (call: number): Pending | undefined => {
    const found = pending.get(call)
    pending.delete(call)
    if (pending.size === 0) drained()
    return found
  }
  worker.on('message', (message: FromWorker) => {
    const { end } = message
    const replies = repliesOf(message)
    away -= replies.length
    // The thread goes on while what it has said is worked on here.
    if (outbox.length > 0) send()
    for (const [call, reply] of replies) if ('value' in reply) pending.get(call)?.heard?.(reply.value)
    // First the position, so that whoever gets an answer finds what it promises.
    if (end !== undefined) onEnd?.(end)
    for (const [call, reply] of replies) {
      if ('fault' in reply) settle(call)?.reject(errorOf(reply.fault))
      else settle(call)?.resolve(reply.value)
    }
  })
  worker.on('error', (error) => {
    refusal = `the store has failed: ${String(error)}`
  })
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      refusal ??= 'the store has ended by itself'
      for (const call of [...pending.keys()]) settle(call)?.reject(new Unavailable(refusal))
      onExit?.()
      resolve()
    })
  })

  /** One message for all calls of one turn of the event loop: each wakes the thread and is copied. */
  const send = () => {
    if (outbox.length === 0 || (gathers && away > 0)) return
    worker.postMessage(pack(outbox))
    away += outbox.length
    outbox = []
  }
  // What waits anyway while others are away is not kept waiting before.
  const later = gathers ? process.nextTick : setImmediate
  const refuse = () => {
    refusal ??= 'the store is closed'
  }
  const close = async () => {
    refuse()
    if (pending.size > 0) await new Promise<void>((resolve) => (drained = resolve))
    worker.postMessage('close')
    await exited
  }
  try {
    return { opened: await promised(0), call, refuse, close }
  } catch (error) {
    await exited
    throw error
  }

  function call<K extends Request['kind']>(
    request: Request & { kind: K },
    heard?: (answer: Answer[K]) => void
  ): Promise<Answer[K]> {
    if (refusal) return Promise.reject(new Unavailable(refusal, { nothingStored: true }))
    calls += 1
    if (outbox.push([calls, request]) === 1) later(send)
    // The thread answers each kind with its own shape; see Answer.
    return promised(calls, heard as Pending['heard']) as Promise<Answer[K]>
  }
}
