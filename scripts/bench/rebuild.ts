import { benchLedger, MIX } from './ledger.ts'
import { compare, printFigure } from './measure.ts'
import { parseOnce, rebuildOnce, residentMemoryMiB } from './rebuild-run.ts'

/*
 * Rebuilding all projections from a million events into durable rows, against `JSON.parse` alone over the same
 * payloads, warm, in the same process.
 */

const WARMING_EVENTS = 100_000

const ledger = await benchLedger(MIX)
await parseOnce(ledger, WARMING_EVENTS)
let events = 0
const figure = await compare({
  figure: 'rebuild',
  floor: 0.1,
  aim: 0.35,
  rounds: 3,
  isLong: true,
  baseline: { what: 'JSON.parse of the same payloads, warm', run: () => parseOnce(ledger) },
  measured: {
    what: 'all projections rebuilt from the first event into durable rows',
    run: async () => {
      events = await rebuildOnce(ledger)
      return events
    }
  }
})
printFigure({ ...figure, measured: { ...figure.measured, events, residentMemoryMiB: residentMemoryMiB() } })
