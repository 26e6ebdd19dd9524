import t from 'tap'
import { createFeed } from '../../src/following/feed.ts'
import type { ToThread } from '../../src/following/protocol.ts'
import type { Batch } from '../../src/store/event-store.ts'
import { createMemoryStore } from '../support/memory-store.ts'

/** A store on which nothing of ours stands, however far one looks; counts who asked. */
function foreign() {
  let asked = 0
  async function* subscribe(_after: bigint, _prefixes: readonly string[], signal: AbortSignal) {
    asked += 1
    for (let at = 1n; !signal.aborted; at += 500n) {
      const batch: Batch = { events: [], checkpoint: at, caughtUp: false }
      yield batch
    }
  }
  return { store: { ...createMemoryStore(), subscribe }, asked: () => asked }
}

t.test('what only says up to where it was looked is waited for as well', async (t) => {
  const said: ToThread[] = []
  const feed = createFeed(
    foreign().store,
    (message) => {
      said.push(message)
      if (said.length > 50_000) throw new Error('nobody could take so much')
    },
    () => {}
  )
  feed.hear({ kind: 'subscribe', subscription: 1, after: 0n })
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
  const before = said.length
  t.ok(before > 0 && before <= 12_000, `${before} are away`)
  feed.hear({ kind: 'taken', subscription: 1 })
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
  t.equal(said.length, before + 1, 'one for each that is taken')
  await feed.end()
})

t.test('nothing is begun after the end', async (t) => {
  const said: ToThread[] = []
  const { store, asked } = foreign()
  const feed = createFeed(
    store,
    (message) => said.push(message),
    () => {}
  )
  await feed.end()
  feed.hear({ kind: 'subscribe', subscription: 1, after: 0n })
  await new Promise((resolve) => setImmediate(resolve))
  t.equal(asked(), 0)
  t.strictSame(said, [{ kind: 'over', subscription: 1, fault: null }])
})
