import { DatabaseSync } from 'node:sqlite'
import { workerData } from 'node:worker_threads'
import { type FoldingData, SIGNALS } from './folding.ts'

/* Copies the log of the rows into their file whenever it is asked to, until it is told to end. */

const { path, signals: memory } = workerData as FoldingData
const signals = new Int32Array(memory)

// Whoever has the file to itself is not waited for: there is a next time.
const db = new DatabaseSync(path, { timeout: 0 })
db.exec('PRAGMA synchronous = NORMAL')
for (;;) {
  Atomics.wait(signals, SIGNALS.wanted, 0)
  if (Atomics.load(signals, SIGNALS.closing) === 1) break
  Atomics.store(signals, SIGNALS.wanted, 0)
  try {
    db.exec('PRAGMA wal_checkpoint(PASSIVE)')
  } catch {
    // A full disk is met, and told of, by whoever writes.
  }
}
db.close()
