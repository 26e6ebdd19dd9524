import t from 'tap'
import { Unavailable } from '../../src/store/event-store.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { assessor, expert, registrar } from '../support/province.ts'
import {
  EVALUATION,
  interfered,
  override,
  readAll,
  type Shell,
  startShell,
  toReview
} from '../support/shell.ts'

const STREAM = `evaluation-${EVALUATION}`
const figure = { evaluation: EVALUATION, printed: '1', source: { document: 'd', place: 'p' } }

/** A process that loses one race: just before its append somebody else does this. */
async function losing(
  meanwhile: (other: Shell) => Promise<unknown>,
  prepare: (other: Shell) => Promise<unknown>
) {
  const store = createMemoryStore()
  const other = startShell(store, 'C')
  await prepare(other)
  const shell = startShell(
    interfered(store, async () => {
      await meanwhile(other)
    }),
    'B'
  )
  return { store, shell, newest: async () => (await readAll(store, STREAM)).at(-1)?.id }
}

t.test('after a lost race an act is decided anew where another node moved', async (t) => {
  const moves: ((other: Shell) => Promise<unknown>)[] = [
    (other) => other.ask(...override('G.a.1', '1')),
    (other) => other.ask('publish-figure', { ...figure, about: { label: 'x' } })
  ]
  for (const meanwhile of moves) {
    const { store, shell } = await losing(meanwhile, toReview)
    const { revision, events } = await shell.ask(...override('G.b', '5'))
    t.equal(revision, 6)
    t.match(events, [{ revision: 6, data: { node: 'G.b', points: '5', previous: { points: '40' } } }])
    t.equal((await readAll(store, STREAM)).length, 7)
  }
})

t.test('it is refused, naming the event, where its own node moved', async (t) => {
  const moves: ((other: Shell) => Promise<unknown>)[] = [
    (other) => other.ask(...override('G.b', '7')),
    (other) => other.ask('publish-figure', { ...figure, about: { node: 'G.b' } }),
    (other) =>
      other.ask(
        'return-for-correction',
        { evaluation: EVALUATION, nodes: ['G.a', 'G.b'], reason: 'r' },
        { actor: expert }
      )
  ]
  for (const meanwhile of moves) {
    const { store, shell, newest } = await losing(meanwhile, toReview)
    const error = await shell.ask(...override('G.b', '5')).catch((refusal) => refusal)
    t.match(error, { code: 'changed-meanwhile', status: 409, event: await newest() })
    t.equal((await readAll(store, STREAM)).length, 6)
  }
})

t.test('it is refused where the stage moved', async (t) => {
  const { shell, newest } = await losing(
    (other) => other.ask('complete-review', { evaluation: EVALUATION }, { actor: expert }),
    async (other) => {
      await toReview(other)
      await other.ask('confirm-scores', { evaluation: EVALUATION, rest: true }, { actor: expert })
    }
  )
  const error = await shell.ask(...override('G.b', '5')).catch((refusal) => refusal)
  t.match(error, { code: 'changed-meanwhile', event: await newest() })
})

t.test('a command that names no node concerns all of them', async (t) => {
  const rest = ['confirm-scores', { evaluation: EVALUATION, rest: true }, { actor: expert }] as const
  const moved = await losing((other) => other.ask(...override('G.b', '5')), toReview)
  await t.rejects(moved.shell.ask(...rest), { code: 'changed-meanwhile' })
  const still = await losing(
    (other) => other.ask('publish-figure', { ...figure, about: { label: 'x' } }),
    toReview
  )
  t.equal((await still.shell.ask(...rest)).events.length, 3)
})

t.test('an event that names an appeal names its node', async (t) => {
  const appealed = async (other: Shell) => {
    await toReview(other, 10)
    await other.ask(...override('G.b', '5'))
    await other.ask(...override('G.a.1', '5'))
    await other.ask('confirm-scores', { evaluation: EVALUATION, rest: true }, { actor: expert })
    await other.ask('complete-review', { evaluation: EVALUATION }, { actor: expert })
    const claim = { evaluation: EVALUATION, claim: { points: '30' }, grounds: 'g' }
    for (const node of ['G.b', 'G.a.1']) {
      const { created } = await other.ask('file-appeal', { ...claim, node }, { actor: assessor })
      appeals.push(created.appeals[0] ?? '')
    }
  }
  const appeals: string[] = []
  const answer = (appeal: string | undefined) =>
    [
      'answer-appeal',
      { evaluation: EVALUATION, appeal, position: 'contest', text: 't' },
      { actor: expert }
    ] as const
  const panel = (appeal: string | undefined) =>
    ['assign-panel', { evaluation: EVALUATION, appeal, members: ['p-2'], chair: 'p-2' }] as const
  const one = await losing((other) => other.ask(...answer(appeals[0])), appealed)
  await t.rejects(one.shell.ask(...panel(appeals[0])), { code: 'changed-meanwhile' })
  const two = await losing((other) => other.ask(...answer(appeals[2])), appealed)
  t.equal((await two.shell.ask(...panel(appeals[3]))).replayed, false)
})

t.test('with If-Match a lost race is stale', async (t) => {
  const { shell, newest } = await losing((other) => other.ask(...override('G.a.1', '1')), toReview)
  const [name, body, who] = override('G.b', '5')
  const error = await shell.ask(name, body, { ...who, ifMatch: '4' }).catch((refusal) => refusal)
  t.match(error, { code: 'stale', status: 412, event: await newest() })
})

t.test('two who register the same thing: one does, the other is told', async (t) => {
  const unit = { unit: 'qazvin', name: { fa: 'قزوین' }, kind: 'directorate' }
  const { shell } = await losing(
    (other) => other.ask('register-unit', unit),
    async () => {}
  )
  await t.rejects(shell.ask('register-unit', unit, { actor: { ...registrar, id: 'r-6' } }), {
    code: 'unit-exists'
  })
})

t.test('a store whose answer was lost keeps one copy', async (t) => {
  const lost = () => Promise.reject(new Unavailable('no answer'))
  for (const stored of [true, false]) {
    const store = createMemoryStore()
    await toReview(startShell(store))
    const hook = async (go: () => Promise<unknown>) => {
      if (stored) await go()
      await lost()
    }
    const shell = startShell(interfered(store, hook), 'B')
    const [name, body, who] = override('G.b', '5')
    const asked = { ...who, key: 'k' }
    await t.rejects(shell.ask(name, body, asked), { name: 'Unavailable' })
    const { replayed, revision } = await shell.ask(name, body, asked)
    t.strictSame([replayed, revision], [stored, 5])
    t.equal((await readAll(store, STREAM)).length, 6)
  }
})

t.test('the answer is that of the stored events, also when an earlier try lands late', async (t) => {
  const store = createMemoryStore()
  await toReview(startShell(store))
  let late: (() => Promise<unknown>) | undefined
  const slow = interfered(
    store,
    async (go) => {
      late = go
      throw new Unavailable('no answer')
    },
    async () => {
      await late?.()
    }
  )
  const shell = startShell(slow, 'B')
  const [name, body, who] = override('G.b', '5')
  const sent = { ...body, evidence: [{ title: { fa: 'سند' } }] }
  await t.rejects(shell.ask(name, sent, { ...who, key: 'k' }), { name: 'Unavailable' })
  const { events, created } = await shell.ask(name, sent, { ...who, key: 'k' })
  const stored = await readAll(store, STREAM)
  t.strictSame(
    events.map(({ data }) => data),
    stored.slice(5).map(({ data }) => JSON.parse(data))
  )
  t.strictSame(created.evidence, [JSON.parse(stored[5]?.data ?? '').evidence])
})

t.test('of two bodies sent at once under one key the first is kept and the second told', async (t) => {
  const store = createMemoryStore()
  await toReview(startShell(store))
  const other = startShell(store, 'C')
  const [name, body, who] = override('G.b', '5')
  const asked = { ...who, key: 'k' }
  const shell = startShell(
    interfered(store, async () => {
      await other.ask(name, body, asked)
    }),
    'B'
  )
  await t.rejects(shell.ask(name, { ...body, points: '6' }, asked), { code: 'key-reused' })
  t.equal((await readAll(store, STREAM)).length, 6)
})

t.test('of two who send one key at once, the one that did not append is told so', async (t) => {
  const instants = ['2024-03-21T08:00:00.000Z', '2024-03-21T08:00:00.001Z']
  const [name, body, who] = override('G.b', '5')
  const asked = { ...who, key: 'k' }
  for (const later of instants) {
    const store = createMemoryStore()
    await toReview(startShell(store))
    // Both have decided before either appends; the store takes them for one.
    const here = startShell(store, 'B')
    const twins = await Promise.all([here.ask(name, body, asked), here.ask(name, body, asked)])
    t.strictSame(twins.map(({ replayed }) => replayed).sort(), [false, true], 'in one process')
    const [one, two] = twins
    t.strictSame({ ...one, replayed: null }, { ...two, replayed: null })

    const other = startShell(store, 'C')
    const away = { ...asked, key: 'away' }
    const [next] = override('G.a.1', '5')
    const slow = interfered(store, async () => {
      t.equal((await other.ask(next, { ...body, node: 'G.a.1' }, away)).replayed, false)
    })
    const elsewhere = startShell(slow, 'D', () => later)
    const heard = await elsewhere.ask(next, { ...body, node: 'G.a.1' }, away)
    t.equal(heard.replayed, later !== instants[0], 'in two, as far as their clocks tell them apart')
    t.equal((await readAll(store, STREAM)).length, 7)
  }
})
