import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { z } from 'zod'
import {
  catalogue,
  type EventTypeName,
  readEvent,
  readStored,
  type StoredEvent,
  UnreadableEvent
} from '../../src/events/catalogue.ts'
import { eventType, Metadata } from '../../src/events/envelope.ts'
import { exactly } from '../../src/events/exact.ts'
import { isSha256, isUuid } from '../../src/events/hex.ts'
import { valuesOf } from '../support/values-of.ts'

/*
 * The quick way to read an event must not be told from the schemas by anything but time: the same values with their
 * members in the same order, the same errors word for word.
 */

const RUNS = 150
const names = Object.keys(catalogue) as EventTypeName[]
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Metadata as stored, the version where a process put it. */
const StoredMetadata = Metadata.extend({ version: z.int().positive() })
const metadataValues = fc
  .tuple(valuesOf(fc, Metadata), fc.boolean(), fc.constantFrom(1, 1, 1, 1, 1, 1, 0, 2, 1.5, '1'))
  .map(([value, first, version]) => (first ? { version, ...Object(value) } : { ...Object(value), version }))

/** How an event was read before there was a quick way. */
function readSlowly(stored: StoredEvent): unknown {
  try {
    const { version, ...metadata } = StoredMetadata.parse(JSON.parse(stored.metadata))
    const known = catalogue[stored.type as EventTypeName]
    if (version > known.version) throw new Error(`version ${version} is newer than this program knows`)
    const data = known.data.parse(JSON.parse(stored.data))
    const { id, type, stream, revision, position } = stored
    return { id, type, version: known.version, stream, revision, position, data, metadata }
  } catch (cause) {
    throw new UnreadableEvent(stored, cause)
  }
}

/** What is made of an event, its members in order, or the words in which it is refused. */
function outcome(read: (stored: StoredEvent) => unknown, stored: StoredEvent) {
  try {
    const event = read(stored)
    return {
      event,
      text: JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))
    }
  } catch (error) {
    assert.ok(error instanceof UnreadableEvent)
    return { message: error.message, cause: String(error.cause) }
  }
}

const storedAs = (type: string, data: string, metadata: string): StoredEvent => ({
  ...{ id: 'd9720c19-ce6e-5344-9e8d-b657e5e9c014', type, stream: 'unit-a', revision: 0, position: 1n },
  data,
  metadata
})

function sameOutcome(type: string, data: string, metadata: string): boolean {
  const stored = storedAs(type, data, metadata)
  const quick = outcome(readEvent, stored)
  assert.deepStrictEqual(quick, outcome(readSlowly, stored))
  return 'event' in quick
}

interface Holder {
  [member: string]: unknown
}

/** All objects and lists in a value, itself included. */
const holders = (value: unknown): Holder[] =>
  typeof value === 'object' && value !== null
    ? [value as Holder, ...Object.values(value).flatMap(holders)]
    : []

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '0',
    '1.50',
    '-1',
    'total',
    0,
    -1,
    1.5,
    2 ** 60,
    true,
    {},
    [],
    [null]
  ),
  fc.jsonValue({ maxDepth: 1 })
)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

/** One thing done to one member of one of the objects in a value. */
const harms: ((holder: Holder, member: string, other: unknown) => void)[] = [
  (holder, member) => delete holder[member],
  (holder, member, other) => Object.assign(holder, { [member]: other }),
  (holder, _, other) => Object.assign(holder, { unheard: other }),
  (holder, _, other) => Object.defineProperty(holder, '__proto__', { value: other, enumerable: true }),
  (holder) => Object.assign(holder, { constructor: 'x', toString: 'y' }),
  // To the end: another order.
  (holder, member) => {
    const { [member]: value } = holder
    delete holder[member]
    holder[member] = value
  },
  ...[' ', '0', '.0', '\n', '۰', 'A'].map((end) => (holder: Holder, member: string) => {
    holder[member] = `${textOf(holder[member])}${end}`
  }),
  (holder, member) => {
    holder[member] = ` ${textOf(holder[member])}`
  },
  (holder, member) => {
    holder[member] = textOf(holder[member]).toUpperCase()
  },
  (holder, member) => {
    holder[member] = [holder[member]]
  }
]

const harm = fc.record({ at: fc.nat(), member: fc.nat(), how: fc.nat(harms.length - 1), other: junk })
type Harm = { at: number; member: number; how: number; other: unknown }

function harmed(value: unknown, { at, member, how, other }: Harm): unknown {
  const copy = json(value)
  const all = holders(copy)
  const holder = all[at % all.length] ?? {}
  const members = Object.keys(holder)
  harms[how]?.(holder, members[member % Math.max(members.length, 1)] ?? 'none', other)
  return copy
}

t.test('events of every type are read as their schemas read them, whole or harmed', async (t) => {
  for (const type of names) {
    const { data } = catalogue[type]
    const counts = { read: 0, refused: 0 }
    fc.assert(
      fc.property(
        valuesOf(fc, data),
        metadataValues,
        fc.array(harm, { maxLength: 2 }),
        (value, metadata, steps) => {
          const changed = steps.reduce(harmed, value)
          counts[sameOutcome(type, JSON.stringify(changed), JSON.stringify(metadata)) ? 'read' : 'refused']++
          const spoilt = steps.reduce(harmed, metadata)
          sameOutcome(type, JSON.stringify(value), JSON.stringify(spoilt))
        }
      ),
      { numRuns: RUNS }
    )
    t.ok(counts.read > 5 && counts.refused > 5, `${type}: ${counts.read} read, ${counts.refused} refused`)
  }
})

t.test('what a schema gave, it and the quick way give again', async () => {
  for (const type of names) {
    const { data, isExact } = catalogue[type]
    fc.assert(
      fc.property(valuesOf(fc, data), (value) => {
        const canonical = json(data.parse(value))
        const isPlain = !/"[\da-fA-F]{8}-[^"]*[A-F]|"(0{8}-0{4}|f{8}-f{4})/.test(JSON.stringify(canonical))
        if (isPlain) assert.ok(isExact(canonical), `${type} ${JSON.stringify(canonical)}`)
      }),
      { numRuns: RUNS }
    )
  }
})

t.test('golden events take the quick way', async (t) => {
  const folder = new URL('../golden/', import.meta.url)
  const isMetadata = exactly(Metadata)
  for (const file of readdirSync(folder)) {
    const event = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    const { version, ...metadata } = event.metadata
    const known = catalogue[event.type as EventTypeName]
    if (version === known.version) t.ok(known.isExact(event.data), file)
    t.ok(isMetadata(metadata), `metadata of ${file}`)
  }
})

t.test('texts that no value would be written as', async (t) => {
  const metadata =
    '{"version":1,"recordedAt":"2024-03-21T08:00:00.123Z","actor":{"id":"e-17","role":"expert","units":[]},' +
    `${['correlationId', 'causationId', 'commandId'].map((name) => `"${name}":"d9720c19-ce6e-5344-9e8d-b657e5e9c014"`)},` +
    `"commandHash":"${'0'.repeat(64)}"}`
  const reason = '{"nodes":["a"],"reason":"r"'
  const read = (data: string, about = metadata) => sameOutcome('ReturnedForCorrection', data, about)
  t.ok(read(`${reason}}`))
  t.ok(read(`${reason},"nodes":["b"]}`), 'the last of two')
  t.notOk(read(`${reason},"nodes":["b "]}`))
  t.notOk(read(`${reason},"__proto__":{"reason":"x"}}`))
  t.notOk(read(`{"nodes":["a"],"__proto__":{"reason":"x"}}`))
  t.notOk(read(`{"__proto__":null,"nodes":["a"],"reason":"r"}`))
  for (const text of ['null', '[]', '{}', '"', '', '1', 'true', '"text"']) {
    t.notOk(read(text), `data ${text}`)
    t.notOk(read(`${reason}}`, text), `metadata ${text}`)
  }
  t.ok(read(`${reason}}`, metadata.replace('"version":1,', '').replace(/}$/, ',"version":1}')))
  t.notOk(read(`${reason}}`, metadata.replace(/}$/, ',"version":2}')), 'the last of two')
  t.notOk(read(`${reason}}`, metadata.replace('{"version"', '{"__proto__":{},"version"')))
  for (const list of ['[]', '{}']) sameOutcome('AppealWaived', list, metadata)
})

t.test('what an upcaster made is checked by the schema, whatever it was made of', async (t) => {
  const types = {
    Noted: eventType('Noted', z.strictObject({ part: z.string() }), {
      version: 2,
      upcasters: { 1: () => ({ part: 7 }) }
    })
  }
  const metadata = {
    recordedAt: '2024-03-21T08:00:00.123Z',
    actor: { id: 'e-17', role: 'expert', units: [] }
  }
  const id = 'd9720c19-ce6e-5344-9e8d-b657e5e9c014'
  const ids = { correlationId: id, causationId: id, commandId: id, commandHash: '0'.repeat(64) }
  const noted = (version: number) =>
    storedAs('Noted', '{"part":"x"}', JSON.stringify({ version, ...metadata, ...ids }))
  t.match(readStored(types, noted(2)), { data: { part: 'x' } })
  t.throws(() => readStored(types, noted(1)), UnreadableEvent)
})

t.test('what cannot be followed in a schema is never known', async (t) => {
  const { string, number, strictObject } = z
  const odd: Record<string, z.ZodType> = {
    default: string().default('x'),
    prefault: string().prefault('x'),
    coerce: z.coerce.string(),
    catch: string().catch('x'),
    pipe: string().transform((text) => text.length),
    loose: z.looseObject({ a: string() }),
    stripping: z.object({ a: string() }),
    'a member with a default': strictObject({ a: string().default('x').optional() }),
    'a member called as what every object has': strictObject({ toString: string().optional() }),
    'options that overlap': z.union([strictObject({ a: string().trim() }), strictObject({ a: string() })]),
    'options that overlap where both leave out': z.union([
      strictObject({ a: z.literal('x').optional(), b: string().overwrite(() => 'y') }),
      strictObject({ a: z.literal('y').optional(), b: string() })
    ]),
    'options of one kind': z.union([string().trim(), string()]),
    'super-refined': string().superRefine((_, context) => context.addIssue('no')),
    'a pattern that goes on': string().regex(/x/g),
    'another format': z.url(),
    'a check of another kind': string().includes('x'),
    'small integers': z.int32(),
    multiples: number().multipleOf(2),
    lazy: z.lazy(() => string()),
    record: z.record(string(), string()),
    date: z.date(),
    any: z.any()
  }
  const values = [
    'x',
    ' x ',
    'http://x.y',
    1,
    2,
    null,
    {},
    { a: 'x' },
    { a: ' x' },
    { b: 'x' },
    { a: 'y', b: 'x' }
  ]
  for (const [what, schema] of Object.entries(odd)) t.strictSame(values.filter(exactly(schema)), [], what)
})

t.test('what can be followed is known where it is unchanged, and nowhere else', async (t) => {
  const { string, strictObject } = z
  const schemas: [schema: z.ZodType, unchanged: unknown][] = [
    [string().min(2).max(3), 'xyz'],
    [string().trim().toLowerCase(), 'x'],
    [string().nullable(), null],
    [
      string()
        .nullable()
        .optional()
        .refine((value) => value !== 'x'),
      'y'
    ],
    [z.number().gt(1).lt(5), 1.5],
    [z.int().min(1).max(5), 5],
    [z.array(z.int()).min(2).max(3), [1, 2]],
    [z.enum({ one: 1, x: 'x' }), 1],
    [
      z.union([
        strictObject({ a: z.literal('x') }),
        strictObject({ a: z.literal('y'), b: string().optional() })
      ]),
      { a: 'y', b: 'x' }
    ],
    [z.union([z.literal(1), z.literal('x')]), 'x'],
    [
      strictObject({ b: string().optional(), a: z.int().nullable(), c: string().optional() }),
      { a: null, c: 'x' }
    ],
    [strictObject({ a: z.int() }).refine(({ a }) => a > 1), { a: 2 }]
  ]
  const texts = fc.constantFrom(
    'x',
    'y',
    'X',
    ' x',
    'xyz',
    'xyzz',
    '\u{1F4C4}',
    '\u{1F4C4}\u{1F4C4}',
    '\u{1F4C4}abc'
  )
  const numbers = fc.constantFrom(-0, 0, 1, 1.5, 2, 5, 6, 2 ** 53, Number.MAX_SAFE_INTEGER)
  const plain = fc.oneof(texts, numbers, fc.constant(null), fc.boolean(), fc.array(numbers, { maxLength: 4 }))
  const objects = fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), plain), {
      selector: ([name]) => name,
      maxLength: 3
    })
    .map(Object.fromEntries)
  for (const [schema, unchanged] of schemas) {
    const isExact = exactly(schema)
    t.ok(isExact(unchanged), JSON.stringify(unchanged))
    const check = (value: unknown) => {
      if (!isExact(value)) return
      const made = schema.parse(value)
      assert.deepStrictEqual(made, value)
      assert.equal(JSON.stringify(made), JSON.stringify(value))
    }
    fc.assert(fc.property(fc.oneof(plain, objects), check), { numRuns: 1_000 })
  }
})

t.test('ids and hashes are known without their patterns', async (t) => {
  const uuid = z.regexes.uuid()
  const sha = /^[0-9a-f]{64}$/
  const isHarmless = (text: string, at: number, other: string) => {
    const changed = text.slice(0, at) + other + text.slice(at + 1)
    if (isUuid(changed)) assert.match(changed, uuid)
    assert.equal(isSha256(changed), sha.test(changed))
  }
  const digits = fc.stringMatching(/^[0-9a-f]{64}$/)
  const others = fc.constantFrom(
    '',
    'g',
    'G',
    'a',
    'A',
    '0',
    '9',
    '-',
    '/',
    ':',
    '`',
    '۰',
    'é',
    '\u0130',
    '00',
    '\n'
  )
  fc.assert(fc.property(fc.uuid(), fc.nat(36), others, isHarmless), { numRuns: 1_000 })
  fc.assert(fc.property(digits, fc.nat(64), others, isHarmless), { numRuns: 1_000 })
  fc.assert(fc.property(fc.uuid(), isUuid))
  t.notOk(isUuid(''))
})
