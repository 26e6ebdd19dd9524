import t from 'tap'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { encodeCursor } from '../../src/http/cursor.ts'
import { AsOfQuery, createMoments, InstantQuery } from '../../src/http/moment.ts'
import { eventsOf } from '../support/history.ts'
import { fakeRunner, listStore } from '../support/server.ts'

const unit = (name: string, at: string) => ({
  type: 'UnitRegistered' as const,
  data: { unit: name, name: { fa: name }, kind: 'office' as const },
  at
})

/** Positions 10, 20, 30: between them nothing stands. */
const events = eventsOf([
  unit('a', '2024-01-01T10:00:00.000Z'),
  unit('b', '2024-01-01T11:00:00.000Z'),
  unit('c', '2024-01-01T12:00:00.000Z')
]).map((event) => ({ ...event, position: event.position * 10n }) as LedgerEvent)

function moments({ applied = 30n, now = '2024-01-01T12:00:30.000Z', shared = false } = {}) {
  const runner = fakeRunner(events, applied)
  return { runner, ...createMoments({ runner, store: listStore(events), clock: { now: () => now }, shared }) }
}

t.test('without asOf it is now', async (t) => {
  const moment = await moments().of({})
  t.strictSame(moment, { at: null, asOf: { position: '30', at: '2024-01-01T12:00:00.000Z' } })
})

t.test('a position names the newest event at or below it', async (t) => {
  const { of } = moments()
  t.strictSame(await of({ asOf: '25' }), {
    at: 25n,
    asOf: { position: '20', at: '2024-01-01T11:00:00.000Z' }
  })
  t.strictSame(await of({ asOf: '0' }), { at: 0n, asOf: { position: '0', at: null } })
  await t.rejects(of({ asOf: '31' }), { code: 'future', message: /ends at 30; 31 is later/ })
  await t.rejects(of({ asOf: '9'.repeat(40) }), { code: 'future' })
})

t.test('an instant stands for the position before the first event after it', async (t) => {
  const { of } = moments()
  t.equal((await of({ asOf: '2024-01-01T11:00:00Z' })).asOf.position, '20', 'its own event is part of it')
  t.equal((await of({ asOf: '2024-01-01T10:59:59.999Z' })).asOf.position, '10')
  t.equal((await of({ asOf: '2024-01-01T15:29:59+03:30' })).asOf.position, '20', 'with an offset')
  t.equal((await of({ asOf: '2023-01-01T00:00:00Z' })).asOf.position, '0')
  await t.rejects(of({ asOf: '2024-01-01T12:00:31Z' }), { code: 'future' }, 'beyond the clock')
  await t.rejects(of({ asOf: '9999-12-31T23:59:59-03:30' }), { code: 'future' }, 'of a year with five digits')
})

t.test('an instant may still move only where several processes append', async (t) => {
  const asOf = '2024-01-01T12:00:00.000Z'
  t.notOk('settled' in (await moments().of({ asOf })).asOf)
  t.equal((await moments({ shared: true }).of({ asOf })).asOf.settled, false)
  const later = { shared: true, now: '2024-01-01T12:01:00.000Z' }
  t.notOk('settled' in (await moments(later).of({ asOf })).asOf)
})

t.test('what is not applied yet is waited for', async (t) => {
  const { of, runner } = moments({ applied: 10n })
  await t.rejects(of({ waitFor: '20' }), { code: 'not-applied-yet', status: 503 })
  await t.rejects(of({ asOf: '20' }), { code: 'not-applied-yet' })
  // The event of that instant is stored, so that leaving it out would be wrong.
  await t.rejects(of({ asOf: '2024-01-01T11:30:00Z' }), { code: 'not-applied-yet' })
  t.equal((await of({})).asOf.position, '10', 'now is what has been applied')
  setTimeout(() => runner.apply(30n), 5)
  t.equal((await of({ waitFor: '20' })).asOf.position, '30')
})

t.test('waiting for a stopped projection is in vain, for those who use it', async (t) => {
  const { of, runner } = moments({ applied: 10n })
  runner.stopped.set('scorecard', { event: 'the-event', position: 20n, error: 'bad' })
  await t.rejects(of({ waitFor: '20' }, 'scorecard'), { code: 'projection-stopped', event: 'the-event' })
  await t.rejects(of({ waitFor: '20' }, 'journal'), { code: 'not-applied-yet' })
  runner.stopped.set('journal', { event: 'the-event', position: 20n, error: 'bad' })
  await t.rejects(of({ waitFor: '20' }), { code: 'projection-stopped' })
  runner.stopped.set('scorecard', { event: null, position: 20n, error: 'a revision is missing' })
  await t.rejects(of({ waitFor: '20' }, 'scorecard'), { code: 'damaged', status: 503 })
  runner.stopped.set('scorecard', { event: null, position: 20n, error: 'out of memory', isOver: true })
  await t.rejects(of({ waitFor: '20' }, 'scorecard'), { code: 'not-following', status: 503 })
})

t.test('a cursor brings its own moment', async (t) => {
  const cursor = encodeCursor({ store: 's', path: '/', query: {}, position: '20', after: '1' })
  t.equal((await moments().of({ cursor, asOf: '10' })).at, 20n)
})

t.test('events themselves are read whatever has been applied', async (t) => {
  const { ofEvents, runner } = moments({ applied: 10n })
  t.strictSame(await ofEvents({}), { at: 30n, asOf: { position: '30', at: null } })
  runner.apply(30n)
  t.strictSame(await ofEvents({}), { at: 30n, asOf: { position: '30', at: '2024-01-01T12:00:00.000Z' } })
  const cursor = encodeCursor({ store: 's', path: '/', query: {}, position: '99', after: '1' })
  await t.rejects(ofEvents({ cursor }), { code: 'bad-cursor' })
})

t.test('what asOf may look like', async (t) => {
  for (const text of ['0', '48213', '2024-01-01T10:00:00Z', '2024-01-01T10:00:00.123456+03:30']) {
    t.ok(AsOfQuery.safeParse(text).success, text)
  }
  t.equal(AsOfQuery.parse('2024-01-01T10:00:00 03:30'), '2024-01-01T10:00:00+03:30', 'a plus lost on the way')
  for (const text of [
    '',
    '01',
    '-1',
    '1.5',
    '2024-01-01',
    '2024-01-01T10:00:00',
    '2024-02-30T10:00:00Z',
    'now'
  ]) {
    t.notOk(AsOfQuery.safeParse(text).success, text)
  }
})

t.test('an end of a stretch of time has the form of stored instants, and none of them lies between', (t) => {
  for (const [text, instant] of [
    ['2024-01-01T10:00:00.120Z', '2024-01-01T10:00:00.120Z'],
    ['2024-01-01T10:00:00Z', '2024-01-01T10:00:00.000Z'],
    ['2024-01-01T13:30:00+03:30', '2024-01-01T10:00:00.000Z'],
    ['2024-01-01T13:30:00 03:30', '2024-01-01T10:00:00.000Z'],
    ['2024-01-01T10:00:00.120000Z', '2024-01-01T10:00:00.120Z'],
    ['2024-01-01T10:00:00.120001Z', '2024-01-01T10:00:00.121Z'],
    ['2024-01-01T10:00:00.9991Z', '2024-01-01T10:00:01.000Z'],
    ['9999-12-31T23:59:59-03:30', '9999-12-31T23:59:59.999Z']
  ] as const)
    t.equal(InstantQuery.parse(text), instant, text)
  for (const text of ['4', '2024-01-01', '2024-01-01T10:00:00', '2024-02-30T10:00:00Z', 'now'])
    t.notOk(InstantQuery.safeParse(text).success, text)
  t.end()
})
