import { closeSync, fstatSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import { unitTable } from '../../projections/registry.ts'
import { createClock } from '../../src/clock.ts'
import { type Follower, startThread } from '../../src/following/follower.ts'
import type { Followed } from '../../src/following/store-port.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { storeOf } from '../support/running.ts'

/** Follows a store in a thread, over rows at a path, until the test ends. */
async function follow(t: Test, store: Followed, path = join(t.testdir(), 'rows.db'), program?: URL) {
  const thread = startThread(program)
  const follower = await thread.open(path)
  t.teardown(thread.close)
  const troubles: string[] = []
  const clock = createClock(() => 0)
  const onTrouble = (message: string, error: unknown) => void troubles.push(`${message}: ${error}`)
  const runner = await follower.start({ store, clock, onTrouble })
  return { follower, runner, troubles, clock, path }
}

const unitIn = ({ reader }: Pick<Follower, 'reader'>, unit: string) => reader.get(unitTable, unit)?.unit

t.test('everything is applied in order, told once, and waited for', async (t) => {
  const { store, add, events } = await storeOf('a', 'b')
  const { runner, clock } = await follow(t, store)
  const told: bigint[] = []
  const stopTelling = runner.onApplied((batch) => told.push(...batch.map(({ position }) => position)))
  t.ok(await runner.waitUntil(2n, 60_000))
  t.strictSame([unitIn(runner, 'a'), unitIn(runner, 'z'), runner.applied()], ['a', undefined, 2n])
  t.ok(runner.isReady())
  const waiting = runner.waitUntil(4n, 60_000)
  t.equal(await runner.waitUntil(4n, 10), false, 'time is over first')
  await add('c', 'd')
  t.ok(await waiting)
  t.equal(unitIn(runner, 'd'), 'd', 'whoever was told finds it')
  stopTelling()
  await add('e')
  t.ok(await runner.waitUntil(5n, 60_000, 'registry'))
  t.strictSame(told, [1n, 2n, 3n, 4n])
  const [, second] = events()
  const at = second?.metadata.recordedAt ?? ''
  t.strictSame(runner.momentOf(2n), { position: 2n, at })
  t.strictSame(runner.positionAt(at), { position: 2n })
  t.equal(runner.findCommand(second?.metadata.commandId ?? ''), 'unit-b')
  t.match(runner.status()[0], { name: 'journal', position: 5n, stopped: null })
  t.equal(clock.now(), events().at(-1)?.metadata.recordedAt, 'the clock is not behind what was applied')
})

t.test(
  'whoever is told of an event finds its rows, also while others are reading all the time',
  async (t) => {
    const { store, add } = await storeOf('a')
    const { runner } = await follow(t, store)
    let isOver = false
    const read = () => {
      runner.applied()
      if (!isOver) setImmediate(read)
    }
    read()
    const missing: string[] = []
    runner.onApplied((batch) => {
      for (const { stream } of batch) {
        const unit = stream.slice('unit-'.length)
        if (unitIn(runner, unit) === undefined) missing.push(unit)
      }
    })
    for (let i = 0; i < 60; i++) {
      await add(`u-${i}`)
      t.ok(await runner.waitUntil(BigInt(i + 2), 60_000))
    }
    isOver = true
    t.strictSame(missing, [])
  }
)

t.test('after a restart it goes on from where the rows are', async (t) => {
  const { store, add, events } = await storeOf('a', 'b')
  const first = await follow(t, store)
  t.ok(await first.runner.waitUntil(2n, 60_000))
  await first.runner.stop()
  await add('c')
  const asked: bigint[] = []
  const watched: Followed = {
    ...store,
    subscribe: (after, ...more) => {
      asked.push(after)
      return store.subscribe(after, ...more)
    }
  }
  const second = await follow(t, watched, first.path)
  t.equal(unitIn(second.follower, 'b'), 'b', 'what was there is read at once')
  t.ok(await second.runner.waitUntil(3n, 60_000))
  t.strictSame([asked, unitIn(second.runner, 'c')], [[2n], 'c'])
  const streams = events().map(({ metadata }) => second.runner.findCommand(metadata.commandId))
  t.strictSame(streams, ['unit-a', 'unit-b', 'unit-c'], 'commands of before are known as well')
  t.equal(second.runner.findCommand('4b3f1c9e-0c1d-5f0e-9a55-0d2f6f1f9a01'), undefined)
})

t.test('the store may go away for a while, and every event is told once', async (t) => {
  const { store, add } = await storeOf('a', 'b')
  let failures = 2
  const leaving: Followed = {
    ...store,
    async *subscribe(...asked) {
      for await (const batch of store.subscribe(...asked)) {
        yield batch
        if (failures-- > 0) throw new Error('the store went away')
      }
    }
  }
  const { runner, troubles } = await follow(t, leaving)
  const told: bigint[] = []
  runner.onApplied((batch) => told.push(...batch.map(({ position }) => position)))
  t.ok(await runner.waitUntil(2n, 60_000))
  await add('c')
  t.ok(await runner.waitUntil(3n, 60_000))
  t.strictSame(told, [1n, 2n, 3n])
  t.match(troubles[0], /wait for the store.*went away/)
})

t.test(
  'an event that cannot be read stops everything there, and whoever waits is told at once',
  async (t) => {
    const { store } = await storeOf('a')
    const id = '4b3f1c9e-0c1d-4f0e-9a55-0d2f6f1f9a01'
    const bad = { id, type: 'UnitRenamed', data: '{"unit":"a"}', metadata: '{}' }
    const { runner, troubles } = await follow(t, store)
    t.ok(await runner.waitUntil(1n, 60_000))
    const waiting = runner.waitUntil(2n, 60_000)
    await store.append('unit-a', [bad], { expectedRevision: 0 })
    t.equal(await waiting, false)
    t.equal(runner.applied(), 1n)
    t.match(runner.status()[0]?.stopped, { event: id, position: 2n })
    t.match(troubles, [new RegExp(id)])
    t.notOk(runner.isReady())
  }
)

t.test('rows that somebody else holds are refused, in the words of whoever holds them', async (t) => {
  const path = join(t.testdir(), 'rows.db')
  const rows = openReadModel(path, [])
  t.teardown(() => rows.close())
  const thread = startThread()
  await t.rejects(thread.open(path), { name: 'StoreLocked', message: /Another process/ })
  await thread.close()
  await thread.close()
})

t.test('a thread that ends unasked is told of, and what it had committed is read', async (t) => {
  const { store, add } = await storeOf('a')
  const folder = t.testdir()
  const dying = join(folder, 'dying.mjs')
  const program = new URL('../../src/following/thread.ts', import.meta.url)
  writeFileSync(
    dying,
    `import { parentPort } from 'node:worker_threads'
     await import(${JSON.stringify(program.href)})
     parentPort.on('message', ({ batch }) => {
       if (batch?.events.some(({ stream }) => stream === 'unit-deadly')) throw new Error('out of memory')
     })`
  )
  const { runner, troubles } = await follow(t, store, join(folder, 'rows.db'), pathToFileURL(dying))
  t.ok(await runner.waitUntil(1n, 60_000))
  const waiting = runner.waitUntil(9n, 60_000)
  await add('deadly')
  t.equal(await waiting, false, 'nobody waits for it any more')
  t.strictSame([unitIn(runner, 'a'), runner.isReady()], ['a', false])
  t.match(runner.status()[0]?.stopped, { event: null, error: /out of memory/, isOver: true })
  t.match(troubles, [/their thread has ended.*out of memory/])
  await runner.stop()
})

/** Writes over the first page of a table, beside whoever has the rows open. */
function spoilTable(path: string, table: string): void {
  const db = new DatabaseSync(path, { readOnly: true })
  const found = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)
  const bytes = Number(db.prepare('PRAGMA page_size').get()?.page_size)
  db.close()
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(bytes, 0x5a), 0, bytes, (Number(found?.rootpage) - 1) * bytes)
  closeSync(file)
}

const damaged = { event: null, error: /rows are damaged.*start this process again/, isOver: true }

t.test('rows that are found damaged by who reads them make nobody ready, until the next start', async (t) => {
  const { store, add } = await storeOf('a')
  const first = await follow(t, store)
  t.ok(await first.runner.waitUntil(1n, 60_000))
  await first.runner.stop()
  const { path, runner, troubles } = await follow(t, store, first.path)
  t.ok(runner.isReady())
  const waiting = runner.waitUntil(9n, 60_000)
  spoilTable(path, unitTable.name)
  t.throws(() => unitIn(runner, 'a'), /malformed/)
  t.notOk(runner.isReady())
  t.match(runner.status()[0], { position: 1n, stopped: damaged })
  t.equal(await waiting, false, 'nobody waits any more')
  t.throws(() => unitIn(runner, 'a'), /malformed/)
  t.match(troubles, [/rows are damaged.*which rebuilds them.*malformed/], 'said once')
  await runner.stop()
  await add('b')
  const last = await follow(t, store, path)
  t.ok(await last.runner.waitUntil(2n, 60_000))
  t.strictSame([unitIn(last.runner, 'a'), last.runner.isReady()], ['a', true])
})

t.test('so do rows that are found damaged by who writes them', async (t) => {
  const { store, add } = await storeOf('a')
  const folder = t.testdir()
  const program = new URL('../../src/following/thread.ts', import.meta.url)
  const finding = join(folder, 'finding.mjs')
  writeFileSync(
    finding,
    `import { parentPort } from 'node:worker_threads'
     import { DatabaseSync } from 'node:sqlite'
     let isDeadly = false
     DatabaseSync.prototype.exec = new Proxy(DatabaseSync.prototype.exec, {
       apply(exec, db, [sql]) {
         if (isDeadly && sql.startsWith('BEGIN'))
           throw Object.assign(new Error('malformed'), { code: 'ERR_SQLITE_ERROR', errcode: 11 })
         return exec.call(db, sql)
       }
     })
     parentPort.on('message', ({ batch }) => {
       if (batch?.events.some(({ stream }) => stream === 'unit-deadly')) isDeadly = true
     })
     await import(${JSON.stringify(program.href)})`
  )
  const { runner, troubles } = await follow(t, store, join(folder, 'rows.db'), pathToFileURL(finding))
  t.ok(await runner.waitUntil(1n, 60_000))
  const waiting = runner.waitUntil(2n, 60_000)
  await add('deadly')
  t.equal(await waiting, false, 'nobody waits for it')
  t.strictSame([unitIn(runner, 'a'), runner.isReady()], ['a', false])
  t.match(runner.status()[0]?.stopped, damaged)
  t.match(troubles[0], /rows are damaged.*malformed/)
  await runner.stop()
})

t.test('it ends also while a store that is away owes it an answer', async (t) => {
  const { store, add } = await storeOf()
  let asked = 0
  const identity = () => (++asked === 1 ? store.identity() : new Promise<never>(() => {}))
  const { runner, troubles } = await follow(t, { ...store, identity })
  await add('a')
  while (asked < 2) await sleep(5)
  const begun = performance.now()
  await runner.stop()
  t.ok(performance.now() - begun < 10_000)
  t.strictSame(troubles, [])
})

t.test('whoever is told and fails stands in nobody’s way', async (t) => {
  const { store, add } = await storeOf('a')
  const { runner, troubles } = await follow(t, store)
  t.ok(await runner.waitUntil(1n, 60_000))
  const told: bigint[] = []
  runner.onApplied(() => {
    throw new Error('nobody listens')
  })
  runner.onApplied((batch) => told.push(...batch.map(({ position }) => position)))
  const waiting = runner.waitUntil(2n, 60_000)
  await add('b')
  t.ok(await waiting)
  t.strictSame(told, [2n])
  t.match(troubles, [/nobody listens/])
  t.ok(runner.isReady())
})

/** What a bad disk may do: all pages but the first, and the whole log. */
function spoil(path: string): void {
  for (const [file, from] of [
    [path, 8_192],
    [`${path}-wal`, 32]
  ] as const) {
    const opened = openSync(file, 'r+')
    const noise = Buffer.alloc(8_192, 0x55)
    for (let at = from; at < fstatSync(opened).size; at += noise.length)
      writeSync(opened, noise, 0, 8_192, at)
    closeSync(opened)
  }
}

t.test('rows that cannot be read any more are told of to whoever asks, and end nothing', async (t) => {
  const { store, add } = await storeOf('a', 'b')
  const { runner, path } = await follow(t, store)
  t.ok(await runner.waitUntil(2n, 60_000))
  const waiting = runner.waitUntil(3n, 60_000)
  spoil(path)
  await add('c')
  await t.rejects(waiting, { code: 'ERR_SQLITE_ERROR' })
  t.throws(() => runner.applied(), { code: 'ERR_SQLITE_ERROR' })
  t.notOk(runner.isReady())
  t.match(runner.status()[0]?.stopped, damaged)
  await runner.stop()
})
