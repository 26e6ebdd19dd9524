import { randomUUID } from 'node:crypto'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import type { EventStore } from '../../src/store/event-store.ts'

/*
 * A process that has an embedded ledger open, for tests that stop it the hard way.
 * `ledger-writer.ts <path> <writers>`: says `open`, then appends with so many writers, each to its own stream, and
 * says `<stream> <revision> <position> <id>` for every event that was acknowledged. No writers: it only holds the
 * file. `once`: one append, close, and the end of the process without a call to exit.
 */

const [path = '', writers = '0'] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)

async function write(store: EventStore, stream: string, count: number): Promise<void> {
  let last = -1
  for await (const { revision } of store.readStream(stream)) last = revision
  for (let i = 0; i < count; i++) {
    // Some appends have several events: none of them may be there without the others.
    const events = Array.from({ length: 1 + (i % 3) }, () => ({
      id: randomUUID(),
      type: 'Noted',
      data: JSON.stringify({ text: 'x'.repeat(200 * (i % 5)) }),
      metadata: `{"size":${1 + (i % 3)}}`
    }))
    const expectedRevision = last < 0 ? 'none' : last
    const appended = await store.append(stream, events, { expectedRevision })
    last = appended.revision
    say(`${stream} ${appended.revision} ${appended.position} ${events.at(-1)?.id}`)
  }
}

try {
  const store = await openEmbeddedStore(path)
  say('open')
  if (writers === 'once') {
    await write(store, 'unit-once', 1)
    await store.close()
  } else {
    // Whoever started it and is gone cannot stop it any more.
    process.stdin.on('end', () => process.exit()).resume()
    for (let i = 0; i < Number(writers); i++) void write(store, `unit-${i}`, Number.POSITIVE_INFINITY)
  }
} catch (error) {
  say(String(error))
  process.exitCode = 1
}
