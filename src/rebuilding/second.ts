import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type PartGone, type Said, SHARED_BYTES, sharedIn, type Task } from './protocol.ts'

const PROGRAM = new URL('./second-thread.ts', import.meta.url)

/** So often is it looked whether somebody has asked to end, while only the other thread works. */
const LOOK_MS = 100
/**
 * So much may live in that thread's heap: what it works with is bounded, and the rest is room for the collector. Fifty of
 * it live; with a hundred less the collector never rests, and takes the processor from both threads.
 */
const HEAP_MIB = 240

/** The second thread of a rebuild, as the first one sees it. */
export interface Second {
  /** How far it is. */
  shown(): bigint
  hasFailed(): boolean
  /**
   * Waits for the end of its next part, whose file is closed then; looks again and again whether that is to come soon.
   * Rejects with why the thread has failed.
   */
  next(isCancelled: () => boolean): Promise<PartGone>
  /** Ends it, where it has not ended. */
  close(): Promise<void>
}

/** Starts the thread with its task. */
export function startSecond(task: Omit<Task, 'shared'>): Second {
  const buffer = new SharedArrayBuffer(SHARED_BYTES)
  const shared = sharedIn(buffer)
  const workerData: Task = { ...task, shared: buffer }
  // Without the flags of this process: a test runner's loaders have no business in the thread.
  const worker = new Worker(PROGRAM, {
    workerData,
    execArgv: [],
    name: 'rebuild',
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB }
  })
  const gone: PartGone[] = []
  let heard = 0
  let failure: { error: Error } | undefined
  let news = Promise.withResolvers<void>()
  const hear = (said: Said): void => {
    if ('error' in said) failure ??= said
    else {
      gone.push(said)
      heard += 1
    }
    news.resolve()
    news = Promise.withResolvers()
  }
  worker.on('message', hear)
  worker.once('error', (error: Error) => hear({ error }))
  worker.once('exit', (code) =>
    hear({ error: new Error(`the second thread of the rebuild ended with status ${code}`) })
  )
  return {
    shown: shared.shown,
    hasFailed: () => failure !== undefined && heard < task.parts.length,
    async next(isCancelled) {
      for (;;) {
        const part = gone.shift()
        if (part) return part
        if (failure) throw failure.error
        if (isCancelled()) shared.cancel()
        await Promise.race([news.promise, sleep(LOOK_MS)])
      }
    },
    async close() {
      shared.cancel()
      await worker.terminate()
    }
  }
}
