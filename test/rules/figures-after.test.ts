import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { caseTables, follow } from '../../projections/cases.ts'
import { createMemoryRows } from '../../projections/memory.ts'
import { figuresAfter } from '../../src/rules/figures-after.ts'
import { figuresOf } from '../../src/rules/rollup.ts'
import { randomHistory } from '../support/random-ledger.ts'

t.test('adding up what has changed gives the same as adding up everything', async (t) => {
  const cases = caseTables('test')
  let partly = 0
  fc.assert(
    fc.property(randomHistory(fc, 90), (history) => {
      const rows = createMemoryRows()
      for (const event of history) {
        if (event.stream.startsWith('unit-')) continue
        const { changes, moved } = follow(cases, event, rows.get)
        rows.write(changes)
        for (const { before, after } of moved) {
          const were = before && figuresOf(before.tree, before.evaluation)
          const { all, touched } = figuresAfter(before, after)
          const whole = figuresOf(after.tree, after.evaluation)
          assert.deepStrictEqual(new Map([...all].sort()), new Map([...whole].sort()), event.type)
          if (!touched) continue
          if (touched.length > 0) partly += 1
          for (const [node, figures] of whole)
            if (!touched.includes(node))
              assert.deepStrictEqual(figures, were?.get(node), `${node} is untouched`)
        }
      }
    }),
    { numRuns: 40 }
  )
  t.ok(partly > 100, 'most events touch a part')
})
