import t from 'tap'
import { createStreams } from '../../commands/streams.ts'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { expert } from '../support/province.ts'
import { EVALUATION, override, readAll, startShell, toReview } from '../support/shell.ts'

const STREAM = `evaluation-${EVALUATION}`

/** A store that knows of one stream whatever is asked of it after its first event, as one that has written it all. */
async function knowing() {
  const store = createMemoryStore()
  let events: StoredEvent[] = []
  let reads = 0
  const readStream: typeof store.readStream = (...asked) => {
    reads += 1
    return store.readStream(...asked)
  }
  const known = (stream: string, from: number) =>
    stream === STREAM && from > 0 ? events.slice(from) : undefined
  return {
    store,
    learn: async () => {
      events = await readAll(store, STREAM)
    },
    asked: { readStream, known },
    reads: () => reads
  }
}

t.test('a stream is the same whether its news was known or had to be read', async (t) => {
  const { store, learn, asked, reads } = await knowing()
  const shell = startShell(store)
  const saw: string[] = []
  const load = createStreams(asked, (at) => saw.push(at))
  await toReview(shell)
  await learn()
  const first = await load(STREAM)
  const acts: Parameters<typeof shell.ask>[] = [
    [...override('G.b', '5')],
    // Of a node with others below it: which ones, only its framework tells.
    ['return-for-correction', { evaluation: EVALUATION, nodes: ['G.a'], reason: 'r' }, { actor: expert }]
  ]
  for (const act of acts) {
    await shell.ask(...act)
    await learn()
    t.strictSame(await load(STREAM), await createStreams(store)(STREAM), `after ${act[0]}`)
  }
  t.equal(reads(), 2, 'the stream at first, and the framework')
  const last = await load(STREAM)
  t.equal(await load(STREAM), last, 'the same object while nothing has changed')
  t.equal(first.revision, 4, 'which nobody has changed')
  t.equal(saw.length, 8, 'every event is seen once')
})

t.test('a known event that cannot be read is a rejection like any other', async (t) => {
  const { store, learn, asked } = await knowing()
  const shell = startShell(store)
  const load = createStreams(asked)
  await toReview(shell)
  await learn()
  await load(STREAM)
  const id = '6f1c1b0e-7a35-4d0b-9a5e-3c1f4d6b8a21'
  await store.append(STREAM, [{ id, type: 'Unheard', data: '{}', metadata: '{}' }], { expectedRevision: 4 })
  await learn()
  await t.rejects(load(STREAM), { name: 'UnreadableEvent', event: id })
})
