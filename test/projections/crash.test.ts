import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { rebuildRows } from '../../projections/rebuild.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { counting, summing } from '../support/counting.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { dump, fill, run } from '../support/run-rows.ts'

/*
 * A process that dies between applying a batch and keeping its checkpoint must leave nothing that the next one
 * applies twice or leaves out. The projections count, so that either would show.
 */

const EVENTS = 60
const BATCH = 3
const POINTS = 20
const WAIT_MS = 10_000
const projections = [counting, summing()]

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
  const paged = {
    ...store,
    async *subscribe(...[after, prefixes, signal]: Parameters<typeof store.subscribe>) {
      for await (const { events, checkpoint, caughtUp } of store.subscribe(after, prefixes, signal)) {
        while (events.length > BATCH) {
          const page = events.splice(0, BATCH)
          yield { events: page, checkpoint: page.at(-1)?.position ?? 0n, caughtUp: false }
        }
        yield { events, checkpoint, caughtUp }
      }
    }
  }
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
