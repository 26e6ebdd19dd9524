import t from 'tap'
import type { EventStore } from '../../src/store/event-store.ts'
import { openEventStoreDb } from '../../src/store/eventstoredb.ts'
import { startNodes } from '../support/eventstoredb-node.ts'
import { newEvents } from './contract.ts'

const CUTS = 200

t.test(`${CUTS} cuts while others write: no event is missed, none comes twice`, async (t) => {
  const nodes = await startNodes()
  const open = () => openEventStoreDb(nodes.address, { prefix: 'k_', kinds: [''] })
  const [writer, reader] = await Promise.all([open(), open()])
  t.teardown(async () => {
    await Promise.all([writer.close(), reader.close()])
    await nodes.close()
  })
  const written: string[] = []
  const isOver = new AbortController()
  const writing = Promise.all(['a', 'b'].map((stream) => writeOn(writer, stream, written, isOver.signal)))

  const abort = new AbortController()
  const seen: string[] = []
  let cuts = 0
  let [checkpoint, isForward] = [0n, true]
  for await (const batch of reader.subscribe(0n, [''], abort.signal)) {
    seen.push(...batch.events.map(({ id }) => id))
    isForward &&= batch.checkpoint >= checkpoint
    checkpoint = batch.checkpoint
    if (cuts < CUTS && batch.events.length > 0) {
      cuts += 1
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
})

/** One event after another; a cut is a retry, never another copy. */
async function writeOn(store: EventStore, stream: string, written: string[], over: AbortSignal) {
  for (let revision = 0; !over.aborted; revision++) {
    const events = newEvents(1)
    await store.append(stream, events, { expectedRevision: revision === 0 ? 'none' : revision - 1 })
    written.push(...events.map(({ id }) => id))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
