import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { type Outcome, SHARED_BYTES, sharedIn, type Task } from './protocol.ts'

const PROGRAM = new URL('./second-thread.ts', import.meta.url)

/** So often is it looked whether somebody has asked to end, while only the other thread works. */
const LOOK_MS = 100
/**
 * So much may live in that thread's heap: what it works with is bounded, and the rest is room for the collector. Fifty of
 * it live; with a hundred less the collector never rests, and takes the processor from both threads.
 */
const HEAP_MIB = 240

/** What the thread has done, where it has not failed. */
export type SecondGone = Exclude<Outcome, { error: Error }>

/** The second thread of a rebuild, as the first one sees it. */
export interface Second {
  /** How far it is. */
  shown(): bigint
  hasFailed(): boolean
  /** Waits for the end; looks again and again whether that is to come soon. Rejects with why it has failed. */
  outcome(isCancelled: () => boolean): Promise<SecondGone>
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
  let outcome: Outcome | undefined
  const exited = new Promise<void>((resolve) => {
    worker.once('message', (said: Outcome) => {
      outcome = said
    })
    worker.once('error', (error: Error) => {
      outcome = { error }
    })
    worker.once('exit', (code) => {
      outcome ??= { error: new Error(`the second thread of the rebuild ended with status ${code}`) }
      resolve()
    })
  })
  return {
    shown: shared.shown,
    hasFailed: () => outcome !== undefined && 'error' in outcome,
    async outcome(isCancelled) {
      while (!outcome) {
        if (isCancelled()) shared.cancel()
        await Promise.race([exited, sleep(LOOK_MS)])
      }
      // Its file is closed once it has ended.
      await exited
      if ('error' in outcome) throw outcome.error
      return outcome
    },
    async close() {
      shared.cancel()
      await worker.terminate()
    }
  }
}
