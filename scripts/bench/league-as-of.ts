import { join } from 'node:path'
import { league } from '../../projections/league.ts'
import { leagueTable } from '../../projections/league-table.ts'
import type { Reader } from '../../projections/projection.ts'
import { rebuildRows } from '../../projections/rebuild.ts'
import { readerOf } from '../../projections/rows.ts'
import { scorecard } from '../../projections/scorecard.ts'
import { openReader } from '../../src/store/open.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { BUILDING } from '../../src/store/read-model-options.ts'
import { benchLedger, MIX } from './ledger.ts'
import { compare, inFolder, printFigure } from './measure.ts'

/*
 * A league of a past position against the league of now, over the same rows of a million events; the past at many
 * positions of the last year.
 */

const ledger = await benchLedger(MIX)

/** Asks for the newest league at a position; how many units are in it. */
function unitsIn(reader: Reader, at: bigint | null): number {
  const table = leagueTable(reader, { period: '1402' }, at)
  if (!('items' in table) || table.items.length === 0) throw new Error(`there is no league at ${at}`)
  return table.items.length
}

await inFolder(async (folder) => {
  const store = await openReader({ kind: 'file', path: ledger }, { streamPrefix: '' })
  const rows = openReadModel(join(folder, 'rows.db'), [scorecard, league], BUILDING)
  try {
    const { events } = await rebuildRows({ store, rows, projections: [scorecard, league] })
    const reader = readerOf(rows)
    let round = 0
    const figure = await compare({
      figure: 'league-as-of',
      of: 'times',
      floor: 3,
      aim: 3,
      rounds: 30,
      // One league is one thing done.
      baseline: { what: 'the league of now', run: () => Math.sign(unitsIn(reader, null)) },
      measured: {
        what: 'the league as of past positions',
        run: () => {
          const back = Math.floor((events / MIX.years) * 0.8 * ((round++ % 10) / 10))
          return Math.sign(unitsIn(reader, BigInt(events - back)))
        }
      }
    })
    printFigure({ ...figure, measured: { ...figure.measured, events, units: unitsIn(reader, null) } })
  } finally {
    rows.close()
    await store.close()
  }
})
