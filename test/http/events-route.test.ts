import t from 'tap'
import { type LedgerEvent, wireEvent } from '../../src/events/catalogue.ts'
import type { Role } from '../../src/events/forms.ts'
import { toCloudEvent } from '../../src/http/cloud-events.ts'
import { eventsOf, node, opened, published, recorded } from '../support/history.ts'
import { testServer } from '../support/server.ts'

const letter = { number: '1402/35', date: '2024-01-01', signatory: 'the head' }

/** A unit, a framework, an evaluation and so many scores. */
const ledger = (scores: number): LedgerEvent[] => {
  const events = eventsOf([
    { type: 'UnitRegistered', data: { unit: 'qazvin', name: { fa: 'قزوین' }, kind: 'directorate' } },
    published('1402-behzisti', [node('G1', null, '100')]),
    opened('1402-behzisti', 'qazvin'),
    ...Array.from({ length: scores }, () => recorded('G1', 'self', '10', {})).map((score) => ({
      ...score,
      by: { units: ['behzisti', 'qazvin'] }
    }))
  ])
  return events.map(
    (event, i) => (i === 3 ? { ...event, metadata: { ...event.metadata, letter } } : event) as LedgerEvent
  )
}
const EVALUATION = '/v1/evaluations/1402-behzisti.qazvin/events'

const ndjson = (payload: string) =>
  payload
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

t.test('the whole ledger in order, page by page', async (t) => {
  const events = ledger(117)
  const { app, bearer } = await testServer({ data: t.testdir(), events })
  t.teardown(() => app.close())
  const headers = await bearer('auditor')
  const seen: unknown[] = []
  let url = '/v1/events?limit=50'
  for (let pages = 0; pages < 10; pages++) {
    const { items, next, asOf } = (await app.inject({ url, headers })).json()
    t.match(asOf, { position: '120', at: events.at(-1)?.metadata.recordedAt })
    seen.push(...items)
    if (next === null) break
    url = `/v1/events?limit=50&cursor=${next}`
  }
  t.strictSame(seen, JSON.parse(JSON.stringify(events.map(wireEvent))))
  const after = (await app.inject({ url: '/v1/events?after=118', headers })).json()
  t.strictSame([after.items.length, after.next], [2, null], 'after is exclusive')
  const csv = await app.inject({ url: '/v1/events?limit=1', headers: { ...headers, accept: 'text/csv' } })
  t.match(csv.payload, /^\ufeffid,type,version,stream,revision,position,/)
})

t.test('as CloudEvents nothing is lost', async (t) => {
  const events = ledger(600)
  const { app, bearer } = await testServer({ data: t.testdir(), events })
  t.teardown(() => app.close())
  const headers = { ...(await bearer('auditor')), accept: 'application/x-ndjson' }
  const answer = await app.inject({ url: '/v1/events?after=2', headers })
  t.match(answer.headers['content-type'], 'application/x-ndjson')
  t.equal(answer.headers['ledger-position'], '603')
  const lines = ndjson(answer.payload)
  t.equal(lines.length, 601, 'the whole ledger, no page of it')
  t.strictSame(lines.map(fromCloudEvent), JSON.parse(JSON.stringify(events.slice(2).map(wireEvent))))
  t.match(lines[1], {
    specversion: '1.0',
    source: '/evaluations/1402-behzisti.qazvin',
    type: 'ir.karnameh.score-recorded.v1',
    subject: 'G1',
    time: events[3]?.metadata.recordedAt,
    datacontenttype: 'application/json',
    sequence: '4',
    streamrevision: '1',
    letternumber: '1402/35'
  })
  for (const [name, value] of Object.entries(lines[1])) {
    if (name === 'data') continue
    t.ok(/^[a-z0-9]{1,20}$/.test(name) && typeof value === 'string', `${name} is a plain attribute`)
  }
  t.match((await app.inject(lines[1].dataschema)).json(), {
    type: 'object',
    properties: { node: {}, points: {} }
  })
  const few = await app.inject({ url: '/v1/events?limit=3', headers })
  t.equal(ndjson(few.payload).length, 3, 'a limit that is asked for is kept')
})

/** What a replay elsewhere would make of a line. */
function fromCloudEvent(line: Record<string, string>) {
  const { type, source, data, actorunits, letternumber, letterdate, lettersignatory } = line
  const [, kebab = '', version] = /^ir\.karnameh\.(.+)\.v(\d+)$/.exec(type ?? '') ?? []
  return {
    id: line.id,
    type: kebab.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase()),
    version: Number(version),
    stream: source?.replace(/^\/(\w+)s\//, '$1-'),
    revision: line.streamrevision,
    position: line.sequence,
    data,
    metadata: {
      recordedAt: line.time,
      actor: { id: line.actorid, role: line.actorrole, units: actorunits?.split(',') ?? [] },
      correlationId: line.correlationid,
      causationId: line.causationid,
      commandId: line.commandid,
      commandHash: line.commandhash,
      ...(letternumber && { letter: { number: letternumber, date: letterdate, signatory: lettersignatory } })
    }
  }
}

t.test('an event without units, node or letter has no such attributes', async (t) => {
  const [event] = ledger(0)
  if (!event) throw new Error('there is one')
  const line = toCloudEvent(event)
  for (const name of ['actorunits', 'subject', 'letternumber']) t.notOk(name in line, name)
  t.match(line, { source: '/units/qazvin', type: 'ir.karnameh.unit-registered.v1' })
})

t.test('the events of one evaluation', async (t) => {
  const events = ledger(60)
  const { app, bearer } = await testServer({ data: t.testdir(), events })
  t.teardown(() => app.close())
  const headers = await bearer('expert')
  const first = (await app.inject({ url: EVALUATION, headers })).json()
  t.strictSame([first.items.length, first.items[0].revision, first.items[49].revision], [50, '0', '49'])
  const second = (await app.inject({ url: `${EVALUATION}?cursor=${first.next}`, headers })).json()
  t.strictSame([second.items.length, second.items[0].revision, second.next], [11, '50', null])
  const past = (await app.inject({ url: `${EVALUATION}?asOf=5`, headers })).json()
  t.strictSame([past.items.length, past.asOf.position], [3, '5'], 'as of a position')
  const lines = await app.inject({ url: EVALUATION, headers: { ...headers, accept: 'application/x-ndjson' } })
  t.equal(ndjson(lines.payload).length, 61)
  for (const url of [
    `${EVALUATION}?asOf=2`,
    '/v1/evaluations/1402-behzisti.yazd/events',
    '/v1/evaluations/x/events'
  ]) {
    t.match((await app.inject({ url, headers })).json(), { status: 404 }, url)
  }
})

t.test('who may read raw events; for all others there are none', async (t) => {
  const { app, bearer } = await testServer({
    data: t.testdir(),
    events: ledger(1),
    facts: {
      isWithin: (unit, units) => unit === 'qazvin' && units.includes('behzisti'),
      sitsOnPanel: (person, evaluation) => person === 'p-3' && evaluation === '1402-behzisti.qazvin'
    }
  })
  t.teardown(() => app.close())
  const status = async (url: string, role: Role, who = {}) =>
    (await app.inject({ url, headers: await bearer(role, who) })).statusCode
  for (const role of ['auditor', 'registrar', 'expert'] as const) {
    t.equal(await status('/v1/events', role), 200, role)
    t.equal(await status(EVALUATION, role), 200, role)
  }
  for (const role of ['assessor', 'panelist', 'viewer'] as const) {
    t.equal(await status('/v1/events', role), 404, role)
    t.equal(await status('/v1/events/live', role), 404, role)
    t.equal(await status(EVALUATION, role), 404, role)
  }
  t.equal(await status(EVALUATION, 'assessor', { units: ['behzisti'] }), 200, 'of a unit below')
  t.equal(await status(EVALUATION, 'viewer', { units: ['behzisti'] }), 404, 'a viewer of the same unit')
  t.equal(await status(EVALUATION, 'panelist', { id: 'p-3' }), 200, 'on the panel')
  t.equal(await status(EVALUATION, 'assessor', { id: 'p-3' }), 404, 'the same person in another role')
})

t.test('an event that cannot be read ends the answer, and is never skipped', async (t) => {
  const events = ledger(1)
  events.push({ ...events[3], position: 5n, data: { node: 'total' } } as unknown as LedgerEvent)
  const { app, bearer } = await testServer({ data: t.testdir(), events })
  t.teardown(() => app.close())
  const answer = await app.inject({ url: '/v1/events', headers: await bearer('auditor') })
  t.match(answer.json(), { status: 500, code: 'internal' })
})
