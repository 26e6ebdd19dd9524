import t from 'tap'
import { duties } from '../../projections/duties.ts'
import { listDuties } from '../../projections/duties-list.ts'
import { dutyFiles } from '../../projections/duty-tables.ts'
import type { Actor } from '../../src/events/envelope.ts'
import { fact, ulidNumber } from '../support/given.ts'
import { eventNumber, eventsOf, type Happening, opened, published } from '../support/history.ts'
import { projected } from '../support/projected.ts'
import {
  EVALUATION,
  entered,
  expert,
  inAppeal,
  live,
  nodes,
  overridden,
  registered,
  registrar,
  reopened
} from '../support/province.ts'

const appeal = ulidNumber(1)
const by = (id: string, role: Actor['role'], ...units: string[]): Actor => ({ id, role, units })
const other = by('r-6', 'registrar')

const filed = (who: Actor = by('a-3', 'assessor', 'qazvin')): Happening =>
  fact(
    'AppealFiled',
    {
      ...{ appeal, node: 'G.a.1', claim: { points: '35' }, grounds: 'the list is there', evidence: [] },
      disputed: { points: '30', applicable: true, event: null }
    },
    who
  )

/** Members by id, each with the units that were known. */
const panel = (members: Record<string, string[]>, who = other): Happening => {
  const named = Object.entries(members).map(([id, units]) => ({ id, units }))
  return fact('PanelAssigned', { appeal, instance: 1, members: named, chair: named[0]?.id ?? '' }, who)
}

const decided = (chair: string): Happening =>
  fact(
    'AppealDecided',
    { appeal, instance: 1, outcome: 'rejected', reasons: 'r', evidenceConsidered: [], present: [chair] },
    by(chair, 'panelist')
  )

const finalised = (who: Actor): Happening =>
  fact(
    'EvaluationFinalised',
    { nodes: [], total: { points: '90', applicableCeiling: '100' }, basis: 'decided', decidedAt: '12' },
    who
  )

const moved = (unit: string, parent: string): Happening => ({
  ...fact('UnitReclassified', { parent, reason: 'law of 1403' }, other),
  on: `unit-${unit}`
})

function listOf(t: Parameters<typeof projected>[0], ...more: Happening[]) {
  const reader = projected(t, duties, eventsOf([...inAppeal(), ...more]))
  return (at: bigint | null = null, filter: Parameters<typeof listDuties>[1] = {}) =>
    listDuties(reader, filter, at).map(({ kind, person, parts, notes }) =>
      [kind, person, ...parts.map(({ part, event }) => `${part}:${numberOf(event)}`), ...notes].join(' ')
    )
}

const numberOf = (event: string): number => {
  for (let n = 1; n < 40; n++) if (eventNumber(n) === event) return n
  return 0
}

// `inAppeal` is events 1 to 14; the appeal is filed at 15.

t.test('a panel of whom units are known and who did nothing else is no case', async (t) => {
  t.strictSame(listOf(t, filed(), panel({ 'p-4': ['tehran'] }), decided('p-4'), finalised(registrar))(), [])
})

t.test('a member nothing is known of, until something is', async (t) => {
  const list = listOf(t, filed(), panel({ 'p-4': [] }), decided('p-4'), {
    ...fact('UnitReclassified', { reason: 'r', groups: [] }, by('p-4', 'registrar', 'tehran')),
    on: 'unit-tehran'
  })
  t.strictSame(list(15n), [])
  t.strictSame(list(17n), ['unknown-affiliation p-4 member:16'])
  t.strictSame(list(), ['unknown-affiliation p-4 member:16 known'], 'it stays, and says so')
})

t.test('a member of whom a unit was stated, and at the next naming none', async (t) => {
  const list = listOf(t, filed(), panel({ 'p-4': ['tehran'] }), panel({ 'p-4': [] }))
  t.strictSame(list(16n), [])
  t.strictSame(list(), ['unknown-affiliation p-4 member:17 known'])
})

t.test('a member turns out to be of the unit, by a token or by the tree', async (t) => {
  const token = listOf(
    t,
    filed(),
    panel({ 'p-4': ['tehran'] }),
    fact('AppealWithdrawn', { appeal, reason: 'r' }, by('p-4', 'assessor', 'qazvin'))
  )
  t.match(token(null, { kind: 'panel-member-of-unit' }), [
    'panel-member-of-unit p-4 member:16 of-unit:17 came-out-later'
  ])
  const tree = listOf(
    t,
    filed(),
    panel({ 'p-4': ['tehran'] }),
    moved('tehran', 'qazvin-office'),
    moved('tehran', 'organisation')
  )
  t.strictSame(tree(16n), [])
  t.strictSame(tree(17n), ['panel-member-of-unit p-4 member:16 unit-moved:17 came-out-later'])
  t.strictSame(tree(), ['panel-member-of-unit p-4 member:16 unit-moved:17 came-out-later no-longer'])
})

t.test('what a member did elsewhere in the ledger counts too', async (t) => {
  const office: Happening = {
    ...fact('UnitReclassified', { reason: 'r', groups: [] }, by('p-4', 'registrar', 'qazvin-office')),
    on: 'unit-qazvin-office'
  }
  const list = listOf(t, office, filed(), panel({ 'p-4': [] }))
  t.strictSame(list(), [
    'panel-member-of-unit p-4 of-unit:15 member:17 elsewhere',
    'unknown-affiliation p-4 member:17 known'
  ])
})

t.test('whoever acted on the node, or named the panel, sits on it', async (t) => {
  const list = listOf(t, filed(), panel({ 'e-17': ['organisation'] }), panel({ 'r-6': ['organisation'] }))
  t.strictSame(list(16n), ['panel-member-acted e-17 judged:11 member:16'])
  t.strictSame(list(), [
    'panel-member-acted e-17 judged:11 member:16 left-panel',
    'assigned-own-panel r-6 assigned:16 member:17'
  ])
})

t.test('the unit and the evaluating side in one person', async (t) => {
  const later = by('e-17', 'assessor', 'qazvin')
  t.strictSame(listOf(t, filed(later))(), [
    'judge-of-unit e-17 judged:11 of-unit:15 came-out-later',
    'judged-own-appeal e-17 judged:11 appealed:15 came-out-later'
  ])
})

t.test('one registrar does what two should', async (t) => {
  const list = listOf(
    t,
    filed(registrar),
    panel({ 'p-4': ['tehran'] }, registrar),
    decided('p-4'),
    finalised(registrar),
    { ...reopened(), by: registrar },
    finalised(expert)
  )
  t.strictSame(list(), [
    'filed-and-assigned r-5 appealed:15 assigned:16',
    'assigned-and-finalised r-5 assigned:16 finalised:18',
    'filed-and-finalised r-5 appealed:15 finalised:18',
    'reopened-and-finalised r-5 finalised:18 reopened:19 came-out-later',
    'recorded-and-finalised e-17 judged:11 finalised:20'
  ])
  t.equal(list(null, { person: 'e-17' }).length, 1)
  t.equal(list(null, { kind: 'filed-and-finalised', unit: 'qazvin', evaluation: EVALUATION }).length, 1)
  t.strictSame(list(null, { unit: 'tehran' }), [])
})

t.test('an act long before many others is not forgotten, nor looked at without need', async (t) => {
  const person = by('a-9', 'assessor')
  const own = (code: string): Happening => ({ ...entered(code, '20'), by: person })
  const many = Array.from({ length: 20 }, () => own('G.b'))
  const judges = (code: string): Happening => ({ ...overridden(code, '10'), by: person })
  const events = eventsOf([...live(), own('G.a.1'), ...many, judges('G.a.2'), judges('G.a.1')])
  const reader = projected(t, duties, events)
  const kept = reader.get(dutyFiles, EVALUATION, 'a-9')
  t.match(kept, { pieces: 2 })
  t.ok((kept?.acts.length ?? 0) < 8, 'what is written again with each act stays small')
  t.strictSame(
    listDuties(reader, {}, null).map(({ kind, parts }) => [
      kind,
      ...parts.map(({ event }) => numberOf(event))
    ]),
    [['judged-own-claim', 7, 29]]
  )
})

t.test('whoever judged in many evaluations turns out to be of all of these units', async (t) => {
  const names = Array.from({ length: 40 }, (_, i) => `u-${i}`)
  const judge = by('e-9', 'expert', 'tehran')
  const events = eventsOf([
    ...names.map((unit, i) => registered(unit, names[i - 1])),
    published('1402-x', nodes),
    ...names.flatMap((unit): Happening[] => [
      opened('1402-x', unit, { origin: 'live' }),
      { ...overridden('G.b', '10'), by: judge }
    ]),
    { ...moved('tehran', 'u-0'), by: by('e-9', 'registrar', 'u-39') }
  ])
  const list = listDuties(projected(t, duties, events), {}, null)
  t.strictSame(list.map(({ unit }) => unit).sort(), names.toSorted())
  t.strictSame(new Set(list.map(({ kind }) => kind)), new Set(['judge-of-unit']))
})

t.test('any size of batches makes the same rows', async (t) => {
  const events = eventsOf([
    ...inAppeal(),
    filed(registrar),
    panel({ 'p-4': [], 'e-17': [] }, registrar),
    moved('tehran', 'qazvin'),
    panel({ 'p-6': ['tehran'] }),
    finalised(registrar)
  ])
  const dumps = [1, 2, 5, 100].map((batch) => projected(t, duties, events, batch).dump())
  t.match(dumps[0], /left-panel/)
  t.equal(new Set(dumps).size, 1)
})
