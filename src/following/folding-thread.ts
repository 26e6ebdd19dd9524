import { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'
import { type FoldingData, SIGNALS } from './folding.ts'

/* Copies the log of the rows into their file whenever it is asked to, until it is told to end. */

const { path, signals: memory } = workerData as FoldingData
const signals = new Int32Array(memory)

// Whoever has the file to itself is not waited for: there is a next time.
const db = new DatabaseSync(path, { timeout: 0 })
db.exec('PRAGMA synchronous = NORMAL')
const copy = db.prepare('PRAGMA wal_checkpoint(PASSIVE)')
for (;;) {
  Atomics.wait(signals, SIGNALS.wanted, 0)
  // In this order: whoever wants the end after it was looked for wants something again.
  Atomics.store(signals, SIGNALS.wanted, 0)
  if (Atomics.load(signals, SIGNALS.closing) === 1) break
  Atomics.add(signals, SIGNALS.begun, 1)
  try {
    Atomics.store(signals, SIGNALS.pages, Number(copy.get()?.log ?? 0))
  } catch {
    // A full disk is met, and told of, by whoever writes.
  }
  Atomics.add(signals, SIGNALS.done, 1)
  Atomics.notify(signals, SIGNALS.done)
}
db.close()
