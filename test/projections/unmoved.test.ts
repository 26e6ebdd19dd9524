import t from 'tap'
import { caseAfter } from '../../projections/history.ts'
import { ledger } from '../../projections/ledger.ts'
import type { Reader } from '../../projections/projection.ts'
import { unmovedSince } from '../../projections/unmoved.ts'
import { claimed, eventsOf, type Happening, node, opened, published } from '../support/history.ts'
import { projected } from '../support/projected.ts'

const [FRAMEWORK, QAZVIN, QOM] = ['1403-x', '1403-x.qazvin', '1403-x.qom']
const on = (evaluation: string, happening: Happening): Happening => ({
  ...happening,
  on: `evaluation-${evaluation}`
})
const linked: Happening = {
  type: 'LineageLinked',
  data: { node: 'A', relation: 'new', predecessors: [], changes: [], comparable: false },
  on: `framework-${FRAMEWORK}`
}
const events = eventsOf([
  published(FRAMEWORK, [node('A', null, '60'), node('B', null, '40')]),
  opened(FRAMEWORK, 'qazvin', { origin: 'live' }),
  opened(FRAMEWORK, 'qom', { origin: 'live' }),
  on(QAZVIN, claimed('A', '50')),
  on(QOM, claimed('A', '10')),
  linked,
  on(QOM, claimed('A', '20'))
])

/** The case as its streams tell it. */
const played = (evaluation: string, upTo: bigint) =>
  caseAfter(
    events.filter(
      ({ stream, position }) =>
        position <= upTo && [`evaluation-${evaluation}`, `framework-${FRAMEWORK}`].includes(stream)
    )
  )

t.test('what has not moved since stood so then, and what has is not told', async (t) => {
  // The framework moved last at 6, and each evaluation when something was claimed.
  const since = { [QAZVIN]: 6n, [QOM]: 7n }
  for (const end of [6, 7]) {
    const reader = projected(t, ledger, events.slice(0, end))
    for (const [evaluation, newest] of Object.entries(since)) {
      for (const { position } of events.slice(0, end)) {
        const found = unmovedSince(reader, evaluation, position)
        const isStill = position >= newest || (end === 6 && position === 6n)
        const expected = isStill ? played(evaluation, position) : null
        t.strictSame(
          found && { ...found, tree: [...found.tree.nodes.keys()] },
          expected && { ...expected, tree: [...expected.tree.nodes.keys()] },
          `${evaluation} at ${position} of ${end}`
        )
      }
    }
  }
})

t.test('rows that are behind, or of nobody, tell nothing', async (t) => {
  const reader = projected(t, ledger, events)
  const behind = projected(t, ledger, events.slice(0, -1))
  const torn: Reader = {
    ...reader,
    all: (table, ...asked) => (table.name.startsWith('ledger') ? behind : reader).all(table, ...asked)
  }
  t.ok(unmovedSince(reader, QOM, 7n))
  t.equal(unmovedSince(torn, QOM, 7n), null, 'where the newest event stands is not known yet')
  t.ok(unmovedSince(torn, QAZVIN, 7n))
  t.equal(unmovedSince(reader, '1403-x.yazd', 7n), null)
})
