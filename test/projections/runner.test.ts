import { join } from 'node:path'
import t from 'tap'
import { journal } from '../../projections/journal.ts'
import { ledger } from '../../projections/ledger.ts'
import { startRunner } from '../../projections/runner.ts'
import { createClock } from '../../src/clock.ts'
import { Damaged, type EventStore } from '../../src/store/event-store.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { acts, counting, run, storeOf, tallyOf } from '../support/running.ts'

t.test('everything is applied in order, told once, and waited for', async (t) => {
  const { store, add, events } = await storeOf('a', 'b')
  const seen: bigint[] = []
  const running = await run(t, store, [counting({}, seen), journal, ledger])
  const { runner } = running
  const told: bigint[] = []
  const stopTelling = runner.onApplied((batch) => told.push(...batch.map(({ position }) => position)))
  t.ok(await runner.waitUntil(2n, 60_000))
  t.strictSame([acts(running, 'a'), acts(running, 'z'), runner.applied()], [1, undefined, 2n])
  t.ok(runner.isReady())
  const waiting = runner.waitUntil(4n, 60_000)
  t.equal(await runner.waitUntil(4n, 10), false, 'time is over first')
  await add('c', 'd')
  t.ok(await waiting)
  stopTelling()
  await add('e')
  t.ok(await runner.waitUntil(5n, 60_000))
  t.strictSame(told, [1n, 2n, 3n, 4n], 'nobody is told after having left')
  t.strictSame(seen, [1n, 2n, 3n, 4n, 5n])
  const [, second] = events()
  t.strictSame(runner.momentOf(2n), { position: 2n, at: second?.metadata.recordedAt })
  t.strictSame(runner.positionAt(second?.metadata.recordedAt ?? ''), { position: 2n })
  t.equal(runner.findCommand(second?.metadata.commandId ?? ''), 'unit-b')
  t.strictSame(runner.status()[0], { name: 'counting', version: 1, position: 5n, stopped: null })
})

t.test('after a restart each event is applied once: rows and checkpoint are kept together', async (t) => {
  const { store, add } = await storeOf('a', 'b')
  const path = join(t.testdir(), 'rows.db')
  const first = await run(t, store, [counting()], { path })
  t.ok(await first.runner.waitUntil(2n, 60_000))
  await first.stop()
  await add('c')
  const seen: bigint[] = []
  const second = await run(t, store, [counting({}, seen)], { path })
  t.ok(await second.runner.waitUntil(3n, 60_000))
  t.strictSame(seen, [3n])
  t.strictSame(
    ['a', 'b', 'c'].map((unit) => acts(second, unit)),
    [1, 1, 1]
  )
})

t.test('a batch that cannot be written leaves nothing behind, and is tried again', async (t) => {
  const { store } = await storeOf('a', 'b')
  const projections = [counting()]
  const rows = openReadModel(':memory:', projections)
  let failures = 1
  const failing: ReadModel = {
    ...rows,
    commit: (checkpoints) => {
      if (failures-- > 0) throw new Error('the disk is full')
      rows.commit(checkpoints)
    }
  }
  const troubles: string[] = []
  const onTrouble = (message: string, error: unknown) => void troubles.push(`${message}: ${error}`)
  const parts = { store, rows: failing, projections, clock: createClock(), onTrouble }
  const runner = await startRunner(parts)
  t.ok(await runner.waitUntil(2n, 60_000))
  t.equal(runner.reader.get(tallyOf('counting'), 'a')?.acts, 1, 'counted once')
  t.match(troubles, [/the disk is full/])
  await runner.stop()
  rows.close()
})

t.test('a handler that throws stops its own projection before that event; the others go on', async (t) => {
  const { store, add, events } = await storeOf('a', 'b', 'c')
  const running = await run(t, store, [counting({ failsAt: 'b' }), counting({ name: 'other' })])
  const { runner, troubles } = running
  await add('d')
  t.ok(await runner.waitUntil(4n, 60_000))
  const [stopped, other] = runner.status()
  const [, second] = events()
  t.match(stopped, {
    name: 'counting',
    position: 1n,
    stopped: { event: second?.id, position: 2n, error: 'cannot count this' }
  })
  t.match(other, { name: 'other', position: 4n, stopped: null })
  t.strictSame([acts(running, 'a'), acts(running, 'b'), acts(running, 'c')], [1, undefined, undefined])
  t.strictSame([acts(running, 'c', 'other'), acts(running, 'd', 'other')], [1, 1])
  t.strictSame([runner.applied('counting'), runner.applied('other'), runner.applied()], [1n, 4n, 4n])
  t.notOk(runner.isReady())
  t.match(troubles, [`projection counting stopped at event ${second?.id} (position 2)`])
})

t.test('an event that cannot be read stops everything there, is named, and is never skipped', async (t) => {
  const { store, add } = await storeOf('a', 'b')
  const id = '4b3f1c9e-0c1d-4f0e-9a55-0d2f6f1f9a01'
  const bad = { id, type: 'UnitRenamed', data: '{"unit":"a"}', metadata: '{}' }
  await store.append('unit-a', [bad], { expectedRevision: 0 })
  await add('c')
  const path = join(t.testdir(), 'rows.db')
  for (const attempt of ['at first', 'after a restart']) {
    const running = await run(t, store, [counting(), counting({ name: 'other' })], { path })
    const { runner, troubles } = running
    t.ok(await runner.waitUntil(2n, 60_000), `what stands before it is applied, ${attempt}`)
    t.equal(await runner.waitUntil(3n, 50), false)
    for (const { position, stopped } of runner.status()) {
      t.match([position, stopped], [2n, { event: id, position: 3n, error: /UnitRenamed.*position 3/ }])
    }
    t.strictSame([acts(running, 'b'), acts(running, 'c')], [1, undefined])
    t.equal(runner.applied(), 2n, 'the rows are of the position before it')
    t.match(troubles, [new RegExp(id), new RegExp(id)])
    t.notOk(runner.isReady())
    await running.stop()
  }
})

t.test('a new version is built anew, from the first event, and the others are left alone', async (t) => {
  const { store } = await storeOf('a', 'b')
  const path = join(t.testdir(), 'rows.db')
  const before = await run(t, store, [counting(), counting({ name: 'other' })], { path })
  t.ok(await before.runner.waitUntil(2n, 60_000))
  await before.stop()
  const [anew, kept]: [bigint[], bigint[]] = [[], []]
  const after = await run(t, store, [counting({ version: 2 }, anew), counting({ name: 'other' }, kept)], {
    path
  })
  t.ok(await after.runner.waitUntil(2n, 60_000, 'counting', 'other'))
  t.strictSame([anew, kept], [[1n, 2n], []])
  t.strictSame([acts(after, 'a'), acts(after, 'a', 'other')], [2, 1], 'the second version counts double')
})

t.test('rows of another store are dropped', async (t) => {
  const path = join(t.testdir(), 'rows.db')
  const [mine, theirs] = [await storeOf('a', 'b', 'c'), await storeOf('z', 'a')]
  const first = await run(t, mine.store, [counting()], { path })
  t.ok(await first.runner.waitUntil(3n, 60_000))
  await first.stop()
  // The first event of both has the same id here, so the ledgers must differ in what identifies them.
  const other: EventStore = { ...theirs.store, identity: async () => 'another store' }
  const second = await run(t, other, [counting()], { path })
  t.ok(await second.runner.waitUntil(2n, 60_000))
  t.strictSame(
    ['z', 'a', 'b'].map((unit) => acts(second, unit)),
    [1, 1, undefined]
  )
})

t.test('a store that was empty at the start is followed from its first event', async (t) => {
  const { store, add } = await storeOf()
  const running = await run(t, store, [counting()])
  t.ok(running.runner.isReady(), 'there was nothing to apply')
  t.ok(await running.runner.waitUntil(0n, 10))
  await add('a')
  t.ok(await running.runner.waitUntil(1n, 60_000))
  t.equal(acts(running, 'a'), 1)
})

t.test('the store may go away for a while', async (t) => {
  const { store, add } = await storeOf('a')
  let away = true
  const shaky: EventStore = {
    ...store,
    subscribe: (after, prefixes, signal) => {
      if (away) throw new Error('nobody answers')
      return store.subscribe(after, prefixes, signal)
    }
  }
  const running = await run(t, shaky, [counting()])
  t.equal(await running.runner.waitUntil(1n, 30), false)
  away = false
  await add('b')
  t.ok(await running.runner.waitUntil(2n, 60_000))
  t.match(running.troubles[0], /wait for the store/)
  t.strictSame([acts(running, 'a'), acts(running, 'b')], [1, 1])
})

t.test('a damaged ledger is not gone on with: all have stopped, and what was applied is read', async (t) => {
  const { store, add } = await storeOf('a')
  let subscriptions = 0
  const damaged: EventStore = {
    ...store,
    async *subscribe(...asked) {
      subscriptions += 1
      for await (const batch of store.subscribe(...asked)) {
        if (batch.checkpoint > 1n) throw new Damaged('revision 7 is missing')
        yield batch
      }
    }
  }
  const running = await run(t, damaged, [counting(), counting({ name: 'other' })])
  const { runner, troubles } = running
  t.ok(await runner.waitUntil(1n, 60_000))
  t.ok(runner.isReady())
  await add('b')
  t.equal(await runner.waitUntil(2n, 300), false)
  t.notOk(runner.isReady())
  const stopped = { event: null, position: 2n, error: 'revision 7 is missing' }
  for (const status of runner.status()) t.match(status, { position: 1n, stopped })
  t.strictSame([runner.applied(), acts(running, 'a')], [1n, 1])
  t.equal(subscriptions, 1, 'nobody tries again')
  t.match(troubles, [/ledger is damaged/])
})
