import t from 'tap'
import { caseAfter, caseEvents } from '../../projections/history.ts'
import { scorecardView } from '../../projections/scorecard-view.ts'
import { evaluationId } from '../../scripts/import/names.ts'
import { runImport } from '../../scripts/import/run.ts'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { bodies, handleOn, plan, raw, YEARS } from '../support/qazvin.ts'

async function ledgerOf(store: EventStore): Promise<StoredEvent[]> {
  const events: StoredEvent[] = []
  for await (const event of store.readAll(0n, [''])) events.push(event)
  return events
}

const imported = createMemoryStore()
const result = await runImport(handleOn(imported), plan.commands)

async function scorecardOf(year: string) {
  const subject = caseAfter(await caseEvents(imported, evaluationId(year), null))
  if (!subject) throw new Error(`${year} is not there`)
  const { total, nodes, ...rest } = scorecardView(subject)
  const node = (code: string) => (code === 'total' ? total : nodes.find((one) => one.code === code))
  return { ...rest, node, nodes }
}

t.test('the import passes the rules of everybody, and every year is final', async (t) => {
  t.equal(result.added, plan.commands.length, 'each of these commands appends one event')
  t.equal(result.found, 0)
  for (const year of YEARS) t.match(await scorecardOf(year), { stage: 'final', origin: 'imported' })
  const keys = plan.commands.map(({ key }) => key)
  t.equal(new Set(keys).size, keys.length)
  t.ok(keys.every((key) => /^[!-~]{1,128}$/.test(key)))
})

t.test('scores and the sums of them', async (t) => {
  const [before, , latest] = await Promise.all(YEARS.map(scorecardOf))
  t.match(latest?.node('G'), {
    final: { points: '839.12', own: false, percent: '83.91' },
    self: { points: '1000' }
  })
  t.match(latest?.node('S'), { final: { points: '910.12', own: false } })
  t.match(latest?.node('total'), { final: { points: '1749.24', percent: '87.46' }, partial: false })
  t.match(
    latest?.node('G3.3.1'),
    { applicableCeiling: '60', rollUp: { points: '60' } },
    'five measures spread'
  )
  t.match(latest?.node('G3.3.1.f'), { applicable: false })
  t.match(latest?.node('G1.1.2.a'), { applicable: true, standing: null }, 'a lost cell is no score')
  t.match(before?.node('G3.1.2'), { ceiling: '100', applicableCeiling: '70', standing: { points: '70' } })
  t.match(before?.node('G'), { applicableCeiling: '1000', standing: { points: '717.09', own: true } })
  for (const year of ['1400', '1401']) t.match((await scorecardOf(year)).node('S'), { final: { own: true } })
})

t.test('the province states its own measurement, and the ledger takes neither side', async (t) => {
  const { node } = await scorecardOf('1402')
  t.match(node('S6'), { target: '100', self: { points: '150' }, final: { points: '75' } })
  const claim = bodies('record-score').find((body) => body.node === 'S6' && body.level === 'self')
  t.strictSame(claim?.measurement, { numerator: '1258', denominator: '3586', target: '20' })
  t.equal(claim?.note, raw('dispute-insurance.json').dispute.argument.fa)
  t.equal(bodies('record-score').filter(({ measurement }) => measurement).length, 1)
})

t.test('a code that the year does not have is published only', async (t) => {
  const { unplaced } = await scorecardOf('1402')
  t.match(unplaced, [{ about: { node: 'G3.1.2.c' }, ceiling: '10', percent: '100', points: null }])
  t.equal(unplaced.length, 1, 'a row of dashes prints nothing')
  t.strictSame(
    bodies('grant-not-applicable').map(({ evaluation, node }) => [evaluation, node]),
    [
      [evaluationId('1400'), 'G3.1.2.c'],
      [evaluationId('1402'), 'G3.3.1.f']
    ]
  )
})

t.test('a second run adds nothing', async (t) => {
  const before = await imported.end()
  const again = await runImport(handleOn(imported), plan.commands)
  t.strictSame(again, { added: 0, found: plan.commands.length, position: before })
  t.equal(await imported.end(), before)
})

t.test('a run that was stopped half-way goes on where it was', async (t) => {
  const store = createMemoryStore()
  const handle = handleOn(store)
  const stop = 337
  let given = 0
  await t.rejects(
    runImport(
      (...request) => (given++ < stop ? handle(...request) : Promise.reject(new Error('killed'))),
      plan.commands
    ),
    /killed/
  )
  t.equal((await ledgerOf(store)).length, stop)
  t.match(await runImport(handleOn(store), plan.commands), {
    found: stop,
    added: plan.commands.length - stop
  })
  t.strictSame(await ledgerOf(store), await ledgerOf(imported), 'the same ledger, byte for byte')
})

t.test('a refusal names the command', async (t) => {
  const [first] = plan.commands
  const twice = first && { ...first, key: 'other' }
  await t.rejects(runImport(handleOn(imported), twice ? [twice] : []), /register-unit \(other\) was refused/)
})
