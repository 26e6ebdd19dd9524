import { benchLedger, MIX, median, numberOption, tell } from './ledger.ts'
import { parseOnce, rebuildOnce } from './rebuild-run.ts'

/*
 * Rebuilding all projections from a million events into durable rows, against `JSON.parse` alone over the same
 * payloads, warm, in the same process: rounds of both in turn, the median of each.
 *
 * node scripts/bench/rebuild.ts [--units 2000] [--years 3] [--events <n>] [--rounds 3]
 */

const events = numberOption('events', Number.MAX_SAFE_INTEGER)
const rounds = numberOption('rounds', 3)
const ledger = await benchLedger({
  ...MIX,
  units: numberOption('units', MIX.units),
  years: numberOption('years', 3),
  ...(events === Number.MAX_SAFE_INTEGER ? {} : { events })
})

const runs = []
const parses: number[] = []
// Once for nothing, so that what is timed is warm.
await parseOnce(ledger, 100_000)
for (let round = 0; round < rounds; round++) {
  parses.push(await parseOnce(ledger, events))
  runs.push(await rebuildOnce(ledger))
}
const parsed = median(parses)
const rebuilt = median(runs.map((run) => (run.seconds / run.events) * 1_000_000))
const memory = Math.max(...runs.map((run) => run.memory))
tell({
  figure: 'rebuild of all projections',
  value: Number((parsed / rebuilt).toFixed(4)),
  unit: 'x',
  baseline: 'JSON.parse of the same payloads, warm',
  measured: 'all projections rebuilt from the first event into durable rows',
  events: runs[0]?.events,
  rounds,
  parseMicrosecondsPerEvent: Number(parsed.toFixed(2)),
  rebuildMicrosecondsPerEvent: Number(rebuilt.toFixed(1)),
  residentMemoryMiB: memory
})
