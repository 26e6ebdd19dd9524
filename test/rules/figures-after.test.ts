import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { caseTables, follow } from '../../projections/cases.ts'
import { createMemoryRows } from '../../projections/memory.ts'
import type { Moved } from '../../projections/projection.ts'
import type { Case } from '../../src/rules/case.ts'
import { figuresAfter } from '../../src/rules/figures-after.ts'
import { figuresOf, type NodeFigures, RANKINGS } from '../../src/rules/rollup.ts'
import { appliesAt, ceilingAt, partialAt, pointsAt, type Sums } from '../../src/rules/sums.ts'
import { randomHistory } from '../support/random-ledger.ts'

/** What sums say, by node: whether it applies, its ceiling, then points and whether they are partial at each level. */
type Said = Map<string, unknown[]>

const saidOf = (figures: Iterable<NodeFigures>): Said =>
  new Map(
    Array.from(figures, (of) => [
      of.code,
      [of.applicable, of.applicableCeiling, ...RANKINGS.flatMap((at) => [of[at].points, of[at].partial])]
    ])
  )

const saidBySums = (sums: Sums): Said =>
  new Map(
    sums.layout.nodes.map(({ code }, place) => [
      code,
      [
        appliesAt(sums, place),
        ceilingAt(sums, place),
        ...RANKINGS.flatMap((_, level) => [pointsAt(sums, place, level), partialAt(sums, place, level)])
      ]
    ])
  )

const saidOfCase = ({ tree, evaluation }: Case): Said => saidOf(figuresOf(tree, evaluation).values())

/** Nodes of either of which the other does not say the same. */
const others = (a: Said, b: Said): string[] =>
  [...new Set([...a.keys(), ...b.keys()])].filter((node) => {
    const [left, right] = [a.get(node), b.get(node)]
    return !left || !right || left.some((value, i) => !Object.is(value, right[i]))
  })

/** Every move of random histories, with what sums say before and after it. */
function eachMove(check: (move: Moved, were: Said, now: Said, type: string) => void): void {
  const cases = caseTables('test')
  fc.assert(
    fc.property(randomHistory(fc, 90), (history) => {
      const rows = createMemoryRows()
      for (const event of history) {
        if (event.stream.startsWith('unit-')) continue
        const { changes, moved } = follow(cases, event, rows.get)
        rows.write(changes)
        for (const move of [...moved].flat()) {
          const were = move.before ? saidOfCase(move.before) : new Map()
          check(move, were, saidOfCase(move.after), event.type)
        }
      }
    }),
    { numRuns: 40 }
  )
}

t.test('adding up what has changed gives the same as adding up everything', async (t) => {
  let partly = 0
  eachMove(({ before, after }, were, now, type) => {
    const { sums, changed } = figuresAfter(before, after)
    assert.deepStrictEqual([...saidBySums(sums)].sort(), [...now].sort(), type)
    assert.deepStrictEqual([...changed].sort(), others(were, now).sort(), `${type}: what is other`)
    assert.equal(new Set(changed).size, changed.length, 'nothing is told twice')
    if (changed.length > 0 && changed.length < now.size) partly += 1
  })
  t.ok(partly > 100, 'most events touch a part')
})

t.test('what is known of an evaluation is used only for the state that it is of', async (t) => {
  let asked = 0
  eachMove(({ before, after }, were, now) => {
    if (!before) return
    const first = figuresAfter(before, after).changed
    // Now the state after the event is at hand, and the one before it is not.
    const again = figuresAfter(before, after)
    assert.deepStrictEqual(again.changed, first, 'in the same order')
    assert.deepStrictEqual([...saidBySums(again.sums)].sort(), [...now].sort())
    const earlier = figuresAfter(null, before)
    assert.deepStrictEqual([...saidBySums(earlier.sums)].sort(), [...were].sort())
    asked += 1
  })
  t.ok(asked > 100)
})
