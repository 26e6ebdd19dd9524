import { formatPoints } from '../../src/points.ts'
import { figuresOf } from '../../src/rules/rollup.ts'
import { TOTAL } from '../../src/rules/tree.ts'
import type { Play } from './agenda.ts'
import { registrar } from './people.ts'
import { askHere, DAY, leaves, MINUTE, type Place, pointsOf, stateOf, treeOf } from './place.ts'

/** An evaluation that is only known from a printed report: what is printed is recorded, some of it does not add up. */
export function* fromReport(place: Place): Play {
  const { random } = place
  const by = registrar(random)
  const source = { document: 'گزارش سالانه ارزیابی', place: `جدول ${random.between(1, 40)}`, digits: 2 }
  for (const node of leaves(place)) {
    const self = { node: node.code, level: 'self', points: pointsOf(random, node, 10, 20), source }
    askHere(place, 'record-score', self, by)
    yield random.between(1, 4) * MINUTE
    const final = { node: node.code, level: 'final', points: pointsOf(random, node, 6, 18), source }
    askHere(place, 'record-score', final, by)
    yield random.between(1, 4) * MINUTE
  }
  const figures = figuresOf(treeOf(place), stateOf(place))
  for (const node of [TOTAL, ...treeOf(place).order.slice(1, 6)]) {
    const { points } = figures.get(node)?.final ?? { points: null }
    if (points === null) continue
    const printed = formatPoints(points + (random.percent(15) ? random.between(1, 9) * 1_000 : 0))
    askHere(
      place,
      'publish-figure',
      { about: { node }, level: 'final', points: printed, printed, source },
      by
    )
    yield random.between(1, 4) * MINUTE
  }
  yield random.between(1, 20) * DAY
  askHere(place, 'finalise-evaluation', {}, by)
}
