import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { caseTables, follow } from '../../projections/cases.ts'
import { createMemoryRows } from '../../projections/memory.ts'
import type { EventTypeName, LedgerEvent } from '../../src/events/catalogue.ts'
import type { Origin } from '../../src/events/forms.ts'
import { discrepanciesOf } from '../../src/rules/discrepancies.ts'
import { discrepancyChanges } from '../../src/rules/discrepancy-changes.ts'
import { DISCREPANCY_KINDS, type Found, identityOf, isSameFound } from '../../src/rules/discrepancy-row.ts'
import { touchedNodes } from '../../src/rules/discrepancy-touched.ts'
import { eventNumber, eventsOf, type Happening, node, opened, published, report } from '../support/history.ts'
import { randomHistory } from '../support/random-ledger.ts'

const cases = caseTables('test')

/** What a check has seen, so that one that sees nothing fails. */
const seen = { few: 0, none: 0, begun: new Set<string>(), ended: new Set<string>() }

/** Goes through a history by changes alone; after every event it must hold what looking at everything gives. */
function check(history: readonly LedgerEvent[]): void {
  const rows = createMemoryRows()
  const held = new Map<string, Map<string, Found>>()
  for (const event of history) {
    if (event.stream.startsWith('unit-')) continue
    const { changes, moved } = follow(cases, event, rows.get)
    rows.write(changes)
    for (const { before, after } of [...moved].flat()) {
      const { evaluation } = after.evaluation
      const open = held.get(evaluation) ?? new Map<string, Found>()
      held.set(evaluation, open)
      const touched = touchedNodes(event, before, after)
      if (touched) seen[touched.length === 0 ? 'none' : 'few'] += 1
      for (const { node, ended, begun } of discrepancyChanges(event, before, after)) {
        for (const row of ended) {
          assert.deepStrictEqual(open.get(identityOf(row)), row, 'what ended was open')
          open.delete(identityOf(row))
          seen.ended.add(row.kind)
        }
        for (const row of begun) {
          assert.equal(row.node, node)
          open.set(identityOf(row), row)
          seen.begun.add(row.kind)
        }
      }
      const found = discrepanciesOf(after)
      const all = new Map(found.map((row) => [identityOf(row), row]))
      assert.equal(all.size, found.length, 'no two of them say the same of one figure')
      assert.deepStrictEqual(new Map([...open].sort()), new Map([...all].sort()), event.type)
    }
  }
}

t.test('in what the commands let happen, changes add up to what looking at everything gives', async () => {
  fc.assert(fc.property(randomHistory(fc, 90), check), { numRuns: 60 })
})

/** Copies of a value in each of which one thing is other: a member, or a row of a list less. */
function* spoilt(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null)
    return yield typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value}x`
  yield null
  if (Array.isArray(value)) yield value.slice(1)
  for (const [name, member] of Object.entries(value))
    for (const other of spoilt(member)) yield Object.assign(structuredClone(value), { [name]: other })
}

t.test('rows are the same only where every member is', async (t) => {
  const row: Found = {
    kind: 'published-mismatch',
    class: 'material',
    node: 'a',
    level: 'final',
    measure: 'percent',
    expected: '50.00',
    found: '100',
    difference: '50.00',
    size: { group: 0, text: '15.0000000000' },
    ceiling: '30',
    basis: { of: 'roll-up', points: '15', ceiling: '30', partial: false, digits: 1 },
    events: [
      { event: eventNumber(1), side: 'for' },
      { event: eventNumber(2), side: 'against' }
    ],
    note: 'p. 7'
  }
  t.equal(isSameFound(row, structuredClone(row)), true)
  const others = [...spoilt(row)].filter((other): other is Found => other !== null)
  const isWhole = ({ size, events }: Found): boolean =>
    size !== null && events?.every((side) => side !== null)
  for (const other of others.filter(isWhole)) {
    t.equal(isSameFound(row, other), false, JSON.stringify(other))
    t.equal(isSameFound(other, row), false)
  }
  t.ok(others.length > 25)
})

const tree = [
  node('G', null, '100', { kind: 'set' }),
  node('A', 'G', '60', { kind: 'indicator', target: '7' }),
  node('a', 'A', '30', { kind: 'measure', target: '9', requiredEvidence: ['نامه', 'فهرست'] }),
  node('b', 'A', '30', { kind: 'measure', issuedOn: '2023-05-01' }),
  node('B', 'G', '40', { kind: 'indicator', notApplicable: 'spread' }),
  node('S', null, '50', { kind: 'set' })
]
const CODES = ['G', 'A', 'a', 'b', 'B', 'S', 'a', 'b', 'total', 'x'] as const
const INNER = ['G', 'A', 'a', 'b', 'B', 'S', 'a', 'b', 'a'] as const
const ulid = (n: number): string => `01J${String(n).padStart(23, '0')}`

/** One thing out of a list, the next one each time. */
function dice(number: number) {
  let rest = number
  return <T>(sides: readonly T[]): T => {
    const side = sides[rest % sides.length] as T
    rest = Math.floor(rest / sides.length)
    return side
  }
}
type Dice = ReturnType<typeof dice>

const POINTS = ['0', '5', '5', '10', '15', '30'] as const
const who = (choose: Dice) => ({ by: { id: choose(['e-1', 'e-2']), role: 'expert' as const } })
const measured = (choose: Dice) =>
  choose([{}, {}, { measurement: { numerator: '3', target: choose(['7', '8', '9']) } }])
const proved = (choose: Dice) => ({ evidence: choose([[], [], [ulid(1)]]) })

type Made = (choose: Dice, n: number) => Happening

const about = (type: EventTypeName, data: (choose: Dice) => object): Made => {
  // The schema of the type is what says whether the data is of it.
  return (choose) => ({ type, data: data(choose), ...who(choose) }) as Happening
}
const onNode = (type: EventTypeName, data: (choose: Dice) => object = () => ({})): Made =>
  about(type, (choose) => ({ node: choose(INNER), ...data(choose) }))

/** The appeals that were filed have the numbers of their happenings; most of these name one. */
const appealed = (choose: Dice) => ({ appeal: ulid(choose(Array.from({ length: 40 }, (_, n) => n))) })
const filed: Made = (choose, n) => ({
  type: 'AppealFiled',
  data: {
    appeal: ulid(n),
    node: choose(INNER),
    claim: choose([
      { points: '20' },
      { points: '20', measurement: { numerator: '3', target: choose(['7', '8']) } }
    ]),
    disputed: { points: null, applicable: true, event: null },
    grounds: 'g',
    evidence: []
  }
})
const attached: Made = (choose, n) => ({
  type: 'EvidenceAttached',
  data: {
    evidence: ulid(n),
    nodes: [choose(INNER), choose(INNER)],
    kind: 'link',
    title: { fa: 'سند' },
    afterSubmission: false
  },
  ...who(choose)
})
const ended: Made = (choose) => ({
  type: 'EvaluationFinalised',
  data: {
    nodes: INNER.slice(0, 6).map((code) => ({
      node: code,
      points: choose([null, '5', '10']),
      applicable: true,
      event: eventNumber(1)
    })),
    total: { points: '55', applicableCeiling: '70' },
    basis: 'lapsed',
    decidedAt: '9'
  }
})
const authority = { body: 'council', number: '1', date: '2024-05-01' }
const printed = (choose: Dice) => {
  const figure = choose([
    { points: choose(POINTS) },
    { percent: choose(['50', '75']) },
    { ceiling: '60', points: '30', percent: '50.1' },
    { count: '2' }
  ])
  const level = choose([{}, { level: 'self' }, { level: 'expert' }, { level: 'final' }])
  return { about: { node: choose(CODES) }, ...level, ...figure, printed: '-', source: report }
}
const amended: Made = (choose) => {
  const late = choose([{}, { issuedOn: '2023-06-01' }])
  const child = node(choose(['c', 'd', 'b', 'A']), choose(['a', 'S', 'G']), choose(['10', '60']), late)
  const setting = node('B', 'G', choose(['40', '50']), { notApplicable: choose(['spread', 'remove']) })
  const data = { put: choose([[], [child], [child, setting]]), remove: choose([[], [], ['b']]), reason: 'r' }
  return { type: 'FrameworkAmended', data, on: 'framework-1402-x' }
}

const claims = onNode('SelfScoreEntered', (c) => ({ points: c(POINTS), ...measured(c), ...proved(c) }))
const records = onNode('ScoreRecorded', (c) => {
  const level = c(['self', 'expert', 'final'])
  return { level, points: c(POINTS), source: report, ...measured(c) }
})
const overrides = onNode('ScoreOverridden', (c) => ({
  points: c(POINTS),
  previous: null,
  reasonCode: 'other',
  reason: 'r',
  ...proved(c),
  ...measured(c)
}))
const confirms = onNode('ScoreConfirmed', (c) => ({ points: c(POINTS), confirms: eventNumber(1) }))
const MADE: readonly Made[] = [
  claims,
  claims,
  claims,
  records,
  overrides,
  overrides,
  confirms,
  confirms,
  attached,
  attached,
  filed,
  ended,
  amended,
  amended,
  about('FigurePublished', printed),
  onNode('TargetAssigned', (c) => ({ target: c(['7', '8']) })),
  onNode('NotApplicableGranted', () => ({ reasonCode: 'not-stated' })),
  onNode('NotApplicableRevoked', () => ({ reasonCode: 'data-corrected', reason: 'r' })),
  about('ReturnedForCorrection', (c) => ({ nodes: [c(INNER)], reason: 'r' })),
  onNode('NotApplicableClaimed', () => ({ reasonCode: 'no-subject', reason: 'r', evidence: [] })),
  onNode('NotApplicableRefused', () => ({ reasonCode: 'other' })),
  about('SelfAssessmentSubmitted', (c) => ({
    frameworkRevision: '0',
    blank: c([[], [{ node: c(INNER), reason: 'r' }]])
  })),
  about('EvaluationReopened', () => ({ reason: 'r', authority })),
  about('AppealWithdrawn', (c) => ({ ...appealed(c), reason: 'r' })),
  about('AppealDecided', (c) => ({
    ...appealed(c),
    instance: 1,
    outcome: 'upheld',
    ...c([
      {},
      { points: '10' },
      { points: '15', ...measured(c) },
      { applicable: true },
      { applicable: false }
    ]),
    reasons: 'r',
    evidenceConsidered: [],
    present: []
  }))
]

/** Whatever the events can say, in any order: far more than the commands let happen. */
const anything = fc
  .record({
    origin: fc.constantFrom<Origin>('live', 'imported'),
    isLate: fc.boolean(),
    numbers: fc.array(fc.nat(2 ** 31 - 1), { minLength: 20, maxLength: 40, size: 'max' })
  })
  .map(({ origin, isLate, numbers }) => {
    const evaluation = '1402-x.qazvin'
    const made = numbers.map((number, n): Happening => {
      const choose = dice(number)
      return { on: `evaluation-${evaluation}`, ...choose(MADE)(choose, n) }
    })
    const issued = isLate ? { issuedOn: '2023-03-30' } : {}
    return eventsOf([published('1402-x', tree, issued), opened('1402-x', 'qazvin', { origin }), ...made])
  })

t.test('in whatever events can say, changes add up to what looking at everything gives', async (t) => {
  fc.assert(fc.property(anything, check), { numRuns: 1_000 })
  t.strictSame([...seen.begun].sort(), [...DISCREPANCY_KINDS].sort(), 'every kind was found')
  t.strictSame([...seen.ended].sort(), [...DISCREPANCY_KINDS].sort(), 'and ended')
  t.ok(seen.none > 500 && seen.few > 2_000, 'most events touch nothing or some nodes')
})
