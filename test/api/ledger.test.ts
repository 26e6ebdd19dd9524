import t, { type Test } from 'tap'
import { seedAllKinds } from '../support/all-kinds.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { assessor, auditor, FRAMEWORK, QAZVIN, viewer, yazdi } from '../support/rehearsal.ts'

interface Item {
  id: string
  type: string
  stream: string
  position: string
  metadata: { causationId: string; correlationId: string }
}

t.test('the ledger can be searched, from either end', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const all: Item[] = (await app.read(auditor, '/v1/events?limit=500')).items
  await t.test('pages', (t) => pages(t, app, all))
  await t.test('lines', (t) => lines(t, app, all))
  await t.test('one event', (t) => one(t, app, all))
  await t.test('the trail', (t) => trail(t, app))
  await t.test('counts', (t) => counts(t, app))
  await t.test('operations', (t) => operations(t, app))
})

const ids = (items: readonly Item[]) => items.map(({ id }) => id)

async function pages(t: Test, { read }: TestApp, all: readonly Item[]): Promise<void> {
  const list = async (query: string): Promise<Item[]> => (await read(auditor, `/v1/events?${query}`)).items
  const newest = [...all].reverse()
  t.strictSame(await list('order=newest&limit=500'), newest, 'whole, and the same events')
  const [, , third] = newest
  t.strictSame(ids(await list(`order=newest&limit=2&before=${third?.position}`)), ids(newest.slice(3, 5)))
  t.strictSame(ids(await list(`before=${all[4]?.position}`)), ids(all.slice(0, 4)), 'exclusive')
  t.strictSame(ids(await list(`order=newest&after=${third?.position}`)), ids(newest.slice(0, 2)))
  const filters: [query: string, fits: (item: Item) => boolean][] = [
    ['type=ScoreOverridden', ({ type }) => type === 'ScoreOverridden'],
    [`stream=framework-${FRAMEWORK}`, ({ stream }) => stream === `framework-${FRAMEWORK}`],
    [
      `stream=evaluation-${QAZVIN}&type=ScoreConfirmed`,
      ({ stream, type }) => stream === `evaluation-${QAZVIN}` && type === 'ScoreConfirmed'
    ],
    [`correlation=${all.at(-1)?.metadata.correlationId}`, (each) => sameCase(each, all.at(-1))]
  ]
  for (const [query, fits] of filters) {
    const wanted = all.filter(fits)
    t.ok(wanted.length > 0, query)
    t.strictSame(await list(`limit=500&${query}`), wanted, query)
    t.strictSame(
      ids(await list(`limit=500&order=newest&${query}`)),
      ids([...wanted].reverse()),
      `${query} newest`
    )
  }
  t.strictSame(await list('type=NothingSuch'), [])
  const past = await read(auditor, `/v1/events?order=newest&limit=1&asOf=${all[6]?.position}`)
  t.strictSame([ids(past.items), past.asOf.position], [ids(all.slice(6, 7)), all[6]?.position])
}

const sameCase = (a: Item, b: Item | undefined) => a.metadata.correlationId === b?.metadata.correlationId

async function lines(t: Test, { get }: TestApp, all: readonly Item[]): Promise<void> {
  const answer = await get(auditor, '/v1/events?order=newest', { accept: 'application/x-ndjson' })
  const sequence = answer.payload
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).sequence)
  t.strictSame(
    sequence,
    [...all].reverse().map(({ position }) => position),
    'all of it, not one page'
  )
}

async function one(t: Test, { get, read }: TestApp, all: readonly Item[]): Promise<void> {
  const child = all.find(({ type, metadata }) => type === 'ScoreConfirmed' && metadata.causationId)
  const parent = all.find(({ id }) => id === child?.metadata.causationId)
  if (!child || !parent) throw new Error('a confirmation answers a claim')
  const answer = await read(auditor, `/v1/events/${child.id.toUpperCase()}`)
  t.strictSame(answer.event, child)
  t.match(answer.cause, { event: parent.id, type: parent.type, position: parent.position })
  const ofParent = await read(auditor, `/v1/events/${parent.id}`)
  t.ok(ofParent.caused.some(({ event }: { event: string }) => event === child.id))
  const before = await read(auditor, `/v1/events/${parent.id}?asOf=${parent.position}`)
  t.strictSame(before.caused, [], 'nothing had come of it yet')
  t.equal((await get(auditor, `/v1/events/${child.id}?asOf=${parent.position}`)).statusCode, 404)
  const unit = all.find(({ stream }) => stream === 'unit-qazvin')
  t.equal((await get(assessor, `/v1/events/${unit?.id}`)).statusCode, 404, 'of its own cases alone')
  const own = all.find(({ stream }) => stream === `evaluation-${QAZVIN}`)
  t.equal((await get(assessor, `/v1/events/${own?.id}`)).statusCode, 200)
  t.equal((await get(yazdi, `/v1/events/${own?.id}`)).statusCode, 404)
}

interface Act {
  event: string
  type: string
  before: string | null
  after: string | null
  unitName: { fa: string }
  nodeTitle: { fa: string } | null
  cause: Link | null
  caused: Link[]
}

interface Link {
  event: string
  type: string
}

async function trail(t: Test, { read }: TestApp): Promise<void> {
  const list = async (path: string, who = auditor): Promise<Act[]> => (await read(who, path)).items
  for (const path of ['/v1/trail', `/v1/evaluations/${QAZVIN}/trail`]) {
    const acts = await list(`${path}?limit=500`)
    const revised = acts.filter(({ before, after }) => before !== after)
    t.ok(revised.length > 0 && revised.length < acts.length)
    t.strictSame(await list(`${path}?limit=500&revised=true`), revised, path)
    t.strictSame(await list(`${path}?limit=500&revised=false`), acts)
    t.strictSame(await list(`${path}?limit=500&order=newest`), [...acts].reverse())
    const first = await read(auditor, `${path}?limit=2&revised=true&order=newest`)
    const second = await read(auditor, `${path}?limit=2&cursor=${first.next}`)
    t.strictSame([...first.items, ...second.items], [...revised].reverse().slice(0, 4), 'pages of the filter')
  }
  const acts = await list(`/v1/evaluations/${QAZVIN}/trail?limit=500`)
  const answering = acts.find(({ cause }) => cause?.type === 'SelfScoreEntered')
  t.match(answering, { unitName: { fa: /./ }, nodeTitle: { fa: /گره/ } })
  const claim = answering?.cause?.event ?? ''
  const [found, ...others] = await list(`/v1/trail?event=${claim}`)
  t.match([found, others], [{ event: claim, caused: [{ event: answering?.event }] }, []])
  const shown = await list('/v1/trail?limit=500', viewer)
  const links = shown.flatMap(({ cause, caused }) => [...(cause ? [cause] : []), ...caused])
  t.ok(links.length > 0)
  t.notOk(
    links.some(({ type }) => /^(Appeal(?!Decided)|Panel|Evidence)/.test(type)),
    'links do not tell of what is withheld'
  )
}

async function counts(t: Test, { read }: TestApp): Promise<void> {
  const { items } = await read(auditor, '/v1/discrepancies?limit=500')
  const { items: counted } = await read(auditor, '/v1/discrepancies/statistics')
  const sum = counted.reduce((total: number, { count }: { count: number }) => total + count, 0)
  t.equal(sum, items.length)
  for (const { kind, class: weight, count, largest } of counted) {
    const rows = items.filter((row: Record<string, string>) => row.kind === kind && row.class === weight)
    t.strictSame([rows.length, rows[0].gap], [count, largest], `${kind} ${weight}`)
  }
}

async function operations(t: Test, { read }: TestApp): Promise<void> {
  const answer = await read(auditor, '/v1/operations')
  t.match(answer, { status: 'ready', store: 'answers', program: /^\d/, runtime: /^Node \d/, readers: 0 })
  for (const { name } of answer.projections) t.ok(answer.versions[name] >= 1, name)
}
