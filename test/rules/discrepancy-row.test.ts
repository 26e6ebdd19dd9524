import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { formatPoints, POINTS_MAX } from '../../src/points.ts'
import { foundRow, pointsRow } from '../../src/rules/discrepancy-row.ts'
import { inPoints } from '../../src/rules/discrepancy-scope.ts'

t.test('a row of points is the one that exact fractions give', async () => {
  // Whole points and small differences are what there mostly is, and where digits are lost most easily.
  const points = fc.oneof(
    fc.nat(POINTS_MAX),
    fc.nat(300).map((whole) => whole * 10_000),
    fc.nat(20)
  )
  const rows = fc.property(fc.option(points), points, points, (expected, value, ceiling) => {
    const events = { for: ['a', 'b', 'a'], against: expected === null ? [] : ['c'] }
    const named = { kind: 'override-without-evidence', node: 'n', level: 'expert' } as const
    assert.deepStrictEqual(
      pointsRow({ ...named, expected, value, ceiling, ...events }),
      foundRow({
        ...named,
        class: 'material',
        measure: 'points',
        expected: expected === null ? null : inPoints(expected),
        value: inPoints(value),
        found: formatPoints(value),
        ceiling: inPoints(ceiling),
        ...events
      })
    )
  })
  fc.assert(rows, { numRuns: 1_000 })
})
