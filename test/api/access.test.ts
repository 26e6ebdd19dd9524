import t, { type Test } from 'tap'
import { commands } from '../../commands/catalogue.ts'
import type { Role } from '../../src/events/forms.ts'
import { routeAccess, withheldFields } from '../../src/http/access-table.ts'
import { EARLIER, member, SECRET, seedAllKinds } from '../support/all-kinds.ts'
import { type Answer, startTestApp, type Who } from '../support/app.ts'
import { commandBodies } from '../support/command-bodies.ts'
import { FRAMEWORK, QAZVIN, registrar } from '../support/rehearsal.ts'

/*
 * Who may call what and sees how much, written by hand and walked at the running server: every route, every role, and
 * units that are the subject's own, below it, above it, beside it, nobody's, or none at all.
 */

const RELATIONS = ['own', 'child', 'parent', 'other', 'absent', 'none'] as const
type Relation = (typeof RELATIONS)[number]

const UNITS: Record<'qazvin' | 'yazd', Record<Relation, string[]>> = {
  qazvin: {
    ...{ own: ['qazvin'], child: ['qazvin-city'], parent: ['organisation'], other: ['yazd'] },
    ...{ absent: ['atlantis'], none: [] }
  },
  yazd: {
    ...{ own: ['yazd'], child: ['yazd-city'], parent: ['organisation'], other: ['qazvin'] },
    ...{ absent: ['atlantis'], none: [] }
  }
}

const ROLES: Role[] = ['assessor', 'expert', 'panelist', 'registrar', 'auditor', 'viewer']

/**
 * W all there is, persons and reasons included; F figures alone; A all there is and nothing to withhold; else the
 * status. The six columns of an assessor are those of `RELATIONS`; `seat` is a panelist on a panel of the case. No
 * other role's answer depends on its units.
 */
interface Line {
  nobody: string
  assessor: [own: string, child: string, parent: string, other: string, absent: string, none: string]
  panelist: string
  seat: string
  expert: string
  registrar: string
  auditor: string
  viewer: string
}

const line = (text: string): Line => {
  const [nobody = '', own = '', child = '', parent = '', other = '', absent = '', none = '', ...rest] =
    text.split(/\s+/)
  const [panelist = '', seat = '', expert = '', registrar = '', auditor = '', viewer = ''] = rest
  const assessor: Line['assessor'] = [own, child, parent, other, absent, none]
  return { nobody, assessor, panelist, seat, expert, registrar, auditor, viewer }
}

// nobody | assessor: own child parent other absent none | panelist seat expert registrar auditor viewer
const PUBLIC = line('A A A A A A A A A A A A A')
const ALL = line('401 A A A A A A A A A A A A')
const CASE = line('401 W F W F F F F W W W W F')
/** Across the cases of a unit, where a panel of one sees no more than others of the rest. */
const FIGURES_OF_UNIT = line('401 W F W F F F F F W W W F')
const CASE_ONLY = line('401 W 404 W 404 404 404 404 W W W W 404')
/** A unit that has no case of its own sees an empty register, a unit that does not exist none. */
const REGISTER = line('401 W A W A 404 404 404 W W W W 404')
const LEDGER = line('401 404 404 404 404 404 404 404 404 W W W 404')
const OPERATIONS = line('401 404 404 404 404 404 404 404 404 A A A 404')
/** Lists over all cases have something that a unit above, below or beside may see whole. */
const TRAIL = line('401 W W W W F F F W W W W F')

const READS: Record<string, Line> = {
  '/health/live': PUBLIC,
  '/health/ready': PUBLIC,
  '/metrics': PUBLIC,
  '/openapi.json': PUBLIC,
  '/docs/': PUBLIC,
  '/problems/{code}': PUBLIC,
  '/schemas/{schema}': PUBLIC,
  '/.well-known/jwks.json': PUBLIC,
  '/v1/me': ALL,
  '/v1/units': ALL,
  '/v1/units/{unit}': ALL,
  '/v1/units/{unit}/comparison': ALL,
  '/v1/units/{unit}/ranks': ALL,
  '/v1/frameworks': ALL,
  '/v1/frameworks/{framework}': ALL,
  '/v1/frameworks/{framework}/coverage': ALL,
  '/v1/frameworks/{framework}/nodes/{node}/evaluations': CASE,
  '/v1/evaluations': ALL,
  '/v1/evaluations/{evaluation}': CASE,
  '/v1/evaluations/{evaluation}/trail': CASE,
  '/v1/evaluations/{evaluation}/nodes/{node}': CASE,
  '/v1/evaluations/{evaluation}/changes': ALL,
  '/v1/evaluations/{evaluation}/events': CASE_ONLY,
  '/v1/trail': TRAIL,
  '/v1/league': ALL,
  '/v1/discrepancies': FIGURES_OF_UNIT,
  '/v1/discrepancies/statistics': ALL,
  '/v1/appeals': REGISTER,
  '/v1/appeals/statistics': REGISTER,
  '/v1/appeals/{appeal}': CASE_ONLY,
  '/v1/duties': LEDGER,
  '/v1/events': LEDGER,
  '/v1/events/{event}': CASE_ONLY,
  '/v1/operations': OPERATIONS
}

/** Who may: an assessor of exactly the unit, an expert of no unit within it, anybody in the role, the panel's chair. */
const WRITES: Record<string, Partial<Record<Role, 'own' | 'outside' | 'any' | 'chair'>>> = {
  'register-unit': { registrar: 'any' },
  'reclassify-unit': { registrar: 'any' },
  'publish-framework': { registrar: 'any' },
  'amend-framework': { registrar: 'any' },
  'link-lineage': { registrar: 'any' },
  'open-evaluation': { registrar: 'any' },
  'assign-target': { registrar: 'any' },
  'assign-responsibility': { registrar: 'any' },
  'enter-self-score': { assessor: 'own' },
  'claim-not-applicable': { assessor: 'own' },
  'attach-evidence': { assessor: 'own', expert: 'any' },
  'submit-self-assessment': { assessor: 'own' },
  'return-for-correction': { expert: 'outside' },
  'confirm-scores': { expert: 'outside' },
  'override-score': { expert: 'outside' },
  'grant-not-applicable': { expert: 'outside', registrar: 'any' },
  'refuse-not-applicable': { expert: 'outside' },
  'revoke-not-applicable': { expert: 'outside', registrar: 'any' },
  'complete-review': { expert: 'outside' },
  'file-appeal': { assessor: 'own', registrar: 'any' },
  'file-case': { assessor: 'own', registrar: 'any' },
  'answer-appeal': { expert: 'outside' },
  'assign-panel': { registrar: 'any' },
  'request-appeal-information': { panelist: 'chair' },
  'provide-appeal-information': { assessor: 'own', expert: 'outside' },
  'decide-appeal': { panelist: 'chair' },
  'escalate-appeal': { assessor: 'own' },
  'withdraw-appeal': { assessor: 'own' },
  'waive-appeal': { assessor: 'own' },
  'finalise-evaluation': { registrar: 'any' },
  'reopen-evaluation': { registrar: 'any' },
  'record-score': { registrar: 'any' },
  'publish-figure': { registrar: 'any' }
}

/** What readers of figures never see. */
const WITHHELD =
  'actor answer authority by byUnits chair dissent evidence evidenceConsidered grounds letter members note onBehalf ' +
  'panel person present question reason reasonCode reasons ruleReference signatory'

/** The ledger of all kinds, a unit below Yazd, and a panel for an appeal that is open. */
async function prepared(t: Test) {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  const city = { unit: 'yazd-city', name: { fa: 'شهر یزد' }, kind: 'office', parent: 'yazd' }
  await app.act(registrar, 'register-unit', city)
  const { items } = await app.read(registrar, '/v1/appeals?status=open')
  const open: string = items[0].appeal
  const panel = { evaluation: QAZVIN, appeal: open, members: [member.id], chair: member.id }
  await app.act(registrar, 'assign-panel', panel)
  await app.settled()
  const overridden = await app.read(registrar, `/v1/trail?type=ScoreOverridden&unit=qazvin`)
  const event: string = overridden.items[0].event
  return { app, open, event }
}

type Prepared = Awaited<ReturnType<typeof prepared>>

const who = (role: Role, units: string[]): Who => ({ id: 'x-1', role, units })

async function completeness(t: Test, { app }: Prepared): Promise<void> {
  const { paths } = (await app.ask(null, '/openapi.json')).json()
  const described = Object.keys(paths).filter((path) => 'get' in paths[path] && path !== '/v1/events/live')
  const pages = ['/.well-known/jwks.json', '/docs/', '/openapi.json']
  t.strictSame(Object.keys(READS).sort(), [...described, ...pages].sort())
  t.strictSame(Object.keys(WRITES).sort(), commands.map(({ name }) => name).sort())
  const gets = Object.keys(routeAccess).filter((route) => route.startsWith('GET '))
  t.equal(
    gets.length,
    Object.keys(READS).length + 1,
    'the live feed is read over a socket, in a test of its own'
  )
  t.strictSame([...withheldFields].sort().join(' '), WITHHELD)
}

const PLACES: Record<string, string> = {
  code: 'stale',
  schema: 'AppealFiled.v1',
  unit: 'qazvin',
  framework: FRAMEWORK,
  evaluation: QAZVIN,
  node: 'G.1.a'
}
const QUERIES: Record<string, string> = {
  '/v1/league': '?period=1402',
  '/v1/discrepancies': '?unit=qazvin',
  '/v1/appeals/statistics': '?by=expert'
}

/** How the whole is told from figures where nothing that is withheld is somebody's words. */
const SIGNS: Record<string, RegExp> = { '/v1/discrepancies': /"note":"/ }

/** How much an answer shows. Whether there is something to withhold the hand-written line says. */
function seen({ statusCode, payload }: Answer, expected: string, sign: RegExp = SECRET): string {
  if (statusCode !== 200) return String(statusCode)
  if (expected === 'A') return 'A'
  return sign.test(payload) ? 'W' : 'F'
}

async function everyRead(t: Test, { app, open, event }: Prepared): Promise<void> {
  for (const [path, expected] of Object.entries(READS)) {
    const places: Record<string, string> = { ...PLACES, appeal: open, event }
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => places[name] ?? '') + (QUERIES[path] ?? '')
    const check = async (reader: Who | null, wanted: string) => {
      const answer = await app.ask(reader, url)
      t.equal(
        seen(answer, wanted, SIGNS[path]),
        wanted,
        `${url} for ${reader?.role} of ${reader?.units} (${reader?.id})`
      )
      // Whoever has a secret name is told so.
      if (wanted === 'A' && reader !== member) t.notMatch(answer.payload, SECRET, `${url}: ${reader?.role}`)
    }
    await check(null, expected.nobody)
    for (const [i, relation] of RELATIONS.entries()) {
      const units = UNITS.qazvin[relation]
      await check(who('assessor', units), expected.assessor[i] ?? '')
      for (const role of ['panelist', 'expert', 'registrar', 'auditor', 'viewer'] as const)
        await check(who(role, units), expected[role])
    }
    await check(member, expected.seat)
  }
  // Read by those who may, the feed would never end.
  for (const role of ['assessor', 'panelist', 'viewer'] as const)
    for (const relation of RELATIONS)
      t.equal((await app.get(who(role, UNITS.qazvin[relation]), '/v1/events/live')).statusCode, 404, role)
  t.equal((await app.ask(null, '/v1/events/live')).statusCode, 401)
}

async function nothingThere(t: Test, { app }: Prepared): Promise<void> {
  const absent: Record<string, string> = { ...PLACES, appeal: '01J00000000000000000000000' }
  Object.assign(absent, { unit: 'atlantis', framework: '1402-atlantis', evaluation: `${FRAMEWORK}.atlantis` })
  const paths = Object.keys(READS).filter((path) => /\{(unit|framework|evaluation|appeal)\}/.test(path))
  for (const path of paths)
    for (const role of ROLES)
      for (const units of [['atlantis'], ['qazvin'], []]) {
        const url = path.replace(/\{(\w+)\}/g, (_, name: string) => absent[name] ?? '')
        t.equal((await app.get(who(role, units), url)).statusCode, 404, `${url} for ${role} of ${units}`)
      }
}

/** Whether somebody may at all; what the rules of the case then say does not matter here. */
function allowed(answer: Answer): boolean | string {
  if (answer.statusCode === 403) return false
  if (answer.statusCode === 404) return '404'
  return [200, 409].includes(answer.statusCode) || answer.payload
}

async function everyCommand(t: Test, { app, open }: Prepared): Promise<void> {
  const send = (person: Who | null, name: string, body: object) =>
    app.ask(person, `/v1/commands/${name}?dryRun=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(body)
    })
  for (const [name, mayWho] of Object.entries(WRITES)) {
    for (const role of ROLES) {
      const body = commandBodies(open, role)[name] ?? {}
      const subject = JSON.stringify(body).includes('.qazvin"') ? 'qazvin' : 'yazd'
      for (const [i, relation] of RELATIONS.entries()) {
        const units = UNITS[subject][relation]
        const outside = relation !== 'own' && relation !== 'child'
        const rule = mayWho[role]
        const reads = role === 'assessor' ? CASE_ONLY.assessor[i] : CASE_ONLY[role]
        // Whoever may not read an appeal is not told either that there is one.
        const unseen = rule !== undefined && 'appeal' in body && reads === '404' && '404'
        const expected =
          unseen ||
          rule === 'any' ||
          (rule === 'own' && relation === 'own') ||
          (rule === 'outside' && outside)
        t.equal(allowed(await send(who(role, units), name, body)), expected, `${name}: ${role} of ${units}`)
      }
      if (mayWho[role] === 'chair') t.equal(allowed(await send({ ...member, role }, name, body)), true, name)
      if (!mayWho[role] || !('evaluation' in body)) continue
      const nowhere = { ...body, evaluation: `${EARLIER}.atlantis` }
      t.equal((await send(who(role, ['atlantis']), name, nowhere)).statusCode, 404, `${name}: nowhere`)
    }
    t.equal((await send(null, name, {})).statusCode, 401, `${name} without a token`)
  }
}

t.test('who may call what, and who sees which fields', async (t) => {
  const ready = await prepared(t)
  await t.test('the table has every route, and every field that is withheld', (t) => completeness(t, ready))
  await t.test('every read × role × unit', (t) => everyRead(t, ready))
  await t.test('what is not there is not there for anybody', (t) => nothingThere(t, ready))
  await t.test('every command × role × unit', (t) => everyCommand(t, ready))
})
