import { get, type IncomingMessage } from 'node:http'
import t from 'tap'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import type { AccessTable } from '../../src/http/access-table.ts'
import type { App } from '../../src/http/app-type.ts'
import { createLiveFeed } from '../../src/http/live-feed.ts'
import { liveRoutes } from '../../src/http/routes/live.ts'
import { createSse } from '../../src/http/sse.ts'
import { eventsOf } from '../support/history.ts'
import { fakeRunner, listStore, testServer } from '../support/server.ts'

const ledger = (count: number, size = 10) =>
  eventsOf(
    Array.from({ length: count }, (_, i) => ({
      type: 'UnitRegistered' as const,
      data: { unit: `u-${i}`, name: { fa: 'ن'.repeat(size) }, kind: 'office' as const }
    }))
  )

/** A reader of server-sent events, over a real socket. */
async function read(app: App, path: string, headers: Record<string, string>) {
  const address = app.server.address()
  const port = address && typeof address === 'object' ? address.port : 0
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers }, resolve).on('error', reject)
  })
  let text = ''
  let ended = false
  const changed = new Set<() => void>()
  const wake = () => {
    for (const look of [...changed]) look()
  }
  response.setEncoding('utf8').on('data', (piece) => {
    text += piece
    wake()
  })
  response.on('close', () => {
    ended = true
    wake()
  })
  response.on('error', () => {})
  const until = (met: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!met() && !ended) return
        changed.delete(look)
        resolve()
      }
      changed.add(look)
      look()
    })
  const ids = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
  return {
    response,
    ids,
    text: () => text,
    hasEnded: () => ended,
    until,
    untilId: (id: number) => until(() => ids().at(-1) === id),
    close: () => response.destroy()
  }
}

async function liveServer(data: string, events: LedgerEvent[], applied: bigint) {
  const runner = fakeRunner(events, applied)
  const { app, bearer, issuer } = await testServer({ data, events, runner })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, runner, issuer, auditor: await bearer('auditor') }
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

t.test('new events come once they have been applied, each once', async (t) => {
  const events = ledger(8)
  const store = events.slice(0, 5)
  const { app, runner, auditor } = await liveServer(t.testdir(), store, 5n)
  t.teardown(() => app.close())
  const reader = await read(app, '/v1/events/live', auditor)
  t.match(reader.response.headers, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store'
  })
  store.push(...events.slice(5))
  runner.apply(6n)
  await reader.untilId(6)
  runner.apply(8n)
  await reader.untilId(8)
  t.strictSame(reader.ids(), [6, 7, 8])
  const [, first = ''] = /^data: (.*)$/m.exec(reader.text()) ?? []
  t.match(JSON.parse(first), {
    type: 'UnitRegistered',
    position: '6',
    revision: '0',
    metadata: { actor: {} }
  })
  reader.close()
})

t.test('a reader resumes where it was, without a gap and without a repetition', async (t) => {
  const events = ledger(3_000)
  const { app, runner, auditor } = await liveServer(t.testdir(), events, 1_500n)
  t.teardown(() => app.close())
  const resumed = await read(app, '/v1/events/live?after=5', { ...auditor, 'last-event-id': '700' })
  const whole = await read(app, '/v1/events/live?after=0', auditor)
  // While the backlog is being read, new events go on being applied.
  for (let to = 1_600n; to <= 3_000n; to += 100n) {
    runner.apply(to)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all([resumed.untilId(3_000), whole.untilId(3_000)])
  t.strictSame(resumed.ids(), range(701, 3_000), 'what was seen last counts more than the address')
  t.strictSame(whole.ids(), range(1, 3_000))
  resumed.close()
  whole.close()
})

t.test('a beginning that cannot be is refused', async (t) => {
  const { app, auditor } = await liveServer(t.testdir(), ledger(5), 5n)
  t.teardown(() => app.close())
  const refusal = async (path: string, headers = {}) =>
    (await app.inject({ url: path, headers: { ...auditor, ...headers } })).json().code
  t.equal(await refusal('/v1/events/live?after=6'), 'future')
  t.equal(await refusal('/v1/events/live?after=06'), 'malformed')
  t.equal(await refusal('/v1/events/live', { 'last-event-id': 'x' }), 'malformed')
  t.equal((await app.inject({ method: 'HEAD', url: '/v1/events/live' })).statusCode, 405)
})

t.test('the end of the server ends the readers', async (t) => {
  const { app, auditor } = await liveServer(t.testdir(), ledger(1), 1n)
  const reader = await read(app, '/v1/events/live', auditor)
  t.match((await app.inject('/metrics')).payload, 'ledger_sse_clients 1')
  await app.close()
  await reader.until(() => false)
  t.ok(reader.hasEnded())
})

/** The route alone, with little patience. */
async function impatientServer(data: string, events: LedgerEvent[]) {
  const runner = fakeRunner(events)
  const clients: number[] = []
  const metrics = { sseClients: { set: (count: number) => clients.push(count) } as never }
  const feed = createLiveFeed(runner)
  // The usual route is there already, so this one gets an address of its own.
  const readRoutes = (app: App) => {
    void app.register(
      async (scope) =>
        liveRoutes(scope, {
          store: listStore(events),
          feed,
          send: createSse(scope, { metrics, patienceMs: 300 }),
          heartbeatMs: 30
        }),
      { prefix: '/quick' }
    )
  }
  const access: AccessTable = {
    'GET /quick/v1/events/live': { who: 'anyone', others: 'hidden', figures: 'nothing' }
  }
  const { app, bearer } = await testServer({ data, events, runner, readRoutes, access })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return { app, clients, auditor: await bearer('auditor') }
}

t.test('a reader who does not read is cut off; one with nothing to read hears a heartbeat', async (t) => {
  const events = ledger(3_000, 2_000)
  const { app, clients, auditor } = await impatientServer(t.testdir(), events)
  t.teardown(() => app.close())
  const idle = await read(app, '/quick/v1/events/live', auditor)
  const slow = await read(app, '/quick/v1/events/live?after=0', auditor)
  slow.response.pause()
  while (clients.at(-1) !== 1) await new Promise((resolve) => setTimeout(resolve, 20))
  t.pass('only one reader is left')
  slow.response.resume()
  await slow.until(() => false)
  t.ok(slow.ids().length < 3_000, 'the rest was not kept for it')
  await idle.until(() => idle.text().includes(': still here'))
  t.notOk(idle.hasEnded())
  idle.close()
})
