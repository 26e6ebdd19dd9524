import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { projections } from '../../projections/all.ts'
import { rebuildRows } from '../../projections/rebuild.ts'
import { SHARES, shareOf } from '../../projections/shares.ts'
import { withKeeper } from '../../projections/tracks.ts'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { type InTwo, rebuildInTwo } from '../../src/rebuilding/rebuild-in-two.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { openReader } from '../../src/store/open.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { BUILDING } from '../../src/store/read-model-options.ts'
import { filesOfSecond } from '../../src/store/rows-files.ts'
import { randomHistory } from '../support/random-ledger.ts'
import { dump } from '../support/run-rows.ts'
import { storedOf } from '../support/server.ts'

/* A rebuild in two threads leaves what one in a single thread leaves, however it ends. */

const HISTORY = fc
  .sample(randomHistory(fc, 150), { numRuns: 12, seed: 7 })
  .reduce((longest, each) => (each.length > longest.length ? each : longest))
  .map(storedOf)

/** A ledger of these events in a file, and what rebuilding it takes. */
async function ledgerOf(t: Test, events: readonly StoredEvent[] = HISTORY) {
  const folder = t.testdir()
  const ledger = join(folder, 'ledger.db')
  const writer = await openEmbeddedStore(ledger)
  for (const event of events) {
    const expectedRevision = event.revision === 0 ? 'none' : event.revision - 1
    await writer.append(event.stream, [event], { expectedRevision })
  }
  await writer.close()
  const source = { store: { kind: 'file', path: ledger }, streamPrefix: '' } as const
  const store = await openReader(source.store, source)
  t.teardown(() => store.close())
  const path = join(folder, 'rows.db')
  const end = await store.end()
  const rebuild = (rows: ReadModel, more: Partial<InTwo> = {}) =>
    rebuildInTwo({ source, store, rows, path, end, projections, eventsLeast: 0, ...more })
  const inOne = async () => {
    const rows = openReadModel(':memory:', withKeeper(projections))
    const { stopped } = await rebuildRows({ store, rows, projections })
    const left = leftIn(rows, stopped)
    rows.close()
    return left
  }
  return { folder, path, rebuild, inOne }
}

const leftIn = (rows: ReadModel, stopped: readonly object[]) => ({
  rows: dump(rows, projections),
  positions: projections.map(({ name }) => [name, rows.served(name)]),
  stopped: new Set(stopped)
})

const open = (t: Test, path: string, options = {}) => {
  const rows = openReadModel(path, withKeeper(projections), { ...BUILDING, ...options })
  t.teardown(() => rows.close())
  return rows
}

const indexesOf = (rows: ReadModel) =>
  rows
    .query(`select name from sqlite_schema where type = 'index' and sql is not null order by name`)
    .map(({ name }) => String(name).replace(/~\d+/, ''))

t.test('new rows, and rows beside older ones, are those of a single thread', async (t) => {
  const { folder, path, rebuild, inOne } = await ledgerOf(t)
  const wanted = await inOne()
  t.ok(wanted.rows.includes('ledger_events'))
  const fresh = openReadModel(path, withKeeper(projections), BUILDING)
  const shown: bigint[] = []
  const first = await rebuild(fresh, { onProgress: (position) => shown.push(position) })
  t.match(first, { finished: true, events: HISTORY.length, stopped: [] })
  t.strictSame(leftIn(fresh, first.stopped), wanted)
  t.equal(shown.at(-1), BigInt(HISTORY.length), 'it shows the way of both')
  const indexes = indexesOf(fresh)
  fresh.close()
  t.strictSame(
    readdirSync(folder).filter((name) => name.includes('second')),
    [],
    'nothing is left beside'
  )

  const again = open(t, path, { rebuild: projections.map(({ name }) => name) })
  t.ok(again.isBuilding('ledger'))
  const second = await rebuild(again)
  t.notOk(again.isBuilding('ledger'))
  t.strictSame(leftIn(again, second.stopped), wanted)
  t.strictSame(indexesOf(again), indexes)
})

t.test('however evaluations are divided, the rows are the same', async (t) => {
  const evaluations = [...new Set(HISTORY.map(({ stream }) => stream))]
    .filter((stream) => stream.startsWith('evaluation-'))
    .map((stream) => shareOf(stream.slice('evaluation-'.length)))
  const { folder, rebuild, inOne } = await ledgerOf(t)
  const wanted = await inOne()
  t.match(wanted.rows, 'scorecard_openings')
  let isShared = 0
  for (let firstShares = 0; firstShares <= SHARES; firstShares++) {
    const path = join(folder, `rows-${firstShares}.db`)
    const rows = open(t, path)
    const result = await rebuild(rows, { path, firstShares })
    t.match(result, { finished: true, events: HISTORY.length, stopped: [] })
    t.strictSame(leftIn(rows, result.stopped), wanted, `${firstShares} shares for the first thread`)
    if (evaluations.some((each) => each < firstShares) && evaluations.some((each) => each >= firstShares))
      isShared += 1
  }
  t.ok(isShared > 1, 'both threads had evaluations')
})

t.test('while they are divided nobody takes them for whole, however it ends', async (t) => {
  const { path, rebuild, inOne } = await ledgerOf(t)
  const names = projections.map(({ name }) => name)
  const wanted = await inOne()
  const dying = openReadModel(path, withKeeper(projections))
  // As if the process were killed before both parts are put together: nothing is dropped.
  const killed = {
    ...dying,
    merge: () => {
      throw new Error('killed')
    },
    clear: () => {
      throw new Error('killed')
    }
  }
  await t.rejects(rebuild(killed), /killed/)
  t.not(dying.checkpoint('trail'), 0n, 'it had come far')
  t.not(dying.checkpoint('ledger'), 0n)
  dying.close()
  const next = open(t, path)
  t.equal(next.checkpoint('trail'), 0n)
  t.equal(next.checkpoint('ledger'), BigInt(HISTORY.length), 'what was not divided stays')
  const { stopped } = await rebuild(next)
  t.strictSame(leftIn(next, stopped), wanted)
  next.close()

  // The same beside older rows: those are served meanwhile and afterwards.
  const beside = openReadModel(path, withKeeper(projections), { rebuild: names })
  await t.rejects(rebuild({ ...beside, merge: killed.merge, clear: killed.clear }), /killed/)
  t.strictSame(leftIn(beside, []), wanted)
  beside.close()
  t.strictSame(leftIn(open(t, path), []), wanted)
})

t.test('what the second thread of a killed rebuild has left goes with the next opening', async (t) => {
  const { path } = await ledgerOf(t)
  const left = filesOfSecond(path).flatMap((each) => [each, `${each}-journal`, `${each}.lock`])
  for (const each of left) writeFileSync(each, each.endsWith('-journal') ? 'pages' : '')
  const rows = open(t, path)
  t.strictSame(left.filter(existsSync), [])
  const [one] = filesOfSecond(path)
  writeFileSync(one, '')
  t.throws(() => openReadModel(path, withKeeper(projections)), /Another process is using/)
  t.ok(existsSync(one), 'but not while a rebuild may be using it')
  rows.close()
})

t.test('parts that have not gone equally far are not put together', async (t) => {
  const { folder, path, rebuild } = await ledgerOf(t)
  const rows = open(t, path)
  const other = openReadModel(join(folder, 'other.db'), withKeeper(projections))
  other.commit(new Map([['trail', 3n]]))
  other.close()
  await rebuild(rows)
  t.throws(
    () => rows.merge(join(folder, 'other.db'), ['trail']),
    /one part of trail is at \d+, the other at 3/
  )
})

t.test('a handler that throws stops its projection before that event, whoever met it', async (t) => {
  const { folder, rebuild } = await ledgerOf(t)
  const acts = HISTORY.filter(({ type }) => type === 'SelfScoreEntered')
  const evaluation = acts.at(-1)?.stream ?? ''
  const last = acts.findLast(({ stream }) => stream === evaluation)
  t.ok(last)
  const tampered = projections.map((each) =>
    each.name === 'trail'
      ? {
          ...each,
          on: {
            ...each.on,
            SelfScoreEntered: (event: { id: string }) => {
              if (event.id === last?.id) throw new Error('a bug')
              return []
            }
          }
        }
      : each
  )
  const share = shareOf(evaluation.slice('evaluation-'.length))
  const path = join(folder, 'tampered.db')
  const rows = open(t, path)
  // Only this thread has the tampered projection.
  const { stopped } = await rebuild(rows, { path, projections: tampered, firstShares: share + 1 })
  t.match(stopped, [{ projection: 'trail', event: last?.id, error: 'a bug' }])
  t.equal(rows.checkpoint('trail'), (last?.position ?? 0n) - 1n)
  t.equal(rows.checkpoint('scorecard'), BigInt(HISTORY.length))
})

t.test('an event that nobody can read stops both threads before it', async (t) => {
  const place = Math.floor(HISTORY.length * 0.7)
  const { path, rebuild, inOne } = await ledgerOf(
    t,
    HISTORY.map((event, i) => (i === place ? { ...event, data: '{}' } : event))
  )
  const rows = open(t, path)
  const { stopped } = await rebuild(rows)
  t.equal(stopped.length, projections.length)
  const left = leftIn(rows, stopped)
  t.strictSame(left, await inOne())
})

t.test('what was built before an interruption stays, and the next rebuild completes it', async (t) => {
  const { path, rebuild, inOne } = await ledgerOf(t)
  const sizes = { heads: 30, waiting: { events: 30, characters: 100_000 }, commitEvents: 30 }
  let parts = 0
  for (let finished = false; !finished; parts++) {
    const rows = openReadModel(path, withKeeper(projections), BUILDING)
    let asked = 0
    finished = (await rebuild(rows, { sizes, isCancelled: () => ++asked > 3 })).finished
    rows.close()
    if (parts > HISTORY.length) throw new Error('it never ends')
  }
  t.ok(parts > 1, 'it was interrupted')
  t.strictSame(leftIn(open(t, path), []), await inOne())
})

t.test('where the second thread fails the rebuild does, and keeps what it had', async (t) => {
  const { folder, path, rebuild, inOne } = await ledgerOf(t)
  const rows = open(t, path)
  const elsewhere = { store: { kind: 'file', path: join(folder, 'missing.db') }, streamPrefix: '' } as const
  await t.rejects(rebuild(rows, { source: elsewhere }), /missing\.db/)
  t.equal(rows.checkpoint('ledger'), 0n)
  t.strictSame(filesOfSecond(path).filter(existsSync), [])
  const { stopped } = await rebuild(rows)
  t.strictSame(leftIn(rows, stopped), await inOne())
})

t.test('where the first thread fails the second one ends', async (t) => {
  const { folder, path, rebuild } = await ledgerOf(t)
  const rows = open(t, path)
  const full = {
    ...rows,
    commit: () => {
      throw new Error('the disk is full')
    }
  }
  await t.rejects(rebuild(full), /the disk is full/)
  t.strictSame(
    readdirSync(folder).filter((name) => name.includes('second')),
    []
  )
})

t.test('a short ledger, and projections that have begun, go in one thread', async (t) => {
  const { path, rebuild } = await ledgerOf(t)
  const rows = open(t, path)
  const adopt = () => {
    throw new Error('there was a second thread')
  }
  const alone = { ...rows, adopt }
  await t.rejects(rebuild(alone), /second thread/)
  t.match(await rebuild(alone, { eventsLeast: HISTORY.length + 1 }), { finished: true })
  t.match(await rebuild(alone), { finished: true }, 'all is built by now')
})
