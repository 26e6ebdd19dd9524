import { league } from '../../projections/league.ts'
import { leagueTable } from '../../projections/league-table.ts'
import type { Reader } from '../../projections/projection.ts'
import { rebuildRows } from '../../projections/rebuild.ts'
import { readerOf } from '../../projections/rows.ts'
import { scorecard } from '../../projections/scorecard.ts'
import { openReader } from '../../src/store/open.ts'
import { BUILDING, openReadModel } from '../../src/store/read-model.ts'
import { benchLedger, MIX, median, numberOption, removeScratch, scratchRows, tell } from './ledger.ts'

/*
 * A league of a past position against the league of now, over the same rows of a million events: rounds of both in
 * turn, the past at many positions of the last year, the median of each.
 *
 * node scripts/bench/league-as-of.ts [--units 2000] [--years 3] [--rounds 30]
 */

const units = numberOption('units', MIX.units)
const years = numberOption('years', 3)
const rounds = numberOption('rounds', 30)
const ledger = await benchLedger({ ...MIX, units, years })
const path = scratchRows('league')
removeScratch(path)
const store = await openReader({ kind: 'file', path: ledger }, { streamPrefix: '' })
const rows = openReadModel(path, [scorecard, league], BUILDING)

function timed(reader: Reader, at: bigint | null): { milliseconds: number; size: number } {
  const begun = performance.now()
  const table = leagueTable(reader, { period: '1402' }, at)
  return { milliseconds: performance.now() - begun, size: 'items' in table ? table.items.length : 0 }
}

try {
  const { events } = await rebuildRows({ store, rows, projections: [scorecard, league] })
  const reader = readerOf(rows)
  const [now, past]: [number[], number[]] = [[], []]
  let size = 0
  for (let round = 0; round < rounds + 3; round++) {
    const back = Math.floor((events / years) * 0.8 * ((round % 10) / 10))
    const [a, b] = [timed(reader, null), timed(reader, BigInt(events - back))]
    size = a.size
    // The first rounds warm both up.
    if (round < 3) continue
    now.push(a.milliseconds)
    past.push(b.milliseconds)
  }
  tell({
    figure: 'league as of the past',
    value: Number((median(past) / median(now)).toFixed(2)),
    unit: 'x',
    baseline: 'the league of now',
    measured: 'the league as of past positions',
    events,
    units: size,
    rounds,
    nowMilliseconds: Number(median(now).toFixed(2)),
    pastMilliseconds: Number(median(past).toFixed(2))
  })
} finally {
  rows.close()
  await store.close()
  removeScratch(path)
}
