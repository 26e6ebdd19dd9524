import t from 'tap'
import { caseNow } from '../../projections/cases.ts'
import { caseAfter, caseEvents } from '../../projections/history.ts'
import { fold } from '../../projections/memory.ts'
import { scorecard, scorecardCases } from '../../projections/scorecard.ts'
import { type NodeView, type Scorecard, scorecardView } from '../../projections/scorecard-view.ts'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { fact } from '../support/given.ts'
import {
  eventNumber,
  eventsOf,
  figure,
  type Happening,
  node,
  opened,
  published,
  recorded
} from '../support/history.ts'
import {
  confirmed,
  EVALUATION,
  entered,
  exempt,
  inReview,
  live,
  nodes,
  overridden,
  returned,
  submitted
} from '../support/province.ts'
import { listStore } from '../support/server.ts'

/** The scorecard as the projection's rows give it. */
function cardOf(history: Happening[], evaluation = EVALUATION): Scorecard {
  const rows = fold(scorecard, eventsOf(history))
  const subject = caseNow(scorecardCases, rows, evaluation)
  if (!subject) throw new Error(`no ${evaluation}`)
  return scorecardView(subject)
}

function nodeOf({ nodes, total }: Scorecard, code: string): NodeView {
  const found = [...nodes, ...(total ? [total] : [])].find((each) => each.code === code)
  if (!found) throw new Error(`no ${code}`)
  return found
}

/** Points at self, expert, final and standing, the applicable ceiling, and `~` where it is partial. */
const lines = (card: Scorecard) =>
  [card.total, ...card.nodes].flatMap((each) => {
    if (!each) return []
    const points = [each.self, each.expert, each.final, each.standing].map((level) => level?.points ?? '-')
    return `${each.code}: ${points.join(' ')} of ${each.applicableCeiling}${each.partial ? ' ~' : ''}`
  })

t.test('the tree of a live evaluation at every level', async (t) => {
  const card = cardOf([
    ...inReview(),
    overridden('G.a.1', '30'),
    confirmed('G.a.2', '20', eventNumber(8)),
    exempt('NotApplicableGranted', 'G.b')
  ])
  t.strictSame(lines(card), [
    'total: 60 50 - 50 of 60',
    'G: 60 50 - 50 of 60',
    'G.a: 60 50 - 50 of 60',
    'G.a.1: 40 30 - 30 of 40',
    'G.a.2: 20 20 - 20 of 20',
    'G.b: - - - - of 0'
  ])
  t.match(card, {
    stage: 'review',
    status: 'provisional',
    origin: 'live',
    revision: '7',
    frameworkRevision: '0'
  })
  t.match(nodeOf(card, 'G.a.1'), {
    parent: 'G.a',
    self: { points: '40', percent: '100.00', own: true, event: eventNumber(7), by: 'a-3' },
    standing: {
      points: '30',
      percent: '75.00',
      event: eventNumber(11),
      by: 'e-17',
      at: '2024-03-20T06:11:00.000Z'
    },
    gap: { points: '10', percent: '25.00' },
    leaf: true
  })
  t.match(nodeOf(card, 'G.a'), {
    standing: { percent: '83.33', own: false, event: null, by: null },
    leaf: false
  })
  t.match(nodeOf(card, 'G.b'), {
    applicable: false,
    gap: null,
    exemption: { reasonCode: 'no-subject', by: 'e-17' }
  })
  t.match([nodeOf(card, 'G').parent, card.total?.parent], [null, null])
})

t.test('spread and scaled ceilings', async (t) => {
  const tree: FrameworkNode[] = [
    node('S', null, '60', { notApplicable: 'spread' }),
    node('S.a', 'S', '25'),
    node('S.b', 'S', '35'),
    node('P', null, '50', { scaled: true }),
    node('P.a', 'P', '30'),
    node('P.b', 'P', '70')
  ]
  const history: Happening[] = [
    ...live(tree),
    ...['S.a', 'P.a'].map((code) => entered(code, '10')),
    ...['S.b', 'P.b'].map((code) => exempt('NotApplicableGranted', code))
  ]
  t.strictSame(lines(cardOf(history)), [
    'total: 29 - - 29 of 75',
    // 10 × 60 / 25
    'S: 24 - - 24 of 60',
    'S.a: 10 - - 10 of 25',
    'S.b: - - - - of 0',
    // 10 × 50 / 100, of 30 × 50 / 100
    'P: 5 - - 5 of 15',
    'P.a: 10 - - 10 of 30',
    'P.b: - - - - of 0'
  ])
})

t.test('own points beside the sum of the parts, and what is printed', async (t) => {
  const history: Happening[] = [
    published('1402-x', nodes),
    opened('1402-x', 'qazvin'),
    recorded('G.a', 'self', '55'),
    recorded('G.a.1', 'self', '30'),
    recorded('G.a.1', 'final', '22.5'),
    figure('G.a', 'final', { points: '52.20', ceiling: '60' }),
    figure('G.z', 'final', { points: '1' }),
    {
      type: 'FigurePublished',
      data: { about: { label: 'table 29' }, printed: '88', source: { document: 'd', place: 'p' } }
    }
  ]
  const card = cardOf(history)
  t.strictSame(lines(card), [
    'total: 55 - 22.5 55 of 100 ~',
    'G: 55 - 22.5 55 of 100 ~',
    'G.a: 55 - 22.5 55 of 60',
    'G.a.1: 30 - 22.5 22.5 of 40',
    'G.a.2: - - - - of 20',
    'G.b: - - - - of 40'
  ])
  const rollUp = { points: '22.5', percent: '37.50', partial: true, atMost: '42.5' }
  t.match(nodeOf(card, 'G.a'), {
    partial: false,
    rollUp,
    published: [{ points: '52.20', printed: '60 | 52.20' }]
  })
  t.match(card.unplaced, [{ about: { node: 'G.z' } }, { about: { label: 'table 29' }, points: null }])
  t.match(card, { origin: 'imported', stage: 'imported', frameworkRevision: '0', submittedAt: null })
})

const ratio = nodes.map(
  (each): FrameworkNode => (each.code === 'G.b' ? { ...each, rule: { kind: 'ratio', target: '50' } } : each)
)

t.test('the measurement behind what stands', async (t) => {
  const measurement = { numerator: '3', denominator: '10', target: '50' }
  const claim: Happening[] = [...live(ratio), entered('G.b', '24', { measurement })]
  const measured = (history: Happening[]) => nodeOf(cardOf([...claim, ...history]), 'G.b').measurement
  t.strictSame(measured([]), measurement)
  const confirmation = confirmed('G.b', '24', eventNumber(7))
  t.strictSame(measured([submitted(), confirmation]), measurement, 'a confirmation confirms it')
  const end = fact('EvaluationFinalised', {
    nodes: [{ node: 'G.b', points: '24', applicable: true, event: eventNumber(9) }],
    total: { points: '24', applicableCeiling: '100' },
    basis: 'waived',
    decidedAt: '3'
  })
  t.strictSame(measured([submitted(), confirmation, end]), measurement, 'an end keeps it')
  const other = { numerator: '2', denominator: '10', target: '50' }
  t.strictSame(measured([submitted(), overridden('G.b', '16', { measurement: other })]), other)
  t.equal(measured([submitted(), overridden('G.b', '10')]), null, 'points that nobody measured')
})

t.test('an evaluation is judged by the newest tree until it is submitted', async (t) => {
  const amended: Happening = {
    ...fact('FrameworkAmended', {
      put: [node('G.b', 'G', '30'), node('G.c', 'G', '10')],
      remove: [],
      reason: 'so'
    }),
    on: 'framework-1402-x'
  }
  const codes = (card: Scorecard) => card.nodes.map(({ code }) => code).join(' ')
  t.equal(codes(cardOf([...live(), amended])), 'G G.a G.a.1 G.a.2 G.b G.c')
  const late = cardOf([...inReview(), amended, returned('G.b'), submitted()])
  t.equal(codes(late), 'G G.a G.a.1 G.a.2 G.b')
  t.match(late, { frameworkRevision: '0', returned: [] })
})

t.test('as of a position: the evaluation and its framework, folded up to there', async (t) => {
  const events = eventsOf([...inReview(), overridden('G.a.1', '30')])
  const at = async (position: bigint) => {
    const found = caseAfter(await caseEvents(listStore(events), EVALUATION, position))
    return found && lines(scorecardView(found))[0]
  }
  t.equal(await at(5n), null)
  t.equal(await at(6n), 'total: - - - - of 100 ~')
  t.equal(await at(8n), 'total: 60 - - 60 of 100 ~')
  t.equal(await at(10n), 'total: 100 - - 100 of 100')
  t.equal(await at(11n), 'total: 100 30 - 90 of 100')
  t.strictSame(await caseEvents(listStore(events), '1402-x.yazd', null), [])
})
