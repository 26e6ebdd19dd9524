import t from 'tap'
import { ledger } from '../../projections/ledger.ts'
import { ledgerList, ledgerRow, linksOf } from '../../projections/ledger-list.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { eventNumber, eventsOf, node, opened, published, recorded } from '../support/history.ts'
import { projected } from '../support/projected.ts'

/** Four scores, of which the second and the fourth answer the first; positions are not dense. */
const events: LedgerEvent[] = eventsOf([
  published('1402-behzisti', [node('G1', null, '100')]),
  opened('1402-behzisti', 'qazvin'),
  ...['10', '20', '30', '40'].map((points) => recorded('G1', 'self', points))
]).map((event, index) => {
  const causationId = index === 3 || index === 5 ? eventNumber(3) : eventNumber(90)
  return { ...event, position: event.position * 7n, metadata: { ...event.metadata, causationId } }
})

const all = { after: 0n, before: 1_000n, order: 'oldest' as const, limit: 100 }
const positions = (rows: readonly { position: bigint }[]) => rows.map(({ position }) => Number(position))

t.test('an event is found by its id, and nothing by another', async (t) => {
  const reader = projected(t, ledger, events)
  t.match(ledgerRow(reader, eventNumber(3)), { position: 21n, type: 'ScoreRecorded', revision: 1 })
  t.equal(ledgerRow(reader, eventNumber(99)), undefined)
})

t.test('events of a type or a stream, from either end and between two positions', async (t) => {
  const reader = projected(t, ledger, events)
  t.strictSame(positions(ledgerList(reader, {}, all)), [7, 14, 21, 28, 35, 42])
  t.strictSame(positions(ledgerList(reader, {}, { ...all, order: 'newest', limit: 2 })), [42, 35])
  t.strictSame(positions(ledgerList(reader, {}, { ...all, after: 14n, before: 35n })), [21, 28], 'exclusive')
  t.strictSame(positions(ledgerList(reader, { type: 'EvaluationOpened' }, all)), [14])
  t.strictSame(positions(ledgerList(reader, { stream: 'framework-1402-behzisti' }, all)), [7])
  t.strictSame(ledgerList(reader, { stream: 'framework-1402-behzisti', type: 'ScoreRecorded' }, all), [])
})

t.test('what an event answers, and what answers it, as of a position', async (t) => {
  const reader = projected(t, ledger, events)
  const of = (number: number, span: { upTo: bigint; limit: number }) =>
    linksOf(
      reader,
      { event: eventNumber(number), causedBy: number === 4 ? eventNumber(3) : 'a command' },
      span
    )
  const first = of(3, { upTo: 100n, limit: 10 })
  t.strictSame(
    first.caused.map(({ position }) => position),
    ['28', '42']
  )
  t.strictSame([first.cause, first.isMore], [null, false], 'a command is no event')
  t.strictSame(of(3, { upTo: 41n, limit: 10 }).caused.length, 1, 'not what came later')
  t.match(of(3, { upTo: 100n, limit: 1 }), { caused: [{ position: '28' }], isMore: true })
  t.strictSame(of(4, { upTo: 100n, limit: 10 }).cause, {
    event: eventNumber(3),
    type: 'ScoreRecorded',
    position: '21'
  })
})
