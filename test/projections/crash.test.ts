import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import t from 'tap'
import { projections as all } from '../../projections/all.ts'
import type { Change, Get, Projection } from '../../projections/projection.ts'
import { rebuildRows } from '../../projections/rebuild.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { counting, summing } from '../support/counting.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { randomHistory } from '../support/random-ledger.ts'
import { dump, fill, inSmallPages, run } from '../support/run-rows.ts'
import { storedOf } from '../support/server.ts'

/*
 * A process that dies between applying a batch and keeping its checkpoint must leave nothing that the next one
 * applies twice or leaves out. The projections count, so that either would show.
 */

const EVENTS = 60
const BATCH = 3
const POINTS = 20
const WAIT_MS = 60_000
const projections = [counting, summing()]

// Twenty processes take their time on a busy machine.

/** Every commit from the n-th on fails: before anything is written, or in the middle of writing. */
const failingFrom =
  (n: number, path: string, midway: boolean) =>
  (rows: ReadModel): ReadModel => {
    let commits = 0
    return {
      ...rows,
      commit(checkpoints) {
        commits += 1
        if (commits < n) return rows.commit(checkpoints)
        if (!midway) throw new Error('the process died')
        if (commits === n) spoil(path)
        rows.commit(checkpoints)
      }
    }
  }

/** From now on checkpoints and the first rows can be written, and the last table's cannot. */
function spoil(path: string): void {
  const db = new DatabaseSync(path)
  db.exec(`CREATE TRIGGER dying BEFORE INSERT ON summing_total BEGIN SELECT raise(ABORT, 'died'); END`)
  db.close()
}

function mend(path: string): void {
  const db = new DatabaseSync(path)
  db.exec('DROP TRIGGER IF EXISTS dying')
  db.close()
}

t.test(`rows are those of a rebuild after a crash at each of ${POINTS} points`, async (t) => {
  const store = createMemoryStore()
  await fill(store, 0, EVENTS)
  const whole = openReadModel(':memory:', projections)
  t.match(await rebuildRows({ store, rows: whole, projections }), { finished: true, events: EVENTS })
  const wanted = dump(whole, projections)
  whole.close()
  const paged = inSmallPages(store, BATCH)
  for (let point = 1; point <= POINTS; point++) {
    const path = join(t.testdir({ [`p${point}`]: {} }), `p${point}`, 'rows.db')
    const midway = point % 2 === 0
    const dying = await run(paged, path, projections, {
      events: BATCH,
      tamper: failingFrom(point, path, midway)
    })
    while (dying.trouble.length === 0) await new Promise((resolve) => setImmediate(resolve))
    t.match(dying.trouble[0], /died/)
    t.equal(dying.runner.applied(), BigInt((point - 1) * BATCH), 'what failed was not applied')
    await dying.close()
    mend(path)

    const next = await run(paged, path, projections, { events: BATCH })
    t.equal(next.rows.checkpoint('summing'), BigInt((point - 1) * BATCH))
    t.ok(await next.runner.waitUntil(BigInt(EVENTS), WAIT_MS))
    t.equal(dump(next.rows, projections), wanted, `point ${point}`)
    await next.close()
  }
})

t.test('a rebuild may be interrupted anywhere, and is gone on with', async (t) => {
  const store = createMemoryStore()
  await fill(store, 0, EVENTS)
  const path = join(t.testdir(), 'rows.db')
  const first = await run(store, path, projections)
  await first.runner.waitUntil(BigInt(EVENTS), WAIT_MS)
  const wanted = dump(first.rows, projections)
  await first.close()

  const rows = openReadModel(path, projections, { rebuild: ['summing'] })
  const cancelled = await rebuildRows({
    store,
    rows,
    projections: [summing()],
    until: new Map([['summing', 1000n]]),
    isCancelled: () => true
  })
  t.match(cancelled, { finished: false, events: EVENTS })
  t.equal(dump(rows, projections), wanted, 'the rows of before are read')
  rows.close()
  const server = await run(store, path, projections)
  t.ok(await server.runner.waitUntil(BigInt(EVENTS), WAIT_MS, 'summing'), 'the server goes on with it')
  t.ok(server.runner.isReady())
  t.equal(dump(server.rows, projections), wanted)
  await server.close()
})

/** The rows of all projections, rebuilt from the events of a store. */
async function rebuiltRows(store: Parameters<typeof rebuildRows>[0]['store']): Promise<string> {
  const rows = openReadModel(':memory:', all)
  t.match(await rebuildRows({ store, rows, projections: all }), { finished: true, stopped: [] })
  const rebuilt = dump(rows, all)
  rows.close()
  return rebuilt
}

t.test(`a process killed after applying and before keeping, at ${POINTS} points`, async (t) => {
  const folder = t.testdir()
  const ledger = join(folder, 'ledger.db')
  const histories = fc.sample(randomHistory(fc, 300), { numRuns: 5, seed: 1402 })
  const [history = []] = histories.sort((a, b) => b.length - a.length)
  const size = Math.floor(history.length / POINTS)
  t.ok(size >= 2, `${history.length} events`)
  const first = await openEmbeddedStore(ledger)
  for (const event of history) {
    const expectedRevision = event.revision === 0 ? 'none' : event.revision - 1
    await first.append(event.stream, [storedOf(event)], { expectedRevision })
  }
  const wanted = await rebuiltRows(first)
  await first.close()
  // One process writes a ledger, so those that die have one of their own, the same to the last byte.
  const theirs = join(folder, 'theirs.db')
  copyFileSync(ledger, theirs)
  const store = await openEmbeddedStore(ledger)
  t.teardown(() => store.close())
  const program = join(import.meta.dirname, '../support/dying-process.ts')
  for (let point = 1; point <= POINTS; point++) {
    const path = join(folder, `rows-${point}.db`)
    const child = spawn(process.execPath, [program, theirs, path, String(size), String(point)], {
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { NODE_COMPILE_CACHE: join(folder, 'compiled') }
    })
    t.strictSame(await once(child, 'exit'), [null, 'SIGKILL'], 'it died')
    const next = await run(inSmallPages(store, size), path, all, {
      events: size,
      tamper: seenAt(point, size)
    })
    t.ok(await next.runner.waitUntil(await store.end(), WAIT_MS))
    t.equal(dump(next.rows, all), wanted, `point ${point}`)
    await next.close()
  }

  /** Checks where the rows stand before anything is applied to them. */
  function seenAt(point: number, size: number) {
    return (rows: ReadModel): ReadModel => {
      const kept = BigInt((point - 1) * size)
      for (const { name } of all) t.equal(rows.checkpoint(name), kept, `${name} had kept ${kept}`)
      return rows
    }
  }
})

t.test(
  'a handler that throws far on stops alone; what it wrote since the last commit is undone',
  async (t) => {
    const store = createMemoryStore()
    await fill(store, 0, EVENTS)
    const whole = openReadModel(':memory:', projections)
    await rebuildRows({ store, rows: whole, projections })
    const failing = failingAt(40n)
    const rows = openReadModel(':memory:', [counting, failing])
    const rebuilt = await rebuildRows({ store, rows, projections: [counting, failing] })
    t.match(rebuilt, { finished: true, stopped: [{ projection: 'summing', position: 40n }] })
    t.equal(rows.checkpoint('counting'), BigInt(EVENTS))
    t.equal(rows.checkpoint('summing'), 39n)
    t.equal(dump(rows, [counting]), dump(whole, [counting]), 'nothing is counted twice')
    const before = openReadModel(':memory:', [summing()])
    await rebuildRows({ store, rows: before, projections: [summing()], until: new Map([['summing', 39n]]) })
    t.equal(dump(rows, [failing]), dump(before, [summing()]))
    for (const each of [whole, rows, before]) each.close()
  }
)

/** The one that sums, which cannot go beyond a position. */
function failingAt(position: bigint): Projection {
  const real = summing()
  const on = Object.entries(real.on).map(([type, handler]) => [
    type,
    (event: LedgerEvent, get: Get) => {
      if (event.position >= position) throw new Error('cannot go on')
      return (handler as (event: LedgerEvent, get: Get) => Change[])(event, get)
    }
  ])
  return { ...real, on: Object.fromEntries(on) }
}
