import fc from 'fast-check'
import t, { type Test } from 'tap'
import { z } from 'zod'
import type { Role } from '../../src/events/forms.ts'
import { Problem } from '../../src/http/problem.ts'
import { refusals } from '../../src/refusals.ts'
import { CITY, EARLIER, member, ofQazvin, ofYazd, seedAllKinds } from '../support/all-kinds.ts'
import { type Answer, type Headers, startTestApp, type TestApp, type Who } from '../support/app.ts'
import { commandBodies } from '../support/command-bodies.ts'
import {
  anyOfSchema,
  anyWord,
  type Parameter,
  type Pools,
  percent,
  queryOf,
  type Schema,
  spoiled
} from '../support/fuzz.ts'
import { auditor, expert, FRAMEWORK, QAZVIN, registrar, viewer, YAZD } from '../support/rehearsal.ts'

/*
 * Every route of the API's own description, asked with whatever its schemas allow and some things that they do not: it
 * never answers that something went wrong inside, every answer is of its schema, every no is a problem document.
 */

const CASES = Number(process.env.KARNAMEH_FUZZ_CASES ?? (process.env.CI ? 500 : 40))

interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  'x-who': 'public' | 'anyone' | Role[]
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

interface Route extends Operation {
  method: 'GET' | 'POST'
  path: string
}

interface Asked {
  who: Who | null
  url: string
  headers: Headers
  payload: string | undefined
}

const PEOPLE: readonly (Who | null)[] = [
  ...[auditor, registrar, expert, ofQazvin, ofYazd, member, viewer, { id: 'x', role: 'assessor' } as const],
  null
]
/** To these there is no live feed, which would never end. */
const OUTSIDERS = PEOPLE.filter((who) => who === null || /assessor|panelist|viewer/.test(who.role))
const LIVE = '/v1/events/live'

async function poolsOf({ read }: TestApp): Promise<Pools & { appeal: readonly string[] }> {
  const { items, asOf } = await read(auditor, '/v1/appeals')
  const { items: trail } = await read(auditor, '/v1/trail?limit=500')
  const appeals: string[] = items.map(({ appeal }: { appeal: string }) => appeal)
  const units = ['qazvin', 'yazd', 'qazvin-city', 'organisation']
  const frameworks = [FRAMEWORK, EARLIER]
  const positions = ['0', '1', '7', asOf.position]
  const evidence = trail.flatMap((row: { evidence: string[] }) => row.evidence).slice(0, 5)
  const nodes = [
    'G',
    'G.1',
    'G.1.a',
    'G.1.b',
    'G.1.c',
    'G.2.a',
    'G.2.b',
    'H',
    'H.1',
    'H.1.a',
    'H.2.b',
    'total'
  ]
  return {
    ...{
      unit: units,
      parent: units,
      framework: frameworks,
      node: nodes,
      code: [...nodes, ...Object.keys(refusals)],
      evidence
    },
    ...{ evaluation: [QAZVIN, YAZD, CITY, `${EARLIER}.qazvin`, `${EARLIER}.yazd`], appeal: appeals },
    ...{ period: ['1401', '1402'], series: ['rehearsal'], group: ['rehearsal'], province: ['qazvin'] },
    ...{ asOf: [...positions, '2024-01-01T00:00:00Z', '999999'], waitFor: positions, after: positions },
    ...{ from: ['0', '5', '2024-01-01T00:00:00Z'], to: positions, periods: ['1401', '1401,1402'] },
    ...{
      points: ['0', '5', '12.5', '19'],
      person: ['zxzx-p', 'e-17'],
      actor: ['zxzx-e'],
      panelist: ['zxzx-p']
    },
    ...{ command: ['override-score', 'register-unit', 'file-appeal'], schema: ['AppealFiled.v1', 'X.v1'] }
  }
}

const MEDIA = ['application/json', 'application/json', 'text/csv', 'application/x-ndjson, */*;q=0.1', '*/*']

const someHeaders: fc.Arbitrary<Headers> = fc.record(
  {
    accept: fc.constantFrom(...MEDIA, ...MEDIA, 'image/png', 'q=;'),
    'accept-language': fc.constantFrom('fa', 'en', 'de, fa;q=0.1', ';;'),
    'x-request-id': fc.constantFrom('mine', 'not mine!'),
    'last-event-id': fc.constantFrom('-1', 'x')
  },
  { requiredKeys: [] }
)

const sent: fc.Arbitrary<Headers> = fc
  .tuple(fc.nat({ max: 29 }), fc.constantFrom('"0"', '"3"', '*', 'W/"3"', '3'))
  .map(([number, tag]) => ({
    'content-type': number === 0 ? 'text/json' : 'application/json',
    ...(number < 4 && { 'if-match': tag })
  }))
let keys = 0

function requestsTo(route: Route, pools: Pools, appeal: string): fc.Arbitrary<Asked> {
  const { method, path, parameters = [], requestBody } = route
  const inQuery = parameters.filter((each) => each.in === 'query')
  const query = queryOf(inQuery, pools)
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const filled = fc
    .tuple(
      ...places.map((name) =>
        fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...(pools[name] ?? ['x'])) }, anyWord)
      )
    )
    .map((values) =>
      path.replace(/\{(\w+)\}/g, (_, name: string) => percent(values[places.indexOf(name)] ?? ''))
    )
  const { 'x-who': roles } = route
  const fitting = PEOPLE.filter((who) => who && Array.isArray(roles) && roles.includes(who.role))
  // Mostly those who may, so that more is asked than who they are.
  const who = fc.constantFrom(...(path === LIVE ? OUTSIDERS : [...PEOPLE, ...Array(6).fill(fitting).flat()]))
  const base = fc.record({ who, filled, query, headers: someHeaders })
  if (method === 'GET')
    return base.map(({ who, filled, query, headers }) => ({
      who,
      url: filled + query,
      headers,
      payload: undefined
    }))
  const schema = requestBody?.content['application/json']?.schema ?? {}
  const name = path.split('/').at(-1) ?? ''
  const right = (['registrar', 'assessor'] as const).flatMap(
    (role) => commandBodies(appeal, role)[name] ?? []
  )
  const body = fc.oneof(anyOfSchema(schema, '', pools), ...right.map(spoiled))
  const payload = fc.oneof(
    { weight: 20, arbitrary: body.map((value) => JSON.stringify(value) ?? '') },
    anyWord
  )
  // Most is only tried, so that the ledger stays one of all kinds.
  const tried = fc.constantFrom(
    '?dryRun=true',
    '?dryRun=true',
    '?dryRun=true',
    '?dryRun=true',
    '',
    '?dryRun=1'
  )
  return fc
    .tuple(base, payload, tried, sent)
    .map(([{ who, filled, query, headers }, payload, dry, type]) => ({
      who,
      url: filled + (path.startsWith('/v1/commands/') ? dry : query),
      headers: { ...headers, ...type, 'idempotency-key': `fuzz-${++keys}` },
      payload
    }))
}

/** What is wrong with an answer, or null. */
function fault(
  route: Route,
  check: (schema: Schema) => z.ZodType,
  { statusCode, headers, payload }: Answer
): string | null {
  if (statusCode >= 500) return `answers ${statusCode}`
  const type = String(headers['content-type']).split(';')[0] ?? ''
  if (statusCode >= 400) {
    const problem = type === 'application/problem+json' ? Problem.safeParse(JSON.parse(payload)) : null
    if (!problem?.success) return `says no without a problem document: ${type}`
    const { status, code } = problem.data
    return status === statusCode && Object.hasOwn(refusals, code) ? null : `says ${status} ${code}`
  }
  const content = route.responses[String(statusCode)]?.content
  if (!content) return route.path === '/metrics' ? null : `${statusCode} is not described`
  const schema = content[type]?.schema
  if (!schema) return `${type} is not described`
  if (type === 'text/csv') return payload.startsWith('\ufeff') ? null : 'is no table'
  if (type === 'application/x-ndjson')
    return payload.split('\n').every(isLine) ? null : 'has a line that is no JSON'
  const checked = check(schema).safeParse(JSON.parse(payload))
  return checked.success ? null : `does not fit its schema: ${checked.error.message}`
}

const isLine = (line: string): boolean => line === '' || line.startsWith('{"specversion":"1.0"')

async function fuzz(
  t: Test,
  app: TestApp,
  route: Route,
  pools: Pools & { appeal: readonly string[] }
): Promise<void> {
  const known = new Map<Schema, z.ZodType>()
  const check = (schema: Schema): z.ZodType => {
    const made = known.get(schema) ?? z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
    known.set(schema, made)
    return made
  }
  const statuses = new Map<number, number>()
  const property = fc.asyncProperty(requestsTo(route, pools, pools.appeal[0] ?? ''), async (asked) => {
    const { who, url, headers, payload } = asked
    const answer = await app.ask(who, url, {
      method: route.method,
      headers,
      ...(payload !== undefined && { payload })
    })
    statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
    const found = fault(route, check, answer)
    if (found) throw new Error(`${found}\n${answer.payload.slice(0, 2_000)}`)
  })
  const { failed, counterexample, errorInstance } = await fc.check(property, { numRuns: CASES })
  t.notOk(failed, `${route.method} ${route.path} ${JSON.stringify([...statuses].sort())}`, {
    ...(failed && { asked: counterexample, because: String(errorInstance) })
  })
}

t.test('whatever is asked, the answer is of its form', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  const { items } = await app.read(registrar, '/v1/appeals?status=open')
  const panel = { evaluation: QAZVIN, appeal: items[0].appeal, members: [member.id], chair: member.id }
  await app.act(registrar, 'assign-panel', panel)
  await app.settled()
  const pools = await poolsOf(app)
  const { paths } = (await app.ask(null, '/openapi.json')).json() as {
    paths: Record<string, Record<string, Operation>>
  }
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]): Route => ({
        ...operation,
        method: method === 'post' ? 'POST' : 'GET',
        path
      })
    )
  )
  t.ok(routes.length > 55, `${routes.length} routes`)
  for (const route of routes) await fuzz(t, app, route, pools)
})
