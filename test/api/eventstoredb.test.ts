import t from 'tap'
import { type Answer, positionOf, startTestApp, type TestApp, type Who } from '../support/app.ts'
import { startNodes } from '../support/eventstoredb-node.ts'
import { seenByTheNext } from '../support/later.ts'

/* Two servers of their own, each with its own rows, on one ledger that three nodes keep. */

const registrar: Who = { id: 'r-1', role: 'registrar' }
const auditor: Who = { id: 'a-9', role: 'auditor' }
const fa = (text: string) => ({ fa: text })
const unitBody = (unit: string, name = unit) => ({ unit, name: fa(name), kind: 'office' })

const nodes = await startNodes(3)
const folders = t.testdir({ one: {}, two: {}, 'two-once-more': {} })
const variables = { KARNAMEH_STORE: nodes.address, KARNAMEH_STREAM_PREFIX: 'offices_' }
const start = (folder: string) => startTestApp(t, `${folders}/${folder}`, variables)
const [one, two] = [await start('one'), await start('two')]
t.teardown(nodes.close)

const register = (app: TestApp, unit: string, key: string, name = unit) =>
  app.command(registrar, 'register-unit', unitBody(unit, name), { 'idempotency-key': key })

const eventIds = (answer: Answer): string[] => answer.json().events.map(({ id }: { id: string }) => id)

t.test('what one writes the other shows, and both write', async (t) => {
  const first = await one.act(registrar, 'register-unit', unitBody('yazd'))
  const shown = await two.read(auditor, `/v1/units/yazd?waitFor=${positionOf(first)}`)
  t.equal(shown.name.fa, 'yazd')
  const second = await two.act(registrar, 'reclassify-unit', {
    unit: 'yazd',
    name: fa('یزد'),
    reason: 'نام رسمی'
  })
  const after = await one.read(auditor, `/v1/units/yazd?waitFor=${positionOf(second)}`)
  t.equal(after.name.fa, 'یزد')
  const stored = nodes.log.all.filter(({ stream }) => stream.startsWith('offices_'))
  t.strictSame(
    stored.map(({ stream, contentType }) => [stream, contentType]),
    [
      ['offices_unit-yazd', 'application/json'],
      ['offices_unit-yazd', 'application/json']
    ],
    'under the prefix, as JSON'
  )
  const [listed] = (await one.read(auditor, '/v1/events')).items
  t.equal(listed.stream, 'unit-yazd', 'which the ledger does not know')
})

t.test('a race has one winner, and a key is honoured by either', async (t) => {
  const race = await Promise.all([register(one, 'ilam', 'race-1'), register(two, 'ilam', 'race-2')])
  t.strictSame(race.map(({ statusCode }) => statusCode).sort(), [201, 409])

  const same = await Promise.all([register(one, 'qom', 'same'), register(two, 'qom', 'same')])
  t.strictSame(
    same.map(({ statusCode }) => statusCode),
    [201, 201]
  )
  const replays = same.filter(({ headers }) => headers['idempotent-replay'] === 'true')
  t.ok(replays.length <= 1, 'never both')
  const [first, second] = same.map(eventIds)
  t.strictSame(first, second, 'one event, told twice')
  const later = await register(two, 'qom', 'same')
  t.strictSame([later.statusCode, later.headers['idempotent-replay'], eventIds(later)], [201, 'true', first])
  // The server compares ids alone, which come from the key: what it took for the same was something else.
  const bodies = await Promise.all([register(one, 'tabas', 'pair', 'a'), register(two, 'tabas', 'pair', 'b')])
  t.strictSame(bodies.map(({ statusCode }) => statusCode).sort(), [201, 422])
})

t.test('any number names a place', async (t) => {
  const { items } = await one.read(auditor, '/v1/events')
  const positions: bigint[] = items.map(({ position }: { position: string }) => BigInt(position))
  for (const app of [one, two]) {
    await app.settled()
    for (const [i, position] of positions.entries()) {
      const after = await app.read(auditor, `/v1/events?after=${position - 1n}`)
      t.equal(after.items.length, positions.length - i)
      if (i + 1 === positions.length) break
      const then = await app.read(auditor, `/v1/evaluations?asOf=${position + 1n}`)
      t.equal(then.asOf.position, String(position))
    }
  }
  const { next } = await one.read(auditor, '/v1/events?limit=1')
  const given = JSON.parse(Buffer.from(next, 'base64url').toString())
  for (const by of [-1n, 1n]) {
    const [after, position] = [BigInt(given.after) + by, BigInt(given.position) - 1n]
    const content = { ...given, after: String(after), position: String(position) }
    const cursor = Buffer.from(JSON.stringify(content)).toString('base64url')
    const page = await two.read(auditor, `/v1/events?limit=100&cursor=${cursor}`)
    const wanted = positions.filter((each) => each > after && each <= position).map(String)
    t.strictSame(
      page.items.map((item: { position: string }) => item.position),
      wanted,
      'in a cursor too'
    )
  }
  t.strictSame(nodes.asked.strayPositions, [])
})

t.test('the death of a leader is a pause, and the same key gives the one true outcome', async (t) => {
  await nodes.killLeader(1_200)
  const tries = await Promise.all(
    [one, two, one, two].map((app, i) => register(app, `rasht-${i}`, `death-${i}`))
  )
  for (const answer of tries) {
    t.ok([201, 503].includes(answer.statusCode), `${answer.statusCode}`)
    if (answer.statusCode === 503) t.ok(answer.headers['retry-after'])
  }
  for (const i of [0, 1, 2, 3]) {
    const again = await register(i % 2 ? one : two, `rasht-${i}`, `death-${i}`)
    t.equal(again.statusCode, 201)
    t.equal(nodes.log.visible(`offices_unit-rasht-${i}`).length, 1)
  }
  for (const app of [one, two]) {
    await app.settled()
    const units = await app.read(auditor, '/v1/units?limit=100')
    t.equal(units.items.filter(({ unit }: { unit: string }) => unit.startsWith('rasht')).length, 4)
  }
})

t.test('a server that starts again goes on where it was', async (t) => {
  await one.close()
  const reads = nodes.asked.sent
  const again = await start('one')
  await again.settled()
  const { items } = await again.read(auditor, '/v1/units?limit=100')
  t.equal(items.length, 8)
  t.ok(nodes.asked.sent - reads < 40, 'without reading all of it again')
  t.equal((await again.get(auditor, '/health/ready')).statusCode, 200)
})

t.test('a server that starts has seen the newest event', async (t) => {
  await seenByTheNext(t, await start('two-once-more'), () => start('two-once-more'))
})
