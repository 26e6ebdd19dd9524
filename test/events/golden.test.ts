import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { z } from 'zod'
import {
  catalogue,
  type EventTypeName,
  readEvent,
  readStored,
  type StoredEvent,
  UnreadableEvent,
  wireEvent
} from '../../src/events/catalogue.ts'
import { eventType } from '../../src/events/envelope.ts'

/*
 * One file for each event type and version, as a store would hold it: what is written there must be readable for
 * ever. A file is added with a new version and never edited.
 */

const FOLDER = new URL('../golden/', import.meta.url)

interface Golden {
  id: string
  type: EventTypeName
  stream: string
  revision: number
  position: string
  data: unknown
  metadata: { version: number }
}

const golden = (name: string): Golden => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))

const stored = ({ data, metadata, position, ...rest }: Golden): StoredEvent => ({
  ...rest,
  position: BigInt(position),
  data: JSON.stringify(data),
  metadata: JSON.stringify(metadata)
})

const files = readdirSync(FOLDER)

t.test('every type has a golden file for each of its versions, and no file is left over', async (t) => {
  const due = Object.values(catalogue).flatMap(({ type, version }) =>
    Array.from({ length: version }, (_, i) => `${type}.v${i + 1}.json`)
  )
  t.strictSame(files.toSorted(), due.toSorted())
})

t.test('golden events are read as they were written, the newest version to the letter', async (t) => {
  for (const file of files) {
    const event = golden(file)
    const { version, ...metadata } = event.metadata
    t.equal(`${event.type}.v${version}.json`, file)
    const read = readEvent(stored(event))
    t.match(read, { id: event.id, type: event.type, stream: event.stream, revision: event.revision })
    t.equal(read.version, catalogue[event.type].version)
    t.equal(read.position, BigInt(event.position))
    t.strictSame(read.metadata, metadata)
    if (version === read.version) t.strictSame(read.data, event.data, file)
  }
})

t.test('outside, revision and position are decimal strings', async (t) => {
  const event = golden('ScoreConfirmed.v1.json')
  const wire = wireEvent(readEvent(stored(event)))
  t.match(wire, { revision: String(event.revision), position: event.position, version: 1 })
  t.notOk('version' in wire.metadata)
})

t.test('what cannot be read stops whoever reads, and is named', async (t) => {
  const good = golden('ScoreConfirmed.v1.json')
  const strange: Record<string, StoredEvent> = {
    'an unknown type': { ...stored(good), type: 'ScoreDoubted' },
    'a type that every object has': { ...stored(good), type: 'constructor' },
    'a newer version': stored({ ...good, metadata: { ...good.metadata, version: 2 } }),
    'no version': stored({ ...good, metadata: { ...good.metadata, version: 0 } }),
    'an unknown field': stored({ ...good, data: { ...Object(good.data), weight: '1' } }),
    'an unknown field of the metadata': stored({
      ...good,
      metadata: { ...good.metadata, ip: '::1' } as never
    }),
    'a missing field': stored({ ...good, data: { node: 'G' } }),
    'a number for points': stored({ ...good, data: { ...Object(good.data), points: 5 } }),
    'no JSON': { ...stored(good), data: '{' }
  }
  for (const [what, event] of Object.entries(strange)) {
    try {
      readEvent(event)
      t.fail(what)
    } catch (error) {
      t.ok(error instanceof UnreadableEvent, what)
      t.match(error, { event: good.id, message: new RegExp(`${good.id}.*${event.type}.*position`) })
    }
  }
})

t.test('an older version is brought to the newest step by step', async (t) => {
  const V1 = z.strictObject({ part: z.string() })
  const V2 = z.strictObject({ share: z.string() })
  const types = {
    SharesNoted: eventType('SharesNoted', z.strictObject({ shares: z.array(z.string()) }), {
      version: 3,
      upcasters: {
        1: (data) => ({ share: V1.parse(data).part }),
        2: (data) => ({ shares: [V2.parse(data).share] })
      }
    }),
    Cut: eventType('Cut', z.strictObject({}), { version: 3, upcasters: { 2: (data) => data } })
  }
  const noted = (type: string, version: number, data: unknown) => {
    const { metadata } = golden('ScoreConfirmed.v1.json')
    const event = { ...golden('ScoreConfirmed.v1.json'), data, metadata: { ...metadata, version } }
    return { ...stored(event), type }
  }
  const newest = { type: 'SharesNoted', version: 3, data: { shares: ['7'] } }
  t.match(readStored(types, noted('SharesNoted', 1, { part: '7' })), newest)
  t.match(readStored(types, noted('SharesNoted', 2, { share: '7' })), newest)
  t.match(readStored(types, noted('SharesNoted', 3, { shares: ['7'] })), newest)
  t.throws(() => readStored(types, noted('SharesNoted', 1, { share: '7' })), UnreadableEvent)
  t.throws(() => readStored(types, noted('Cut', 1, {})), { message: /no way from version 1 to 2/ })
})

t.test('every newer version has a way from each older one', async (t) => {
  for (const { type, version, upcasters } of Object.values(catalogue)) {
    const steps = Object.keys(upcasters).map(Number)
    t.strictSame(
      steps,
      Array.from({ length: version - 1 }, (_, i) => i + 1),
      type
    )
  }
})

t.test('events are facts of the trade, never changes of rows', async (t) => {
  for (const type of Object.keys(catalogue)) t.notMatch(type, /(Updated|Changed|Deleted|Created|Set)$/)
})
