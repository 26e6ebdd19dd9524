import { Worker } from 'node:worker_threads'
import { type CallName, type Calls, errorOf, type FromThread, type ToThread } from './protocol.ts'

/*
 * The line between the main thread and the one that follows the ledger: calls with their answers, and what each tells the
 * other.
 */

type Hear = (message: Exclude<FromThread, { kind: 'answer' }>) => void

export interface Line {
  call<K extends CallName>(name: K, asked: Calls[K]['asked']): Promise<Calls[K]['answer']>
  say(message: ToThread): void
  /** Who is told what the thread says of itself, and that it has ended unasked. */
  listen(hear: Hear, onEnd: (error: Error) => void): void
  /** Resolves also where the thread has ended already. */
  release(): Promise<void>
  close(): Promise<void>
}

/** Starts the thread, which loads what it needs while others go on. */
export function openLine(program: URL): Line {
  // Without the flags of this process: a test runner's loaders have no business in the thread.
  const worker = new Worker(program, { execArgv: [], name: 'follower' })
  const pending = new Map<number, PromiseWithResolvers<unknown>>()
  let [calls, hear, onEnd] = [0, (() => {}) as Hear, (_error: Error) => {}]
  let failure = new Error('the projections have ended by themselves')
  let closing: Promise<void> | undefined
  let isOver = false

  worker.on('message', (message: FromThread) => {
    if (message.kind !== 'answer') return hear(message)
    const asked = pending.get(message.call)
    pending.delete(message.call)
    if ('fault' in message.answer) asked?.reject(errorOf(message.answer.fault))
    else asked?.resolve(message.answer.value)
  })
  worker.on('error', (error: Error) => {
    failure = error
  })
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      isOver = true
      for (const asked of pending.values()) asked.reject(failure)
      pending.clear()
      resolve()
      if (!closing) onEnd(failure)
    })
  })
  const call: Line['call'] = (name, asked) => {
    if (isOver) return Promise.reject(failure)
    const answered = Promise.withResolvers<unknown>()
    pending.set(++calls, answered)
    worker.postMessage({ kind: 'call', call: calls, name, asked } as ToThread)
    // The thread answers each call with its own shape; see Calls.
    return answered.promise as never
  }
  return {
    call,
    say: (message) => worker.postMessage(message),
    listen(to, ended) {
      hear = to
      onEnd = ended
    },
    release: () =>
      call('release', null).then(
        () => {},
        () => {}
      ),
    close() {
      closing ??= call('end', null).then(
        () => exited,
        () => exited
      )
      return closing
    }
  }
}
