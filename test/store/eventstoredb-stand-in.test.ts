import { randomUUID } from 'node:crypto'
import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client'
import t, { type Test } from 'tap'
import { startNodes } from '../support/eventstoredb-node.ts'

/*
 * The stand-in answers the client's own calls as a real server was seen to, in what the adapter is built on. What holds
 * here and not on a server would make the tests of the adapter worthless.
 */

const stream = 'unit-yazd'
const none = { expectedRevision: 'no_stream' } as const
const event = (id: string = randomUUID(), data: Record<string, string | number> = { n: 1 }) =>
  jsonEvent({ id, type: 'Noted', data })

async function connected(t: Test) {
  const nodes = await startNodes()
  const client = EventStoreDBClient.connectionString(nodes.address)
  t.teardown(async () => {
    await client.dispose()
    await nodes.close()
  })
  const read = async () => {
    const found: { revision: bigint; position: bigint | undefined; data: unknown }[] = []
    for await (const { event } of client.readStream(stream)) {
      if (event) found.push({ revision: event.revision, position: event.position?.commit, data: event.data })
    }
    return found
  }
  return { nodes, client, read }
}

t.test('appends in batches are answered as single ones are', async (t) => {
  const { client, read, nodes } = await connected(t)
  const answer = await client.appendToStream(stream, [event(), event()], none)
  t.match(answer, { success: true, nextExpectedRevision: 1n })
  t.equal(answer.position?.commit, (await read()).at(-1)?.position)
  t.ok(nodes.asked.calls.has('batch append'), 'the way that the client takes of itself')
  await refused(t, client.appendToStream(stream, event(), none), 'wrong-expected-version')
})

t.test('an empty append succeeds with a revision that does not exist', async (t) => {
  const { client, read } = await connected(t)
  t.match(await client.appendToStream(stream, [], none), { success: true, nextExpectedRevision: 0n })
  await refused(t, read(), 'stream-not-found')
})

t.test('ids are compared and contents are not', async (t) => {
  const { client, read } = await connected(t)
  const id = randomUUID()
  const first = await client.appendToStream(stream, event(id), none)
  const again = await client.appendToStream(stream, event(id.toUpperCase(), { n: 2 }), none)
  t.strictSame(again, first)
  t.match(await read(), [{ data: { n: 1 } }])
  await refused(t, client.appendToStream(stream, event(), none), 'wrong-expected-version')
})

t.test('ids that are none are refused, that of nothing too', async (t) => {
  const { client } = await connected(t)
  for (const id of ['order-1', '00000000-0000-0000-0000-000000000000']) {
    await refused(t, client.appendToStream(stream, event(id), none), 'unknown')
  }
})

t.test('the size limit counts data and not metadata', async (t) => {
  const { client } = await connected(t)
  const sized = (bytes: number) => event(randomUUID(), { x: 'x'.repeat(bytes - '{"x":""}'.length) })
  const metadata = { x: 'x'.repeat(3_000_000) }
  const large = jsonEvent({ type: 'Noted', data: { n: 1 }, metadata })
  await client.appendToStream('a', large, none)
  await client.appendToStream('b', sized(1_048_576), none)
  await refused(t, client.appendToStream('c', sized(1_048_577), none), 'maximum-append-size-exceeded')
})

t.test('a position between records is an error, one beyond the end is not', async (t) => {
  const { client, nodes } = await connected(t)
  const { position } = await client.appendToStream(stream, [event(), event()], none)
  const count = async (commit: bigint) => {
    let found = 0
    for await (const _ of client.readAll({ fromPosition: { commit, prepare: commit } })) found += 1
    return found
  }
  const last = position?.commit ?? 0n
  t.equal(await count(last), 1, 'with the record itself')
  t.equal(await count(last + 1n), 0)
  await t.rejects(count(last - 1n), /Unexpected ReadAllResult/)
  const fromPosition = { commit: last - 1n, prepare: last - 1n }
  const subscribed = async () => {
    for await (const _ of client.subscribeToAll({ fromPosition })) break
  }
  await t.rejects(subscribed(), /Exception was thrown by handler/)
  t.strictSame(nodes.asked.strayPositions, [last - 1n, last - 1n])
  t.ok((await all(client.readAll({ fromPosition: START }))) > 2, 'a record of the node itself among them')
})

t.test('a deleted stream goes on after its last revision, and does not exist', async (t) => {
  const { client, nodes, read } = await connected(t)
  await client.appendToStream(stream, [event(), event()], none)
  nodes.log.softDelete(stream)
  await refused(t, read(), 'stream-not-found')
  await refused(
    t,
    client.appendToStream(stream, event(), { expectedRevision: 'stream_exists' }),
    'stream-deleted'
  )
  t.match(await client.appendToStream(stream, event(), none), { nextExpectedRevision: 2n })
  t.match(await read(), [{ revision: 2n }])
  nodes.log.tombstone(stream)
  await refused(t, client.appendToStream(stream, event(), none), 'stream-deleted')
})

async function all(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0
  for await (const _ of items) count += 1
  return count
}

/** The client says by a type what is wrong. */
async function refused(t: Test, work: Promise<unknown>, type: string): Promise<void> {
  t.match(await work.catch((error: unknown) => error), { type }, type)
}
