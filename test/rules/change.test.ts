import t from 'tap'
import { formatMinimal, parseDecimal } from '../../src/points.ts'
import type { Ancestry } from '../../src/rules/change-match.ts'
import { growthPercent, showChange } from '../../src/rules/change-shown.ts'
import { TOTAL } from '../../src/rules/tree.ts'
import { node } from '../support/history.ts'
import { between, same, type Year } from '../support/years.ts'

/** The change of a node as shown: `[percent, performance, applicability, framework]`, null without a basis. */
function shown(earlier: Year, later: Year, code: string, other?: Record<string, Ancestry | null>) {
  const change = between(earlier, later, code, other)
  if (!change) return null
  const { percent, performance, applicability, framework, notSeparable } = showChange(change)
  return notSeparable ? [percent, 'not separable'] : [percent, performance, applicability, framework]
}

const merit = {
  nodes: [node('G', null, '100'), node('G.a', 'G', '30'), node('G.b', 'G', '40'), node('G.c', 'G', '30')],
  scores: { 'G.a': '30', 'G.b': '40', 'G.c': null }
}
const meritLater = {
  nodes: [
    node('G', null, '140'),
    node('G.a', 'G', '30'),
    node('G.b', 'G', '50'),
    node('G.c', 'G', '30'),
    node('G.d', 'G', '30')
  ],
  scores: { 'G.a': '30', 'G.b': '41.5', 'G.c': '30', 'G.d': '0' }
}

t.test('the change of a node is split along its lowest matched nodes', async (t) => {
  // Earlier 70/70. With b at 83 %: 63.2/70. With c applying at 100 %: 93.2/100. The later year: 101.5/140.
  t.strictSame(shown(merit, meritLater, 'G'), ['-27.50', '-9.71', '2.91', '-20.70'])
  t.strictSame(shown(merit, meritLater, TOTAL), ['-27.50', '-9.71', '2.91', '-20.70'])
  t.strictSame(shown(merit, meritLater, 'G.b'), ['-17.00', '-17.00', '0.00', '0.00'])
  t.equal(shown(merit, meritLater, 'G.c'), null, 'it did not apply before')
  // Backwards: d, which nothing continues, keeps its 0 of 30 until the framework changes.
  // 101.5/140; b at 100 %: 110/140; without c: 80/110; the other year 70/70.
  t.strictSame(shown(meritLater, merit, 'G'), ['27.50', '6.07', '-5.84', '27.27'])
})

t.test('exact where a percent of another ceiling is no multiple of 1/10000 point', async (t) => {
  const third = { nodes: [node('A', null, '1'), node('B', null, '2')], scores: { A: '0.5', B: '1' } }
  const later = { nodes: [node('A', null, '3'), node('B', null, '1')], scores: { A: '1', B: '0' } }
  const parts = between(third, later, TOTAL)?.parts
  t.match(parts && Object.values(parts).map((part) => formatMinimal(part, 20)), [
    '-38.88888888888888888889', // (1/3)/3 − 1/2
    '0',
    '13.88888888888888888889' // 1/4 − 1/9
  ])
})

t.test('descent goes through own points that equal their parts, and stops above others', async (t) => {
  const nodes = [node('G', null, '60'), node('G.a', 'G', '20'), node('G.b', 'G', '40')]
  const others = [node('G', null, '60'), node('G.a', 'G', '30'), node('G.b', 'G', '30')]
  const before = { nodes, scores: { G: '40', 'G.a': '20', 'G.b': '20' } }
  // 40/60 before. With a at 20/30 and b at 15/30: 33.33/60. The later year: 35/60.
  const later = { nodes: others, scores: { G: '35', 'G.a': '20', 'G.b': '15' } }
  t.strictSame(shown(before, later, 'G'), ['-8.33', '-11.11', '0.00', '2.78'])
  const opaque = { nodes: others, scores: { G: '31', 'G.a': '15', 'G.b': '15' } }
  t.strictSame(shown(before, opaque, 'G'), ['-15.00', 'not separable'], 'ceilings below changed')
  t.strictSame(shown(before, opaque, TOTAL), ['-15.00', 'not separable'])
  t.strictSame(shown(before, opaque, 'G.a'), ['-50.00', '-50.00', '0.00', '0.00'])
  const unchanged = { nodes, scores: { G: '31', 'G.a': '15', 'G.b': '15' } }
  t.strictSame(shown(before, unchanged, TOTAL), ['-15.00', '-15.00', '0.00', '0.00'], 'nothing below changed')
  const incomplete = { nodes: others, scores: { G: '15', 'G.a': '15' } }
  t.strictSame(shown(before, incomplete, 'G'), ['-41.67', 'not separable'], 'its parts are not all known')
  const unknown = { nodes, scores: { G: '20', 'G.a': '20' } }
  t.strictSame(shown(unknown, later, 'G'), ['25.00', 'not separable'], 'they were not all known')
})

t.test('what has moved out of a branch that was taken out later still applies', async (t) => {
  const before = {
    nodes: [
      node('A', null, '70'),
      node('X', 'A', '20'),
      node('Y', 'A', '40'),
      node('W', 'A', '10'),
      node('B', null, '40'),
      node('Z', 'B', '40')
    ],
    scores: { X: '10', Y: '20', W: '10', Z: '20' }
  }
  const later = {
    nodes: [
      node('A', null, '40'),
      node('Y', 'A', '40'),
      node('B', null, '60'),
      node('X', 'B', '20'),
      node('Z', 'B', '40')
    ],
    scores: { A: null, X: '15', Z: '20' }
  }
  t.strictSame(shown(before, later, 'X'), ['25.00', '25.00', '0.00', '0.00'])
  // 60/110 before. With X at 15: 65/110. Without Y, and without W that nothing continues: 35/60, as in the later year.
  t.strictSame(shown(before, later, TOTAL), ['3.79', '4.55', '-0.76', '0.00'])
  const leaf = { nodes: later.nodes.filter(({ code }) => code !== 'Y'), scores: later.scores }
  t.strictSame(shown(before, leaf, 'X'), ['25.00', '25.00', '0.00', '0.00'], 'a branch that became a leaf')
})

t.test('what is neither the same nor cleanly new or gone cannot be told apart', async (t) => {
  const one = { nodes: [node('A', null, '50'), node('B', null, '50')], scores: { A: '40', B: '50' } }
  const two = {
    nodes: [node('A1', null, '25'), node('A2', null, '25'), node('B', null, '50')],
    scores: { A1: '20', A2: '10', B: '50' }
  }
  const split: Ancestry = { relation: 'split', nodes: ['A'], comparable: false }
  t.strictSame(shown(one, two, TOTAL, { A1: split, A2: split }), ['-10.00', 'not separable'])
  t.strictSame(shown(one, two, TOTAL), ['-10.00', '0.00', '0.00', '-10.00'], 'A went, two others came')
  t.strictSame(shown(one, two, TOTAL, { A1: same('A'), A2: same('A') }), ['-10.00', 'not separable'])
  t.equal(shown(one, two, 'A', { A1: split, A2: split }), null)

  const leaf = { nodes: [node('S', null, '100')], scores: { S: '90' } }
  const tree = { nodes: [node('S', null, '100'), node('S.1', 'S', '100')], scores: { 'S.1': '91' } }
  t.strictSame(shown(leaf, tree, 'S'), ['1.00', 'not separable'], 'a leaf became a tree')
  t.equal(shown(leaf, tree, 'S', { S: null }), null, 'no lineage, no basis')
  t.strictSame(shown(leaf, tree, TOTAL, { S: null }), ['1.00', 'not separable'], 'nothing below continues')
  t.equal(shown(leaf, { ...tree, scores: {} }, TOTAL), null, 'nothing is known of the later year')
  const half = { nodes: [node('S', null, '9'), node('T', null, '1')], scores: { S: '9' } }
  t.equal(shown(leaf, half, TOTAL), null, 'partial')
})

t.test('growth is relative to the percent before', async (t) => {
  t.equal(growthPercent(parseDecimal('80'), parseDecimal('60')), '-25.00')
  t.equal(growthPercent(parseDecimal('0'), parseDecimal('60')), null)
})
