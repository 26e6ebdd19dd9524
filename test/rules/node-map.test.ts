import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { changedSince, emptyNodeMap, nodesOf, valueAt, withValue } from '../../src/rules/node-map.ts'

const node = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9.-]{1,32}$/),
  fc.constantFrom('a', 'b', 'aa', 'ba', 'constructor', 'G.1', 'G.2')
)
const steps = fc.array(fc.tuple(node, fc.integer({ min: 0, max: 3 })), { maxLength: 60 })

t.test('it answers as a Map would, and what came before stays as it was', async () => {
  fc.assert(
    fc.property(steps, (given) => {
      const known = new Map<string, { n: number }>()
      let map = emptyNodeMap<{ n: number }>()
      for (const [name, n] of given) {
        const [before, were] = [map, [...known]]
        const value = { n }
        map = withValue(map, name, value)
        known.set(name, value)
        assert.deepStrictEqual(changedSince(before, map), [name])
        assert.deepStrictEqual(changedSince(map, map), [])
        assert.deepStrictEqual(nodesOf(before).sort(), were.map(([each]) => each).sort())
        for (const [each, old] of were) assert.equal(valueAt(before, each), old)
        assert.equal(valueAt(before, name), were.find(([each]) => each === name)?.[1])
      }
      assert.deepStrictEqual(changedSince(null, map).sort(), [...known.keys()].sort())
      for (const [each, value] of known) assert.equal(valueAt(map, each), value)
      assert.equal(valueAt(map, 'nobody'), undefined)
    })
  )
})
