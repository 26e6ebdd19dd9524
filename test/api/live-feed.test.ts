import { setTimeout as wait } from 'node:timers/promises'
import t from 'tap'
import { type Headers, positionsOf, startTestApp } from '../support/app.ts'
import { auditor, openRehearsal, registrar, viewer } from '../support/rehearsal.ts'

interface Received {
  id: string
  event: { id: string; type: string; position: string }
}

/** Reads server-sent events over a socket until there are so many, or a second goes by without one. */
async function receive(url: string, headers: Headers, count: number): Promise<Received[]> {
  const given = new AbortController()
  const response = await fetch(url, { headers, signal: given.signal })
  if (!response.body) throw new Error(`${response.status}`)
  const received: Received[] = []
  let text = ''
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  while (received.length < count) {
    const read = await Promise.race([reader.read(), wait(5_000, null, { ref: false })])
    if (!read || read.done) break
    text += read.value
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) {
      const [, id, data] = /^id: (\d+)\ndata: (.+)$/.exec(frame) ?? []
      if (id && data) received.push({ id, event: JSON.parse(data) })
    }
  }
  given.abort()
  return received
}

t.test(
  'over a real socket: what is appended is heard at once, and a reader goes on where it was',
  async (t) => {
    const app = await startTestApp(t)
    await openRehearsal(app)
    const before = (await positionsOf(app)).length
    const headers = await app.bearer(auditor)
    const live = `${app.url}/v1/events/live`

    const fresh = receive(live, headers, 2)
    await wait(100)
    for (const unit of ['qom', 'zanjan'])
      await app.act(registrar, 'register-unit', { unit, name: { fa: 'استان' }, kind: 'directorate' })
    const heard = await fresh
    const positions = await positionsOf(app)
    t.strictSame(
      heard.map(({ id, event }) => [id, event.position, event.type]),
      positions.slice(before).map((position) => [String(position), String(position), 'UnitRegistered'])
    )

    const [seen = 0n, ...later] = positions.slice(before - 2)
    // Any number names a place, whether or not an event stands there.
    for (const id of [seen, (later[0] ?? 0n) - 1n]) {
      const missed = await receive(live, { ...headers, 'last-event-id': String(id) }, 3)
      const ids = missed.map((event) => BigInt(event.id))
      t.strictSame(ids, later, `after ${id}: without a gap and without a repetition`)
    }
    const all = await receive(`${live}?after=0`, headers, positions.length)
    const { items } = await app.read(auditor, '/v1/events?limit=500')
    t.strictSame(
      all.map(({ event }) => event),
      items,
      'the same events as everywhere else'
    )
    const stranger = await fetch(live, { headers: await app.bearer(viewer) })
    t.equal(stranger.status, 404)
    t.match(await stranger.json(), { code: 'not-found' })
    t.equal((await fetch(live)).status, 401)
  }
)

t.test('the rest of the API over the same socket', async (t) => {
  const app = await startTestApp(t)
  const answer = await fetch(`${app.url}/v1/commands/register-unit`, {
    method: 'POST',
    headers: { ...(await app.bearer(registrar)), 'content-type': 'application/json', 'idempotency-key': 'k' },
    body: JSON.stringify({ unit: 'qom', name: { fa: 'قم' }, kind: 'directorate' })
  })
  t.equal(answer.status, 201)
  const position = answer.headers.get('ledger-position')
  const headers = await app.bearer(viewer)
  const units = await fetch(`${app.url}/v1/units?waitFor=${position}`, { headers })
  t.match(await units.json(), { items: [{ unit: 'qom', name: { fa: 'قم' } }], next: null })
  const ready = await fetch(`${app.url}/health/ready`)
  t.equal(ready.status, 200)
  t.match(await ready.json(), { status: 'ready' })
})
