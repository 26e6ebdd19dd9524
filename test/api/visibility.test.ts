import t, { type Test } from 'tap'
import { CITY, EARLIER, member, ofQazvin, ofYazd, SECRET, seedAllKinds } from '../support/all-kinds.ts'
import { startTestApp, type TestApp, type Who } from '../support/app.ts'
import { everyRead, type Read } from '../support/every-read.ts'
import { expert, panelist, QAZVIN, registrar, viewer, YAZD } from '../support/rehearsal.ts'

/** What only those who see a unit whole can read. */
const RAW = /^\/v1\/(events.*|operations|evaluations\/[^/]+\/events|appeals.*|duties)$/

/** Everything somebody is answered at an address, headers included, in every form that it has. */
async function shown({ get }: TestApp, who: Who, { url, offersCsv }: Read): Promise<string[]> {
  const forms = [
    'application/json',
    ...(offersCsv ? ['text/csv'] : []),
    ...(RAW.test(url) ? ['application/x-ndjson'] : [])
  ]
  return Promise.all(
    forms.map(async (accept) => {
      const { statusCode, payload, headers } = await get(who, url, { accept })
      return `${statusCode} ${payload} ${JSON.stringify(headers)}`
    })
  )
}

t.test('who sees what, at every address', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const reads = await everyRead(app)
  const strangers: Who[] = [viewer, panelist, { id: 'a-1', role: 'assessor', units: ['elsewhere'] }]
  for (const who of strangers) {
    for (const read of reads) {
      for (const text of await shown(app, who, read)) {
        t.notMatch(text, SECRET, `${who.role} reads ${read.url}`)
        if (RAW.test(read.url)) t.match(text, /^404 /, `to the ${who.role} there is no ${read.url}`)
      }
    }
  }
  await t.test('searching for what is withheld finds nothing', (t) => searches(t, app))
  await t.test('the course of an appeal is not for readers of figures', (t) => courses(t, app))
  await t.test('a unit sees its own and what is below it whole, of others the figures', (t) =>
    ofUnits(t, app, reads)
  )
  await t.test('a panel sees the whole file of its case', (t) => ofPanel(t, app))
  await t.test('reading does not make a writer', (t) => writing(t, app))
})

async function searches(t: Test, { read }: TestApp): Promise<void> {
  const queries = ['actor=zxzx-e', 'letter=zxzx/77', 'reasonCode=other', 'reasonCode=evidence-insufficient']
  for (const query of queries) {
    t.strictSame((await read(viewer, `/v1/trail?${query}`)).items, [], query)
    const { items } = await read(expert, `/v1/trail?${query}`)
    t.ok(items.length > 0, `an expert finds ${query}`)
  }
  t.strictSame((await read(viewer, `/v1/evaluations/${QAZVIN}/trail?actor=zxzx-a`)).items, [])
  const own = await read(ofYazd, '/v1/trail?actor=zxzx-e')
  t.strictSame([...new Set(own.items.map(({ unit }: { unit: string }) => unit))], ['yazd'])
}

/** Of an appeal, readers of figures know its state on the scorecard and what its decision moved; not its course. */
async function courses(t: Test, { read }: TestApp): Promise<void> {
  const typesIn = async (who: Who, path: string, list: string): Promise<string[]> =>
    (await read(who, path))[list].map(({ type }: { type: string }) => type)
  const course = (types: string[]) => types.filter((type) => /^(Appeal(?!Decided)|Panel|Evidence)/.test(type))
  const { items } = await read(expert, '/v1/appeals')
  for (const { evaluation, node } of items) {
    const views: [string, string][] = [
      [`/v1/evaluations/${evaluation}/trail?limit=500`, 'items'],
      [`/v1/evaluations/${evaluation}/nodes/${node}`, 'steps'],
      [`/v1/evaluations/${evaluation}/changes?from=0`, 'events']
    ]
    for (const [path, list] of views) {
      t.strictSame(course(await typesIn(viewer, path, list)), [], path)
      t.ok(course(await typesIn(expert, path, list)).length > 0, `an expert sees it at ${path}`)
    }
  }
  t.ok(items.length > 0)
}

async function ofUnits(t: Test, app: TestApp, reads: readonly Read[]): Promise<void> {
  const wholes = (evaluation: string) =>
    reads.filter(({ url }) => url.startsWith(`/v1/evaluations/${evaluation}/`))
  for (const evaluation of [YAZD, `${EARLIER}.yazd`]) {
    for (const read of wholes(evaluation)) {
      for (const text of await shown(app, ofQazvin, read))
        t.notMatch(text, SECRET, `Qazvin reads ${read.url}`)
    }
  }
  const { nodes } = await app.read(ofYazd, `/v1/evaluations/${YAZD}`)
  t.match(
    nodes.find(({ code }: { code: string }) => code === 'G.1.b').blank,
    { reason: SECRET },
    'its own reasons'
  )
  for (const [who, evaluation] of [
    [ofQazvin, QAZVIN],
    [ofQazvin, CITY],
    [{ ...ofQazvin, units: ['organisation'] }, YAZD]
  ] as const) {
    const { items } = await app.read(who, `/v1/evaluations/${evaluation}/events`)
    t.match(items[0], { type: 'EvaluationOpened' }, `${who.units} reads the events of ${evaluation}`)
    t.match((await app.read(who, `/v1/evaluations/${evaluation}/trail`)).items[0].by, SECRET)
  }
  for (const evaluation of [YAZD, `${EARLIER}.yazd`]) {
    t.equal((await app.get(ofQazvin, `/v1/evaluations/${evaluation}/events`)).statusCode, 404)
  }
  t.equal(
    (await app.get({ ...ofQazvin, units: ['qazvin-city'] }, `/v1/evaluations/${QAZVIN}/events`)).statusCode,
    404
  )
}

async function ofPanel(t: Test, { get, read }: TestApp): Promise<void> {
  const why = await read(member, `/v1/evaluations/${QAZVIN}/nodes/G.1.a`)
  t.match(why.steps.at(-1), {
    type: 'AppealDecided',
    reason: SECRET,
    delta: '2.5',
    before: '12.5',
    after: '15'
  })
  t.equal((await get(member, `/v1/evaluations/${QAZVIN}/events`)).statusCode, 200)
  t.equal((await get(member, `/v1/evaluations/${YAZD}/events`)).statusCode, 404, 'of no other case')
  t.notMatch((await get(member, `/v1/evaluations/${YAZD}/trail`)).payload, SECRET)
  t.equal((await get(member, '/v1/events')).statusCode, 404)
  const namesake: Who = { ...member, role: 'viewer' }
  t.equal((await get(namesake, `/v1/evaluations/${QAZVIN}/events`)).statusCode, 404, 'nor in another role')
}

async function writing(t: Test, { command, get, read }: TestApp): Promise<void> {
  const claim = { evaluation: YAZD, node: 'G.1.b', measurement: { numerator: '1' } }
  const cases: [who: Who, name: string, body: object, code: string][] = [
    [ofQazvin, 'enter-self-score', claim, 'not-your-unit'],
    [{ ...ofYazd, units: ['organisation'] }, 'enter-self-score', claim, 'not-your-unit'],
    [expert, 'enter-self-score', claim, 'forbidden-role'],
    [registrar, 'confirm-scores', { evaluation: YAZD, rest: true }, 'forbidden-role'],
    [ofQazvin, 'submit-self-assessment', { evaluation: YAZD }, 'not-your-unit'],
    [{ ...expert, units: ['yazd'] }, 'confirm-scores', { evaluation: YAZD, nodes: ['G.1.a'] }, 'own-unit']
  ]
  for (const [who, name, body, code] of cases) {
    t.match(
      (await command(who, name, body)).json(),
      { status: 403, code },
      `${who.role} of ${who.units}: ${name}`
    )
  }
  const { items } = await read(registrar, '/v1/appeals?unit=qazvin')
  const acts: [who: Who, name: string, body: object][] = [
    [ofYazd, 'escalate-appeal', { grounds: 'g' }],
    [ofYazd, 'provide-appeal-information', { answer: 'a' }],
    [ofYazd, 'withdraw-appeal', { reason: 'r' }],
    [{ ...member, id: 'p-0' }, 'request-appeal-information', { of: 'unit', question: 'q' }],
    [{ ...member, id: 'p-0' }, 'decide-appeal', { outcome: 'rejected', reasons: 'r' }]
  ]
  for (const [who, name, body] of acts) {
    const told = async (appeal: string) => {
      const { title, status, code } = (
        await command(who, name, { evaluation: QAZVIN, appeal, ...body })
      ).json()
      return { title, status, code }
    }
    const unknown = await told('01J00000000000000000000000')
    t.match(unknown, { status: 404, code: 'unknown-appeal' })
    t.strictSame(await told(items[0].appeal), unknown, `${name} tells nobody that there is an appeal`)
  }
  for (const role of ['viewer', 'auditor', 'panelist'] as const) {
    const { json } = await command({ id: 'x-1', role }, 'open-evaluation', { nothing: 'of the form' })
    t.match(json(), { status: 403, code: 'forbidden-role' }, role)
  }
  for (const role of ['viewer', 'auditor'] as const) {
    t.strictSame((await get({ id: 'x-1', role }, '/v1/me')).json().commands, [], `${role} is told so`)
  }
}
