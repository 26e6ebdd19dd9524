import t from 'tap'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { formatPoints, type Points } from '../../src/points.ts'
import { caseOf } from '../../src/rules/case.ts'
import { figuresOf, gapOf, type NodeFigures } from '../../src/rules/rollup.ts'
import { TOTAL } from '../../src/rules/tree.ts'
import { fold } from '../support/fold.ts'
import { fact } from '../support/given.ts'
import { eventsOf, type Happening, node, recorded } from '../support/history.ts'
import {
  confirmed,
  EVALUATION,
  entered,
  exempt,
  FRAMEWORK,
  imported,
  live,
  nodes,
  submitted
} from '../support/province.ts'

/** The figures of an evaluation after these facts. */
function figures(facts: Happening[]): (code: string) => NodeFigures {
  const known = fold(eventsOf(facts))
  const [framework, evaluation] = [known.frameworks[FRAMEWORK], known.evaluations[EVALUATION]]
  if (!framework || !evaluation) throw new Error('no evaluation')
  const all = figuresOf(caseOf(framework, evaluation).tree, evaluation)
  return (code) => {
    const figure = all.get(code)
    if (!figure) throw new Error(`no node ${code}`)
    return figure
  }
}

const shown = (points: Points | null): string | null => (points === null ? null : formatPoints(points))
const final = (code: string, points: string) => recorded(code, 'final', points)
const without = (code: string) => exempt('NotApplicableGranted', code)

/** Two leaves of 30 and 60 under a parent of 45. */
const scaled = (more: Partial<FrameworkNode> = {}): FrameworkNode[] => [
  node('P', null, '45', { scaled: true, ...more }),
  node('x', 'P', '30'),
  node('y', 'P', '60')
]

t.test('a parent is the sum of its children, level by level', async (t) => {
  const at = figures([
    ...imported(),
    recorded('G.a.1', 'self', '40'),
    recorded('G.a.2', 'self', '19.5'),
    recorded('G.b', 'self', '40'),
    final('G.a.1', '10'),
    final('G.a.2', '0.0001'),
    final('G.b', '40')
  ])
  t.equal(shown(at('G.a').self.points), '59.5')
  t.equal(shown(at('G').self.points), '99.5')
  t.equal(shown(at(TOTAL).final.points), '50.0001')
  t.equal(shown(at('G.a').standing.points), '10.0001')
  t.equal(shown(gapOf(at(TOTAL))), '49.4999')
  t.equal(at('G').expert.points, null, 'nothing was recorded there')
  t.equal(at(TOTAL).final.partial, false)
})

t.test('own points stand over the sum, which stays beside them', async (t) => {
  const at = figures([...imported(), final('G.a', '55'), final('G.a.1', '10'), final('G.a.2', '20')])
  t.match(at('G.a').final, { points: 550_000, partial: false, rollUp: { points: 300_000, partial: false } })
  t.equal(shown(at('G').final.points), '55', 'and go into the sum above')
})

t.test('where points are missing a sum is an interval', async (t) => {
  const at = figures([...imported(), final('G.a.1', '10')])
  t.match(at('G.a').final, { points: 100_000, missing: 200_000, partial: true })
  t.match(at(TOTAL).final, { points: 100_000, missing: 600_000, partial: true })
  t.equal(figures(imported())(TOTAL).standing.points, null, 'no points are not zero points')
})

t.test('a scaled node brings the sum to its ceiling and rounds there', async (t) => {
  const at = figures([...imported(scaled()), final('x', '10'), final('y', '10')])
  t.equal(shown(at('P').final.points), '10', '20 × 45 / 90')
  const thirds = scaled({ ceiling: '10' })
  t.equal(shown(figures([...imported(thirds), final('x', '1'), final('y', '0')])('P').final.points), '0.1111')
  const partly = figures([...imported(scaled()), final('x', '10')])
  t.match(partly('P').final, { points: 50_000, missing: 300_000, partial: true })
})

t.test('with remove a node that does not apply leaves the denominator', async (t) => {
  const at = figures([...imported(), final('G.a.1', '10'), final('G.b', '40'), without('G.a.2')])
  t.match(at('G.a.2'), { applicable: false, applicableCeiling: 0, standing: { points: null } })
  t.equal(shown(at('G.a').applicableCeiling), '40')
  t.equal(shown(at(TOTAL).applicableCeiling), '80')
  t.equal(at(TOTAL).final.partial, false, 'nothing is missing')
})

t.test('a scaled ceiling is what is left, scaled and rounded', async (t) => {
  const at = figures([...imported(scaled({ ceiling: '10' })), final('y', '30'), without('x')])
  t.equal(shown(at('P').applicableCeiling), '6.6667')
  t.equal(shown(at('P').final.points), '3.3333')
  t.equal(shown(at(TOTAL).applicableCeiling), '6.6667', 'above the rounded figure is added')
})

t.test('with spread the parent keeps its ceiling and the rest counts for more', async (t) => {
  const spread = nodes.map((each) =>
    each.code === 'G.a' ? { ...each, notApplicable: 'spread' as const } : each
  )
  const at = figures([...imported(spread), final('G.a.1', '10'), final('G.b', '40'), without('G.a.2')])
  t.equal(shown(at('G.a').applicableCeiling), '60')
  t.equal(shown(at('G.a').final.points), '15', '10 × 60 / 40')
  t.equal(shown(at('G.a.1').final.points), '10', 'the child’s own figure stays')
  t.equal(shown(at(TOTAL).applicableCeiling), '100')
})

t.test('what is removed below passes upward until somebody spreads it', async (t) => {
  const at = figures([
    ...imported(nodes, { notApplicable: 'remove' }).map((fact) => fact),
    final('G.a.1', '20'),
    final('G.b', '40'),
    without('G.a.2')
  ])
  t.equal(shown(at('G').applicableCeiling), '80')
  const root = nodes.map((each) =>
    each.code === 'G'
      ? { ...each, notApplicable: 'spread' as const }
      : { ...each, notApplicable: 'remove' as const }
  )
  const above = figures([...imported(root), final('G.a.1', '20'), final('G.b', '40'), without('G.a.2')])
  t.equal(shown(above('G.a').applicableCeiling), '40')
  t.equal(shown(above('G').applicableCeiling), '100')
  t.equal(shown(above('G').final.points), '75', '60 × 100 / 80')
})

t.test('the whole framework may spread what its roots leave', async (t) => {
  const roots = [node('G', null, '60'), node('S', null, '40')]
  const at = figures([...imported(roots, { notApplicable: 'spread' }), final('G', '30'), without('S')])
  t.match(at(TOTAL), { applicableCeiling: 1_000_000, final: { points: 500_000 } })
})

t.test('a node does not apply when its ancestor does not, or none of its children do', async (t) => {
  const above = figures([...imported(), final('G.a.1', '10'), final('G.b', '40'), without('G.a')])
  t.equal(above('G.a.1').applicable, false)
  t.equal(above('G.a.1').final.points, null, 'it counts at no level')
  t.equal(gapOf(above('G.a.1')), null)
  t.equal(shown(above(TOTAL).applicableCeiling), '40')
  const below = figures([...imported(), final('G.b', '40'), without('G.a.1'), without('G.a.2')])
  t.equal(below('G.a').applicable, false)
  t.equal(figures([...imported(), without('G')])(TOTAL).applicable, false)
})

t.test('the figures below one node are those of the whole tree', async (t) => {
  const facts = [...imported(), final('G.a.1', '10'), final('G.a.2', '5'), without('G.a')]
  const known = fold(eventsOf(facts))
  const [framework, evaluation] = [known.frameworks[FRAMEWORK], known.evaluations[EVALUATION]]
  if (!framework || !evaluation) throw new Error('no evaluation')
  const { tree } = caseOf(framework, evaluation)
  const [part, whole] = [figuresOf(tree, evaluation, 'G.a.1'), figuresOf(tree, evaluation)]
  t.strictSame(part.get('G.a.1'), whole.get('G.a.1'))
  t.equal(part.get('G.a.1')?.applicable, false, 'a grant above is seen')
})

t.test('live: only leaves are scored, also when a scored leaf was given children', async (t) => {
  const at = figures([
    ...live(),
    entered('G.b', '40'),
    fact('FrameworkAmended', { put: [node('G.b.1', 'G.b', '40')], remove: [], reason: 'finer' }),
    { ...entered('G.b.1', '10'), on: `evaluation-${EVALUATION}` }
  ])
  t.match(at('G.b').self, { points: 100_000, own: null })
})

t.test('live: a confirmation gives the expert level, the final level waits', async (t) => {
  const at = figures([
    ...live(),
    entered('G.b', '35'),
    submitted(),
    confirmed('G.b', '35', crypto.randomUUID())
  ])
  t.match(at('G.b'), { self: { points: 350_000 }, expert: { points: 350_000 }, final: { points: null } })
  t.match(at('G').standing, { points: 350_000, missing: 600_000, partial: true })
})
