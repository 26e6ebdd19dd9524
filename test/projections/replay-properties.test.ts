import fc from 'fast-check'
import t from 'tap'
import { foldedRows } from '../support/folded.ts'
import { randomHistory } from '../support/random-ledger.ts'

t.test('the rows of every projection are the same, in whatever batches the events come', async (t) => {
  let events = 0
  let rows = 0
  fc.assert(
    fc.property(
      randomHistory(fc, 60),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
      (history, sizes) => {
        const [whole, pieces, one] = [
          foldedRows(history),
          foldedRows(history, sizes),
          foldedRows(history, [1])
        ]
        const expected = whole.dump()
        t.strictSame(pieces.dump(), expected)
        t.strictSame(one.dump(), expected)
        for (const each of [whole, pieces, one]) each.close()
        events += history.length
        rows += expected.length
      }
    ),
    { numRuns: 20 }
  )
  t.comment(`${events} events, ${rows} rows`)
})
