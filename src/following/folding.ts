import { Worker } from 'node:worker_threads'

/*
 * What is committed stands in a log first, and is copied into the file of rows by a thread that does nothing else: whoever
 * applies events does not wait for the disk, unless that cannot keep up. The log begins anew only when all of it was
 * copied while nobody added to it, so that it would grow for as long as somebody does.
 */

export interface Folding {
  /**
   * A batch of so many events was committed. Where the log has grown too long this waits, and lets nothing else happen
   * meanwhile.
   */
  committed(events: number): void
  /** Ends the thread; what it has not copied yet is left to whoever closes the file. */
  close(): Promise<void>
}

/** What the two threads share, a number each. */
export const SIGNALS = {
  /** 1 once there is enough to copy. */
  wanted: 0,
  closing: 1,
  /** How often copying has begun, and been done. */
  begun: 2,
  done: 3,
  /** How many pages the log held then. */
  pages: 4
} as const

export interface FoldingData {
  path: string
  signals: SharedArrayBuffer
}

export interface FoldingLimits {
  /** Copying begins after about so many pages: the same ones change again and again, so that more often would be more. */
  enough: number
  /** With so many in it the log is waited for. */
  most: number
  /** So long at most: whoever does not answer by then is not waited for again. */
  patienceMs: number
}

const LIMITS: FoldingLimits = { enough: 4_000, most: 16_000, patienceMs: 60_000 }

/** Roughly what is written with each commit, as seen with commits of one event, and with each further event of a batch. */
const PAGES = { commit: 24, event: 1 }

const PROGRAM = new URL('./folding-thread.ts', import.meta.url)

/** Other limits and another program than the thread's own are for tests. */
export function startFolding(path: string, limits = LIMITS, program = PROGRAM): Folding {
  const memory = new SharedArrayBuffer(4 * Object.keys(SIGNALS).length)
  const signals = new Int32Array(memory)
  const workerData: FoldingData = { path, signals: memory }
  const worker = new Worker(program, { workerData, execArgv: [], name: 'folding' })
  let isGone = false
  const gone = () => {
    isGone = true
  }
  // Without it the log is copied by whoever commits, only less often.
  worker.on('error', gone)
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  void ended.then(gone)
  let pages = 0
  const wake = () => {
    Atomics.store(signals, SIGNALS.wanted, 1)
    Atomics.notify(signals, SIGNALS.wanted)
  }
  /** Until all that is in the log by now was copied. */
  const waitForAll = (begun: number): void => {
    const until = performance.now() + limits.patienceMs
    for (;;) {
      const done = Atomics.load(signals, SIGNALS.done)
      if (done > begun) return
      const left = until - performance.now()
      if (left <= 0) break
      Atomics.wait(signals, SIGNALS.done, done, left)
    }
    gone()
  }
  return {
    committed(events) {
      pages += PAGES.commit + PAGES.event * events
      if (pages < limits.enough || isGone) return
      pages = 0
      const begun = Atomics.load(signals, SIGNALS.begun)
      wake()
      if (Atomics.load(signals, SIGNALS.pages) > limits.most) waitForAll(begun)
    },
    async close() {
      Atomics.store(signals, SIGNALS.closing, 1)
      wake()
      await ended
    }
  }
}
