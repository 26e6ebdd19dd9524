import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { projections } from '../../projections/all.ts'
import { foldedRows, groupedRows } from '../support/folded.ts'
import { randomHistory } from '../support/random-ledger.ts'

const batches = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })

t.test(
  'the rows of every projection are the same, in whatever batches the events come, and evaluation by evaluation',
  async (t) => {
    const filled = new Set<string>()
    fc.assert(
      fc.property(randomHistory(fc, 90), batches, (history, sizes) => {
        const [whole, pieces, singles] = [undefined, sizes, [1]].map((each) => foldedRows(history, each))
        assert.deepStrictEqual(pieces?.dump(), whole?.dump())
        assert.deepStrictEqual(singles?.dump(), whole?.dump())
        const grouped = [[history.length], sizes].map((each) => groupedRows(history, each))
        for (const each of grouped) assert.deepStrictEqual(each.dump(), whole?.dump())
        for (const row of whole?.dump() ?? []) filled.add(row.slice(0, row.indexOf(' ')))
        for (const each of [whole, pieces, singles, ...grouped]) each?.close()
      }),
      { numRuns: 40 }
    )
    // These histories have no lineage, and panels in only some of them.
    // Of the clock's rows each holds more instants than such a history has.
    const rare = /_(links|seats|watched|clock)$/
    const tables = projections.flatMap((each) => each.tables.map(({ name }) => name))
    t.strictSame(
      tables.filter((name) => !filled.has(name) && !rare.test(name)),
      [],
      'every table had rows'
    )
  }
)
