import t from 'tap'
import { EARLIER, SECRET, seedAllKinds } from '../support/all-kinds.ts'
import { positionsOf, startTestApp } from '../support/app.ts'
import { auditor, FRAMEWORK, QAZVIN, registrar, viewer, YAZD } from '../support/rehearsal.ts'

/** Lists that something new may come into while somebody reads them, page by page. */
const LISTS = [
  '/v1/units',
  '/v1/frameworks',
  '/v1/evaluations?period=1401',
  `/v1/frameworks/${EARLIER}/coverage`,
  `/v1/frameworks/${EARLIER}/nodes/H/evaluations`,
  `/v1/evaluations/${EARLIER}.qazvin/trail`,
  `/v1/evaluations/${EARLIER}.qazvin/events`,
  '/v1/league?period=1401',
  '/v1/units/yazd/ranks',
  '/v1/discrepancies?period=1401',
  '/v1/trail?period=1401',
  '/v1/trail?period=1401&revised=true',
  `/v1/evaluations/${EARLIER}.qazvin/trail?order=newest`,
  '/v1/events',
  '/v1/events?order=newest',
  `/v1/events?type=ScoreRecorded`,
  `/v1/events?stream=evaluation-${EARLIER}.qazvin&order=newest`
]

const withQuery = (url: string, query: string) => `${url}${url.includes('?') ? '&' : '?'}${query}`

t.test('pages stay in the moment of the first one while new events come', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const before = new Map<string, unknown[]>()
  const pages = new Map<string, { items: unknown[]; next: string | null; asOf: unknown }>()
  for (const url of LISTS) {
    before.set(url, (await app.read(auditor, withQuery(url, 'limit=500'))).items)
    pages.set(url, await app.read(auditor, withQuery(url, 'limit=1')))
  }
  await meanwhile(app)
  for (const url of LISTS) {
    let page = pages.get(url)
    const { asOf } = page ?? {}
    const seen = [...(page?.items ?? [])]
    for (let pageNumber = 2; page?.next; pageNumber++) {
      // The filter may be sent again, or left to the cursor.
      const address = pageNumber % 2 === 0 ? url : (url.split('?')[0] ?? '')
      page = await app.read(auditor, withQuery(address, `limit=1&cursor=${page.next}`))
      t.strictSame(page?.asOf, asOf, `${url}: page ${pageNumber} is of the same moment`)
      seen.push(...(page?.items ?? []))
    }
    t.strictSame(seen, before.get(url), `${url}: nothing twice, nothing left out`)
  }
})

/** New things that come first in every one of the lists, and changes of what is in them. */
async function meanwhile({ act }: Awaited<ReturnType<typeof startTestApp>>): Promise<void> {
  const source = { document: 'The report of 1401', place: 'table 7' }
  await act(registrar, 'register-unit', { unit: 'alborz', name: { fa: 'البرز' }, kind: 'directorate' })
  await act(registrar, 'reclassify-unit', { unit: 'yazd', groups: [], reason: 'none' })
  const nodes = [{ code: 'A', parent: null, kind: 'set', title: { fa: 'الف' }, ceiling: '1' }]
  const period = { id: '1390', title: { fa: '۱۳۹۰' }, startsOn: '2011-03-21', endsOn: '2012-03-19' }
  const older = { framework: '1390-rehearsal', period, title: { fa: '-' }, issuedBy: 'organisation', nodes }
  await act(registrar, 'publish-framework', { ...older, notApplicable: 'remove' })
  await act(registrar, 'open-evaluation', { unit: 'alborz', framework: EARLIER, origin: 'imported' })
  const score = (unit: string, node: string, points: string) =>
    act(registrar, 'record-score', { evaluation: `${EARLIER}.${unit}`, node, level: 'final', points, source })
  await score('alborz', 'H', '100')
  await score('yazd', 'H.1.b', '40')
  await score('qazvin-city', 'H', '1')
  await act(registrar, 'reopen-evaluation', {
    evaluation: `${EARLIER}.qazvin`,
    reason: 'a slip',
    authority: { body: 'council', number: '1', date: '2024-05-01' }
  })
}

t.test('a cursor that says a place no list has is refused', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  for (const list of ['/v1/discrepancies', '/v1/evaluations', '/v1/trail']) {
    const { next } = await app.read(auditor, `${list}?limit=1`)
    const cursor = JSON.parse(Buffer.from(next, 'base64url').toString())
    const place = list === '/v1/discrepancies' ? JSON.parse(cursor.after) : {}
    const wrong = [
      '',
      'x',
      '-1',
      '[]',
      '{}',
      'null',
      JSON.stringify({ ...place, from_position: 'x', size_group: 0.5 })
    ]
    for (const after of list === '/v1/discrepancies' ? ['1', ...wrong] : wrong) {
      const forged = Buffer.from(JSON.stringify({ ...cursor, after })).toString('base64url')
      const answer = await app.get(auditor, `${list}?cursor=${forged}`)
      t.match([answer.statusCode, answer.json().code], [400, 'bad-cursor'], `${list} after ${after}`)
    }
    t.equal((await app.get(auditor, `${list}?cursor=${next}`)).statusCode, 200)
  }
})

t.test('of a list only the page that is asked for is put together', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const { store } = app
  const readStream = store.readStream
  const read: string[] = []
  store.readStream = (stream, options) => {
    if (stream.startsWith('evaluation-')) read.push(stream)
    return readStream.call(store, stream, options)
  }
  const position = (await positionsOf(app)).at(-1)
  // What has not moved since then is at hand; these have, with what they are judged by.
  const put = [{ code: 'Z', parent: null, kind: 'set', title: { fa: 'ی' }, ceiling: '1' }]
  await app.act(registrar, 'amend-framework', { framework: EARLIER, put, remove: [], reason: 'added' })
  const list = `/v1/frameworks/${EARLIER}/nodes/H/evaluations?asOf=${position}`
  const whole = await app.read(auditor, list)
  const all = read.splice(0)
  t.ok(whole.items.length > 1 && all.length === whole.items.length, `${all.length} evaluations`)
  const first = await app.read(auditor, `${list}&limit=1`)
  t.strictSame([first.items, read.length], [whole.items.slice(0, 1), 1])
})

t.test('an answer waits for what its reader has just written', async (t) => {
  const app = await startTestApp(t)
  const unit = { unit: 'qom', name: { fa: 'قم' }, kind: 'directorate' }
  const done = await app.command(registrar, 'register-unit', unit)
  const position = String(done.headers['ledger-position'])
  const { items, asOf } = await app.read(viewer, `/v1/units?waitFor=${position}`)
  t.match(items, [{ unit: 'qom' }])
  t.equal(asOf.position, position)
  const answer = await app.get(viewer, '/v1/units/qom')
  t.equal(answer.headers['ledger-position'], position)
  t.ok(Date.parse(asOf.at) <= Date.now() && asOf.at.endsWith('Z'))
})

t.test('lists as tables, events as lines', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const csv = (path: string, who = auditor) => app.get(who, path, { accept: 'text/csv' })
  const league = await csv('/v1/league?period=1402')
  t.match(league.headers['content-type'], 'text/csv')
  const [head, first, ...others] = league.payload.trimEnd().split('\n')
  t.match(
    head,
    /^\ufeffrank,unit,name\.fa,name\.en,evaluation,points,self,ceiling,percent/,
    'with a byte-order mark'
  )
  t.match(first, `1,qazvin,قزوین,,${QAZVIN},73,75,100,73.00`)
  t.equal(others.length, 1)
  const card = await csv(`/v1/evaluations/${YAZD}`, viewer)
  t.match(card.payload, /\nG\.2\.b,G\.2,indicator,/)
  t.notMatch(card.payload, SECRET, 'a table hides what the document hides')
  const paged = await csv('/v1/evaluations?limit=1')
  const next = /<([^>]+)>; rel="next"/.exec(String(paged.headers.link))?.[1] ?? ''
  t.match((await csv(next)).payload, `${FRAMEWORK}.qazvin`, 'the link leads to the next page')

  const lines = async (path: string) =>
    (await app.get(auditor, path, { accept: 'application/x-ndjson' })).payload
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  const ledger = await lines('/v1/events')
  t.strictSame(
    ledger.map(({ sequence }) => BigInt(sequence)),
    await positionsOf(app)
  )
  t.match(ledger[0], {
    specversion: '1.0',
    source: '/units/organisation',
    type: 'ir.karnameh.unit-registered.v1'
  })
  const own = await lines(`/v1/evaluations/${QAZVIN}/events`)
  t.strictSame(
    own,
    ledger.filter(({ source }) => source === `/evaluations/${QAZVIN}`)
  )
  const [, , , fourth] = own
  const past = await lines(`/v1/evaluations/${QAZVIN}/events?asOf=${fourth.sequence}`)
  t.strictSame(past, own.slice(0, 4), 'as of a position')
})

/** Every list that can be a table, each with a filter that finds nothing, where there is one. */
const TABLES: [url: string, nothing: string | null][] = [
  ['/v1/units?', 'kind=fund'],
  ['/v1/frameworks?', 'series=none'],
  ['/v1/evaluations?', 'period=none'],
  ['/v1/league?period=1402&', 'group=nobody'],
  ['/v1/units/qazvin/ranks?', 'period=none'],
  ['/v1/trail?', 'unit=nowhere'],
  [`/v1/evaluations/${QAZVIN}/trail?`, 'type=None'],
  ['/v1/discrepancies?', 'unit=nowhere'],
  ['/v1/discrepancies/statistics?', 'unit=nowhere'],
  ['/v1/appeals?', 'period=none'],
  ['/v1/appeals/statistics?', 'period=none'],
  ['/v1/duties?', 'unit=nowhere'],
  ['/v1/events?', 'type=None'],
  [`/v1/frameworks/${FRAMEWORK}/nodes/G.1.a/evaluations?`, 'asOf={15}'],
  [`/v1/frameworks/${FRAMEWORK}/coverage?`, null]
]

/** What a row says, by the dotted names of its members. */
function membersIn(row: object, prefix = ''): string[] {
  return Object.entries(row).flatMap(([name, member]) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? membersIn(member, `${prefix}${name}.`)
      : [prefix + name]
  )
}

t.test('a table has the same head on all of its pages, and if it is empty', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const csv = async (path: string): Promise<{ head: string; next: string | undefined }> => {
    const { payload, headers } = await app.get(auditor, path, { accept: 'text/csv' })
    const next = /cursor=([^>]+)>; rel="next"/.exec(String(headers.link))?.[1]
    return { head: payload.split('\n')[0] ?? '', next }
  }
  const positions = await positionsOf(app)
  for (const [url, filter] of TABLES) {
    const list = url.split('?')[0]
    const nothing = filter?.replace(/\{(\d+)\}/, (_, n) => String(positions[n - 1]))
    const { items } = await app.read(auditor, `${url}limit=500`)
    t.ok(items.length > 0, `${url} lists something`)
    if (nothing) t.strictSame((await app.read(auditor, url + nothing)).items, [], `${nothing} finds nothing`)
    const { head } = await csv(url + (nothing ?? ''))
    const heads = new Set([head])
    for (let page = await csv(`${url}limit=7`); ; page = await csv(`${list}?limit=7&cursor=${page.next}`)) {
      heads.add(page.head)
      if (page.next === undefined) break
    }
    t.strictSame([...heads], [head], url)
    const columns = head.replace('\ufeff', '').split(',')
    const isThere = (member: string) =>
      columns.some((name) => `${name}.`.startsWith(`${member}.`) || `${member}.`.startsWith(`${name}.`))
    const members = new Set<string>(items.flatMap((item: object) => membersIn(item)))
    t.strictSame(
      [...members].filter((member) => !isThere(member)),
      [],
      `${url} leaves nothing out`
    )
  }
})
