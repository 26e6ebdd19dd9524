import { join } from 'node:path'
import t from 'tap'
import { resume } from '../../projections/running.ts'
import { catchUp, type Track } from '../../projections/tracks.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { counting, summedSeen, summing } from '../support/counting.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { dump, fill, run } from '../support/run-rows.ts'

/* Projections that are behind, or whose rows are being built anew, keep nobody else waiting. */

const WAIT_MS = 60_000

t.test('a handler that throws keeps nothing of that event, and goes on once it is mended', async (t) => {
  const store = createMemoryStore()
  await fill(store, 0, 30)
  const path = join(t.testdir(), 'rows.db')
  const failing = [counting, summing(1, 20n)]
  const { runner, rows, trouble, close } = await run(store, path, failing, { events: 8 })
  t.ok(await runner.waitUntil(30n, WAIT_MS))
  await fill(store, 30, 33)
  t.ok(await runner.waitUntil(33n, WAIT_MS, 'counting'), 'the others go on')
  const [counted, summed] = runner.status()
  t.match(counted, { name: 'counting', position: 33n, stopped: null })
  t.match(summed, { name: 'summing', position: 19n, stopped: { position: 20n, error: /int/ } })
  t.match(trouble, [new RegExp(`^projection summing stopped at event ${summed?.stopped?.event} `)])
  t.notOk(runner.isReady())
  t.strictSame([runner.applied(), runner.applied('counting', 'summing')], [33n, 19n])
  t.match(rows.query('select sum from summing_total'), [{ sum: 19n }], 'nothing of event 20')
  t.equal(rows.checkpoint('summing'), 19n)
  await close()

  const mended = await run(store, path, [counting, summing()])
  t.ok(await mended.runner.waitUntil(33n, WAIT_MS, 'summing'), 'it goes on from where it stopped')
  t.ok(mended.runner.isReady())
  const fresh = await run(store, ':memory:', [counting, summing()])
  await fresh.runner.waitUntil(33n, WAIT_MS)
  t.equal(dump(mended.rows, failing), dump(fresh.rows, failing))
  await mended.close()
  await fresh.close()
})

/** A store whose readers from the very beginning get one page and then wait for `open`. */
function gated(store: EventStore): { store: EventStore; open: () => void } {
  const gate = Promise.withResolvers<void>()
  return {
    open: gate.resolve,
    store: {
      ...store,
      async *subscribe(after, prefixes, signal) {
        for await (const { events, checkpoint, caughtUp } of store.subscribe(after, prefixes, signal)) {
          const early = after === 0n ? events.splice(0, 5) : []
          const middle = early.at(-1)
          if (middle) {
            yield { events: early, checkpoint: middle.position, caughtUp: false }
            await gate.promise
          }
          yield { events, checkpoint, caughtUp }
        }
      }
    }
  }
}

t.test('a new version is built beside the rows that are read, while others follow', async (t) => {
  const plain = createMemoryStore()
  await fill(plain, 0, 40)
  const path = join(t.testdir(), 'rows.db')
  const first = await run(plain, path, [counting, summing(1)])
  await first.runner.waitUntil(40n, WAIT_MS)
  await first.close()

  const { store, open } = gated(plain)
  const { runner, rows, close } = await run(store, path, [counting, summing(2)])
  await fill(plain, 40, 45)
  t.ok(await runner.waitUntil(45n, WAIT_MS), 'who is not behind goes on')
  const newest = () => runner.reader.all(summedSeen, 'order by position desc limit 1')[0]
  t.match(newest(), { position: 40n, sum: 40 }, 'the older rows are read meanwhile')
  t.strictSame([runner.applied(), runner.applied('summing')], [45n, 40n], 'and say how old they are')
  t.notOk(runner.isReady())
  t.equal(await runner.waitUntil(45n, 30, 'summing'), false)
  const status = runner.status().find(({ name }) => name === 'summing')
  t.match(status, { version: 2, position: 40n, rebuilt: 5n, stopped: null })
  t.notOk('rebuilt' in (runner.status()[0] ?? {}))

  open()
  t.ok(await runner.waitUntil(45n, WAIT_MS, 'summing'))
  t.match(newest(), { position: 45n, sum: 90 }, 'the new rows are read')
  t.ok(runner.isReady())
  await fill(plain, 45, 50)
  t.ok(await runner.waitUntil(50n, WAIT_MS, 'summing', 'counting'))
  t.match(newest(), { position: 50n, sum: 100 }, 'and follow')
  const fresh = await run(plain, ':memory:', [counting, summing(2)])
  await fresh.runner.waitUntil(50n, WAIT_MS)
  t.equal(dump(rows, [counting, summing(2)]), dump(fresh.rows, [counting, summing(2)]))
  await fresh.close()
  await close()
})

t.test('all versions raised at once: reads go on all the same', async (t) => {
  const plain = createMemoryStore()
  await fill(plain, 0, 20)
  const path = join(t.testdir(), 'rows.db')
  const first = await run(plain, path, [summing(1)])
  await first.runner.waitUntil(20n, WAIT_MS)
  await first.close()
  const { store, open } = gated(plain)
  const { runner, close } = await run(store, path, [summing(3)])
  t.match(runner.reader.all(summedSeen, 'order by position desc')[0], { sum: 20 })
  t.equal(runner.applied(), 20n)
  open()
  t.ok(await runner.waitUntil(20n, WAIT_MS, 'summing'))
  t.match(runner.reader.all(summedSeen, 'order by position desc')[0], { sum: 60 })
  t.ok(runner.isReady())
  await close()
})

t.test('a rebuild that a handler stops leaves the older rows in place', async (t) => {
  const store = createMemoryStore()
  await fill(store, 0, 20)
  const path = join(t.testdir(), 'rows.db')
  const first = await run(store, path, [counting, summing(1)])
  await first.runner.waitUntil(20n, WAIT_MS)
  await first.close()
  const { runner, trouble, close } = await run(store, path, [counting, summing(2, 7n)])
  while (trouble.length === 0) await new Promise((resolve) => setImmediate(resolve))
  await fill(store, 20, 22)
  t.ok(await runner.waitUntil(22n, WAIT_MS))
  t.match(runner.reader.all(summedSeen, 'order by position desc')[0], { position: 20n, sum: 20 })
  t.match(runner.status()[1], { position: 20n, rebuilt: 6n, stopped: { position: 7n } })
  t.notOk(runner.isReady())
  await close()
})

t.test('rows of a ledger that was put back from a backup are made anew', async (t) => {
  const store = createMemoryStore()
  await fill(store, 0, 20)
  const path = join(t.testdir(), 'rows.db')
  const first = await run(store, path, [counting])
  await first.runner.waitUntil(20n, WAIT_MS)
  await first.close()
  const shorter = createMemoryStore()
  await fill(shorter, 0, 12)
  t.equal(await shorter.identity(), await store.identity(), 'it begins the same')
  const again = await run(shorter, path, [counting])
  t.ok(await again.runner.waitUntil(12n, WAIT_MS))
  t.match(again.rows.query('select sum(acts) as acts from counting_acts'), [{ acts: 12n }])
  await again.close()
})

t.test('a track that has joined the others joins nobody again', async (t) => {
  const rows = openReadModel(':memory:', [counting, summing()])
  const trackOf = (projection: typeof counting): Track => ({
    running: [resume(rows, projection)],
    seen: 0n,
    ended: false
  })
  const first = trackOf(counting)
  const tracks = [first]
  t.ok(catchUp(rows, tracks, trackOf(summing())))
  t.equal(tracks.length, 1)
  t.equal(tracks[0], first)
  t.strictSame(
    first.running.map(({ projection }) => projection.name),
    ['counting'],
    'and the others are left alone'
  )
  rows.close()
})
