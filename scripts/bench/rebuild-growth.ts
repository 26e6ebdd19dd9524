import { benchLedger, MIX, median, numberOption, tell } from './ledger.ts'
import { rebuildOnce } from './rebuild-run.ts'

/*
 * Whether rebuilding stays proportional: a ledger of four times as many years against the first one. Both are made on
 * disk; rounds of both in turn, the median of each.
 *
 * node scripts/bench/rebuild-growth.ts [--units 2000] [--years 3] [--rounds 3]
 */

const TIMES = 4
const units = numberOption('units', MIX.units)
const years = numberOption('years', 3)
const rounds = numberOption('rounds', 3)
const small = await benchLedger({ ...MIX, units, years })
const large = await benchLedger({ ...MIX, units, years: years * TIMES })

const [smalls, larges] = [[], []] as [
  Awaited<ReturnType<typeof rebuildOnce>>[],
  Awaited<ReturnType<typeof rebuildOnce>>[]
]
for (let round = 0; round < rounds; round++) {
  smalls.push(await rebuildOnce(small))
  larges.push(await rebuildOnce(large))
}
const [before, after] = [smalls, larges].map((runs) => median(runs.map(({ seconds }) => seconds))) as [
  number,
  number
]
tell({
  figure: 'rebuild of four times the ledger',
  value: Number((after / before).toFixed(2)),
  unit: 'x',
  baseline: `rebuild from ${smalls[0]?.events} events`,
  measured: `rebuild from ${larges[0]?.events} events`,
  rounds,
  baselineSeconds: Number(before.toFixed(1)),
  measuredSeconds: Number(after.toFixed(1)),
  residentMemoryMiB: Math.max(...larges.map(({ memory }) => memory))
})
