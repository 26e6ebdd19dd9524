import { Worker } from 'node:worker_threads'

/*
 * What is committed stands in a log first, and is copied into the file of rows by a thread that does nothing else: whoever
 * applies events does not wait for the disk.
 */

export interface Folding {
  /** So many events were committed. */
  committed(events: number): void
  /** Ends the thread; what it has not copied yet is left to whoever closes the file. */
  close(): Promise<void>
}

/** What the two threads share, a number each. */
export const SIGNALS = { wanted: 0, closing: 1 } as const

export interface FoldingData {
  path: string
  signals: SharedArrayBuffer
}

/** The same pages change again and again, so that copying them more often would copy more. */
const EVENTS = 2_000

export function startFolding(path: string): Folding {
  const memory = new SharedArrayBuffer(8)
  const signals = new Int32Array(memory)
  const workerData: FoldingData = { path, signals: memory }
  const worker = new Worker(new URL('./folding-thread.ts', import.meta.url), {
    workerData,
    execArgv: [],
    name: 'folding'
  })
  // Without it the log is copied by whoever commits, only less often.
  worker.on('error', () => {})
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  let events = 0
  const wake = () => {
    Atomics.store(signals, SIGNALS.wanted, 1)
    Atomics.notify(signals, SIGNALS.wanted)
  }
  return {
    committed(more) {
      events += more
      if (events < EVENTS) return
      events = 0
      wake()
    },
    async close() {
      Atomics.store(signals, SIGNALS.closing, 1)
      wake()
      await ended
    }
  }
}
