import t from 'tap'
import { changesBetween } from '../../projections/changes.ts'
import { fact } from '../support/given.ts'
import { eventNumber, eventsOf, figure, type Happening, node } from '../support/history.ts'
import { entered, exempt, inReview, live, overridden, returned } from '../support/province.ts'

function between(history: Happening[], from: number, to: number) {
  const changes = changesBetween(eventsOf(history), BigInt(from), BigInt(to))
  if (!changes) throw new Error('it is not open')
  return changes
}

/** Node, difference, and the numbers of the events behind it. */
const lines = (history: Happening[], from: number, to: number) =>
  between(history, from, to).items.map(({ node: code, difference, events }) => {
    const numbers = history.map((_happening, i) => i + 1).filter((n) => events.includes(eventNumber(n)))
    return `${code} ${difference} by ${numbers.join(' ')}`
  })

/** Events 1 to 10, and then two overrides (11, 12), a print (13) and a grant (14). */
const history: Happening[] = [
  ...inReview(),
  overridden('G.a.1', '30'),
  overridden('G.b', '35.5'),
  figure('G.b', 'self', { points: '40' }),
  exempt('NotApplicableGranted', 'G.a.2')
]

t.test('node by node, and by which events', async (t) => {
  t.strictSame(lines(history, 10, 11), ['total -10 by 11', 'G -10 by 11', 'G.a -10 by 11', 'G.a.1 -10 by 11'])
  t.strictSame(lines(history, 10, 14), [
    'total -34.5 by 11 12 14',
    'G -34.5 by 11 12 14',
    'G.a -30 by 11 14',
    'G.a.1 -10 by 11',
    'G.a.2 -20 by 14',
    'G.b -4.5 by 12'
  ])
  t.strictSame(lines(history, 12, 13), [], 'a print moves nothing')
  const { items, events, stage } = between(history, 13, 14)
  t.strictSame(stage, { before: 'review', after: 'review' })
  t.strictSame(events, [
    { event: eventNumber(14), type: 'NotApplicableGranted', position: '14', at: '2024-03-20T06:14:00.000Z' }
  ])
  t.strictSame(
    items.find(({ node: code }) => code === 'G.a'),
    {
      node: 'G.a',
      before: { applicable: true, applicableCeiling: '60', self: '60', standing: '50', partial: false },
      after: { applicable: true, applicableCeiling: '40', self: '40', standing: '30', partial: false },
      difference: '-20',
      events: [eventNumber(14)]
    }
  )
  t.match(items.find(({ node: code }) => code === 'G.a.2')?.after, {
    applicable: false,
    self: null,
    standing: null
  })
})

t.test('what went there and back is no change', async (t) => {
  const undone = [...inReview(), overridden('G.b', '1'), returned('G.b')]
  t.strictSame(lines(undone, 10, 12), [])
  t.strictSame(lines(undone, 11, 12), ['total 39 by 12', 'G 39 by 12', 'G.b 39 by 12'])
  const twice = [...undone, overridden('G.b', '2')]
  t.match(lines(twice, 10, 13).at(-1), 'G.b -38 by 11 12 13', 'all that led there')
})

t.test('before it was open there was nothing', async (t) => {
  t.equal(changesBetween(eventsOf(live()), 0n, 5n), null)
  const opening = between([...live(), entered('G.b', '40')], 0, 7)
  t.strictSame(opening.stage, { before: null, after: 'self-assessment' })
  t.match(opening.items[0], {
    node: 'total',
    before: null,
    after: { standing: '40', partial: true },
    difference: '40'
  })
  t.strictSame(
    opening.items.map(({ events }) => events.length),
    [2, 2, 1, 1, 1, 2],
    'every node came with the opening'
  )
})

t.test('an amended tree', async (t) => {
  const put = [node('G.b', 'G', '30'), node('G.c', 'G', '10')]
  const amended: Happening = {
    ...fact('FrameworkAmended', { put, remove: [], reason: 'so' }),
    on: 'framework-1402-x'
  }
  const history = [...live(), entered('G.b', '30'), amended]
  t.strictSame(lines(history, 7, 8), ['G.b 0 by 8', 'G.c 0 by 8'])
  const { items } = between(history, 7, 8)
  t.match(items[0], { before: { applicableCeiling: '40' }, after: { applicableCeiling: '30' } })
  t.match(items[1], { before: null, after: { applicableCeiling: '10', standing: null } })
})
