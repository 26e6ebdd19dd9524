import { flushCompileCache } from 'node:module'
import { projections } from '../../projections/all.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { inSmallPages, run } from './run-rows.ts'

/*
 * A process that dies between applying a batch and keeping it with its checkpoint.
 * `dying-process.ts <ledger> <rows> <events in a batch> <batches>`: keeps so many batches but one, and dies after having
 * applied the last.
 */

const [ledger = '', path = '', events = '', batches = ''] = process.argv.slice(2)

// Whoever started it and is gone does not wait for it any more.
process.stdin.on('end', () => process.exit()).resume()
const store = await openEmbeddedStore(ledger)
let commits = 0
await run(inSmallPages(store, Number(events)), path, projections, {
  events: Number(events),
  tamper: (rows) => ({
    ...rows,
    commit(checkpoints) {
      commits += 1
      if (commits === Number(batches)) {
        // The next one need not compile it all again.
        flushCompileCache()
        process.kill(process.pid, 'SIGKILL')
      }
      rows.commit(checkpoints)
    }
  })
})
