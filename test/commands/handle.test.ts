import t from 'tap'
import { commandNamed } from '../../commands/catalogue.ts'
import { readEvent } from '../../src/events/catalogue.ts'
import { canonicalJson, commandId, sha256, uuidV5 } from '../../src/ids.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { node } from '../support/history.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { expert } from '../support/province.ts'
import { EVALUATION, NOW, override, readAll, startShell, toReview } from '../support/shell.ts'

const STREAM = `evaluation-${EVALUATION}`
const unit = { unit: 'qazvin', name: { fa: 'قزوین' }, kind: 'directorate' }

const stream = (store: EventStore, name = STREAM) => readAll(store, name)

t.test('an act is stored with its ids, its time, its person and what it answers', async (t) => {
  const { store, ask } = startShell()
  await toReview({ store, ask, apply: async () => {} })
  const letter = { number: '12', date: '2024-03-20' }
  const [name, body, who] = override('G.b', '5.50')
  const sent = { ...body, letter, evidence: [{ title: { fa: 'سند' } }] }
  const outcome = await ask(name, sent, { ...who, key: 'key-1' })
  const id = commandId(expert.id, 'key-1')
  const parsed = commandNamed(name)?.prepare(sent).body
  const claim = (await stream(store))[3]?.id
  const common = {
    recordedAt: NOW,
    actor: expert,
    commandId: id,
    commandHash: sha256(canonicalJson([name, parsed])),
    letter
  }
  t.match(outcome, { revision: 6, replayed: false, dryRun: false, created: { appeals: [], requests: [] } })
  t.strictSame(
    outcome.events.map(({ id, metadata }) => [id, metadata]),
    [
      [uuidV5(id, `${STREAM} 0`), { ...common, causationId: id, correlationId: id }],
      [
        uuidV5(id, `${STREAM} 1`),
        // What is answered is the claim, so it goes on under the claim's correlation.
        { ...common, causationId: claim, correlationId: outcome.events[1]?.metadata.correlationId }
      ]
    ]
  )
  const claimed = (await stream(store))[3]
  t.ok(claimed && readEvent(claimed).metadata.correlationId === outcome.events[1]?.metadata.correlationId)
  const stored = (await stream(store)).slice(-2)
  t.strictSame(
    stored.map((event) => JSON.parse(event.metadata).version),
    [1, 1],
    'the version is kept in the metadata'
  )
  t.strictSame(
    stored.map(readEvent),
    outcome.events.map((event, i) => ({ ...event, position: stored[i]?.position }))
  )
  t.equal(outcome.position, stored[1]?.position)
  t.match(outcome.events[0]?.data, { evidence: outcome.created.evidence[0] ?? 'none' })
})

t.test('without an answer to anything the command is the cause, then the first event', async (t) => {
  const { ask, store, apply } = startShell()
  await toReview({ ask, store, apply })
  const { events } = await ask(
    'attach-evidence',
    { evaluation: EVALUATION, nodes: ['G.b'], kind: 'file', title: { fa: 'سند' } },
    { actor: expert }
  )
  t.equal(events[0]?.metadata.causationId, events[0]?.metadata.commandId)
  const figure = { about: { label: 'x' }, printed: '1', source: { document: 'd', place: 'p' } }
  const told = await ask('publish-figure', { evaluation: EVALUATION, ...figure })
  t.equal(told.events[0]?.metadata.correlationId, told.events[0]?.metadata.commandId)
})

t.test('the same key with the same body gives the first answer, also after a restart', async (t) => {
  const first = startShell()
  await toReview(first)
  const [name, body, who] = override('G.b', '5')
  const asked = { ...who, key: 'once' }
  const done = await first.ask(name, { ...body, evidence: [{ title: { fa: 'سند' } }] }, asked)
  await first.ask(...override('G.a.1', '1'))
  const again = startShell(first.store, 'B')
  for (const shell of [first, again]) {
    const replayed = await shell.ask(name, { evidence: [{ title: { fa: 'سند' } }], ...body }, asked)
    t.strictSame(replayed, { ...done, replayed: true })
    await t.rejects(shell.ask(name, body, asked), { code: 'key-reused', status: 422 }, 'another body')
    await t.rejects(shell.ask('confirm-scores', { evaluation: EVALUATION, rest: true }, asked), {
      code: 'key-reused'
    })
  }
  t.equal((await stream(first.store)).length, 8)
  const other = await first.ask(
    name,
    { ...body, points: '6' },
    { ...asked, actor: { ...expert, id: 'e-18' } }
  )
  t.equal(other.replayed, false, 'a key is the person’s own')
})

t.test('a key used for another stream is noticed once the ledger was applied', async (t) => {
  const shell = startShell()
  await shell.ask('register-unit', unit, { key: 'once' })
  await shell.apply()
  await t.rejects(shell.ask('register-unit', { ...unit, unit: 'yazd' }, { key: 'once' }), {
    code: 'key-reused'
  })
  t.strictSame(await stream(shell.store, 'unit-yazd'), [])
})

t.test('only what was stored is remembered', async (t) => {
  const { ask } = startShell()
  const below = { ...unit, parent: 'organisation' }
  await t.rejects(ask('register-unit', below, { key: 'k' }), { code: 'unknown-unit' })
  await ask('register-unit', { ...unit, unit: 'organisation' })
  t.equal((await ask('register-unit', below, { key: 'k' })).replayed, false)
})

t.test('a dry run decides and stores nothing', async (t) => {
  const shell = startShell()
  await toReview(shell)
  const before = await shell.store.end()
  const [name, body, who] = override('G.b', '5')
  const dry = await shell.ask(name, body, { ...who, key: null, dryRun: true })
  t.match(dry, {
    dryRun: true,
    position: 0n,
    revision: 5,
    events: [{ type: 'ScoreOverridden', revision: 5 }]
  })
  t.equal(await shell.store.end(), before)
  await t.rejects(shell.ask(...override('G.b', '40.5')), { code: 'above-ceiling' })
  await t.rejects(shell.ask(name, body, { ...who, key: null }), {
    code: 'missing-idempotency-key',
    status: 400
  })
})

t.test('If-Match names the revision the caller has seen', async (t) => {
  const shell = startShell()
  await toReview(shell)
  const [name, body, who] = override('G.b', '5')
  const newest = (await stream(shell.store)).at(-1)?.id
  await t.rejects(shell.ask(name, body, { ...who, ifMatch: '3' }), {
    code: 'stale',
    status: 412,
    event: newest
  })
  const asked = { ...who, ifMatch: '4', key: 'k' }
  t.equal((await shell.ask(name, body, asked)).revision, 5)
  t.equal((await shell.ask(name, body, asked)).replayed, true, 'a retry is not stale')

  const nowhere = { ...body, evaluation: '1402-x.nowhere' }
  await t.rejects(shell.ask(name, nowhere, { ...who, ifMatch: '4' }), {
    code: 'unknown-evaluation',
    status: 404
  })
  const moved = { unit: 'nowhere', parent: null, reason: 'r' }
  await t.rejects(shell.ask('reclassify-unit', moved, { ifMatch: '4' }), {
    code: 'unknown-unit',
    status: 404
  })
  const amended = { framework: '1402-y', put: [], remove: ['a'], reason: 'r' }
  await t.rejects(shell.ask('amend-framework', amended, { ifMatch: '4' }), { code: 'unknown-framework' })
  const fresh = { ...unit, unit: 'nowhere' }
  await t.rejects(shell.ask('register-unit', fresh, { ifMatch: '4' }), { code: 'stale', status: 412 })
})

t.test(
  'a person is known by units of earlier acts, whose places in the tree are looked up as well',
  async (t) => {
    const shell = startShell()
    await shell.ask('register-unit', { ...unit, unit: 'organisation' })
    await shell.ask('register-unit', { ...unit, parent: 'organisation' })
    await shell.ask('register-unit', { ...unit, unit: 'qazvin-office', parent: 'qazvin' })
    const period = { id: '1402', title: unit.name, startsOn: '2023-03-21', endsOn: '2024-03-19' }
    const appeal = { windowDays: 0, escalationDays: 0, decisionDays: 1, instances: 1 }
    const nodes = [node('a', null, '10')]
    const framework = { framework: '1402-x', period, title: unit.name, issuedBy: 'centre', nodes, appeal }
    await shell.ask('publish-framework', { ...framework, notApplicable: 'remove' })
    await shell.ask('open-evaluation', { unit: 'qazvin', framework: '1402-x', origin: 'live' })
    const domain = { evaluation: EVALUATION, node: 'a', domain: unit.name, part: 'main' }
    const before = { id: 'e-17', role: 'registrar' as const, units: ['qazvin-office'] }
    await shell.ask('assign-responsibility', domain, { actor: before })
    const grant = { evaluation: EVALUATION, node: 'a', reasonCode: 'other', reason: 'r' }
    await t.rejects(shell.ask('grant-not-applicable', grant, { actor: expert }), { code: 'own-unit' })
  }
)

t.test('an act too large for one append is refused, not stored in part', async (t) => {
  const { ask, store } = startShell()
  const period = { id: '1402', title: unit.name, startsOn: '2023-03-21', endsOn: '2024-03-19' }
  const nodes = Array.from({ length: 30 }, (_, i) =>
    node(`n${i}`, null, '1', { description: 'ش'.repeat(20_000) })
  )
  const framework = { framework: '1402-x', period, title: unit.name, issuedBy: 'centre', nodes }
  await t.rejects(ask('publish-framework', { ...framework, notApplicable: 'remove' }), {
    code: 'too-many-events'
  })
  t.equal(await store.end(), 0n)
})

t.test('the clock never goes behind what the streams tell', async (t) => {
  const ahead = startShell(createMemoryStore(), 'A', () => '2024-03-21T09:00:00.000Z')
  await toReview(ahead)
  const behind = startShell(ahead.store, 'B')
  const { events } = await behind.ask(...override('G.b', '5'))
  t.equal(events[0]?.metadata.recordedAt, '2024-03-21T09:00:00.000Z')
})

t.test('a reopening says what it touches, and says the same again', async (t) => {
  const shell = startShell()
  await toReview(shell)
  const rank = { place: '3', of: '31', population: 'استان‌ها' }
  const figure = { about: { node: 'total' }, rank, printed: '3', source: { document: 'd', place: 'p' } }
  const { events: told } = await shell.ask('publish-figure', { evaluation: EVALUATION, ...figure })
  await shell.ask(...override('G.b', '5'))
  await shell.ask('confirm-scores', { evaluation: EVALUATION, rest: true }, { actor: expert })
  await shell.ask('complete-review', { evaluation: EVALUATION }, { actor: expert })
  await shell.ask('finalise-evaluation', { evaluation: EVALUATION })
  const authority = { body: 'council', number: '1', date: '2024-03-21' }
  const body = { evaluation: EVALUATION, reason: 'r', authority }
  const touches = {
    nodes: ['G.a.1', 'G.a.2', 'G.b'],
    total: { points: '65', percent: '65.00' },
    ranks: [{ population: 'استان‌ها', place: '3', of: '31', event: told[0]?.id ?? '' }]
  }
  t.strictSame((await shell.ask('reopen-evaluation', body, { dryRun: true })).touches, touches)
  t.strictSame((await shell.ask('reopen-evaluation', body, { key: 'k' })).touches, touches)
  await shell.ask(...override('G.b', '6'))
  const again = await startShell(shell.store, 'B').ask('reopen-evaluation', body, { key: 'k' })
  t.strictSame([again.replayed, again.touches], [true, touches])
})
