import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { rebuildRows } from '../../projections/rebuild.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { acting, counting, summing } from '../support/counting.ts'
import { startNodes } from '../support/eventstoredb-node.ts'
import { dump, run } from '../support/run-rows.ts'

const CUTS = 200
const projections = [counting, summing()]

t.test(`${CUTS} cuts while others write: no event is missed, none comes or is applied twice`, async (t) => {
  const nodes = await startNodes()
  const open = () => openEventStoreDb(nodes.address, { prefix: 'k_' })
  const [writer, reader, followed] = await Promise.all([open(), open(), open()])
  const following = await run(followed, ':memory:', projections, { events: 10 })
  t.teardown(async () => {
    await following.close()
    await Promise.all([writer.close(), reader.close(), followed.close()])
    await nodes.close()
  })
  const told: string[] = []
  following.runner.onApplied((events) => told.push(...events.map(({ id }) => id)))
  const written: string[] = []
  const isOver = new AbortController()
  const writing = writeOn(writer, written, isOver.signal)

  const abort = new AbortController()
  const seen: string[] = []
  let cuts = 0
  let [checkpoint, isForward] = [0n, true]
  for await (const batch of reader.subscribe(0n, ['unit-'], abort.signal)) {
    seen.push(...batch.events.map(({ id }) => id))
    isForward &&= batch.checkpoint >= checkpoint
    checkpoint = batch.checkpoint
    if (cuts < CUTS && batch.events.length > 0) {
      cuts += 1
      // Of the client that is read here, and of the one that projections follow.
      nodes.gates[0]?.cut()
      if (cuts === CUTS) isOver.abort()
    }
    if (cuts === CUTS) {
      await writing
      if (seen.length >= written.length) abort.abort()
    }
  }
  const ledger = nodes.log.all.filter(({ stream }) => stream.startsWith('k_')).map(({ id }) => id)
  t.equal(cuts, CUTS)
  t.ok(isForward, 'a checkpoint never goes back')
  t.strictSame(seen, ledger, 'in ledger order')
  t.strictSame(new Set(ledger), new Set(written), 'and what was answered is there, once')
  t.equal(ledger.length, written.length)

  t.ok(await following.runner.waitUntil(await writer.end(), 60_000))
  t.strictSame(told, ledger, 'each was applied once')
  const rebuilt = openReadModel(':memory:', projections)
  await rebuildRows({ store: writer, rows: rebuilt, projections })
  t.equal(dump(following.rows, projections), dump(rebuilt, projections), 'the rows are those of a rebuild')
  rebuilt.close()
})

/** One event after another, two streams at a time; a cut is a retry, never another copy. */
async function writeOn(store: EventStore, written: string[], over: AbortSignal): Promise<void> {
  const acts = acting(20_000, 2)
  const writeTo = async (stream: string) => {
    for (const { events, revision } of acts.filter((act) => act.stream === stream)) {
      if (over.aborted) return
      await store.append(stream, events, { expectedRevision: revision === 0 ? 'none' : revision - 1 })
      written.push(...events.map(({ id }) => id))
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    throw new Error('not enough events')
  }
  await Promise.all(['unit-u-0', 'unit-u-1'].map(writeTo))
}

t.test(
  'a store that is closed while it looks for the leader again leaves no connection behind',
  async (t) => {
    const nodes = await startNodes(3)
    t.teardown(nodes.close)
    const store = await openEventStoreDb(nodes.address, { prefix: 'k_' })
    await nodes.killLeader(500)
    const asked = t.rejects(store.end())
    await sleep(250)
    await store.close()
    await asked
    await sleep(1_000)
    t.equal(
      nodes.gates.reduce((sum, gate) => sum + gate.connections(), 0),
      0
    )
  }
)
