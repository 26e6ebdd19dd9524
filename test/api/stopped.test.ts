import { randomUUID } from 'node:crypto'
import t from 'tap'
import { startTestApp } from '../support/app.ts'
import { auditor, openRehearsal, QAZVIN, registrar, viewer, YAZD, yazdi } from '../support/rehearsal.ts'

t.test(
  'an event that nobody can read: what was before it is still answered, and nothing beyond is',
  async (t) => {
    const app = await startTestApp(t)
    await openRehearsal(app)
    const before = await app.read(viewer, '/v1/evaluations')
    const last = String(await app.store.end())
    const bad = {
      id: randomUUID(),
      type: 'ScoreRecalled',
      data: '{"node":"G.1.a"}',
      metadata: '{"version":1}'
    }
    const { position } = await app.store.append(`evaluation-${QAZVIN}`, [bad], { expectedRevision: 0 })
    // Another evaluation can be written to, though it cannot be read yet.
    const claim = { evaluation: YAZD, node: 'G.1.a', points: '12' }
    t.equal((await app.command(yazdi, 'enter-self-score', claim)).statusCode, 201)

    const refused = await app.get(viewer, `/v1/evaluations?waitFor=${position}`)
    t.match(refused.json(), { status: 503, code: 'projection-stopped', event: bad.id })
    t.ok(refused.headers['retry-after'])
    const past = await app.get(viewer, `/v1/evaluations?asOf=${position}`)
    t.match(past.json(), { status: 503, code: 'projection-stopped', event: bad.id })
    t.strictSame(await app.read(viewer, '/v1/evaluations'), before, 'of the moment before it')
    const me = await app.get(viewer, '/v1/me')
    t.equal(me.headers['ledger-position'], last)
    t.equal(me.json().asOf.position, last)
    t.match((await app.read(viewer, `/v1/evaluations/${YAZD}`)).total, { self: null })

    const ready = await app.ask(null, '/health/ready')
    t.equal(ready.statusCode, 503)
    const stopped = { event: bad.id, position: String(position), error: /ScoreRecalled/ }
    for (const projection of ready.json().projections) t.match(projection, { stopped, position: last })
    t.match((await app.ask(null, '/metrics')).payload, 'ledger_projection_stopped{projection="journal"} 1')

    const events = await app.get(auditor, '/v1/events')
    t.equal(events.statusCode, 500, 'a list of events does not leave it out')
    const late = await app.command(registrar, 'assign-target', {
      evaluation: QAZVIN,
      node: 'G.1.b',
      target: '9'
    })
    t.equal(late.statusCode, 500, 'and nothing is decided over it')
  }
)
