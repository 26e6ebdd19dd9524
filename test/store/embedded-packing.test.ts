import fc from 'fast-check'
import t from 'tap'
import { packAppends, packWritten, repliesOf, unpackAppends } from '../../src/store/embedded-packing.ts'
import type { Numbered, Written } from '../../src/store/embedded-protocol.ts'

const text = fc.string({ unit: 'binary' })
const event = fc.record({ id: text, type: text, data: text, metadata: text }, { noNullPrototype: true })
const append = fc.record(
  {
    kind: fc.constant('append' as const),
    stream: text,
    events: fc.array(event),
    expectedRevision: fc.oneof(fc.constant('none' as const), fc.nat())
  },
  { noNullPrototype: true }
)
const written = fc.record(
  { revision: fc.nat(), position: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), isNew: fc.boolean() },
  { noNullPrototype: true }
)

t.test('what is packed comes out as it was, also across threads', async (t) => {
  const appends = fc.array(fc.tuple(fc.nat(), append) as fc.Arbitrary<Numbered>)
  fc.assert(
    fc.property(appends, (calls) => {
      t.strictSame(unpackAppends(structuredClone(packAppends(calls))), calls)
    })
  )
  const answered = fc.array(fc.tuple(fc.nat(), written) as fc.Arbitrary<[number, Written]>)
  fc.assert(
    fc.property(answered, (all) => {
      const replies = [[7, { fault: { name: 'Unavailable', message: 'full' } }]] as [number, never][]
      const message = structuredClone({ replies, written: packWritten(all) })
      t.strictSame(repliesOf(message), [...all.map(([call, value]) => [call, { value }]), ...replies])
    })
  )
})

t.test('only appends can be packed', async (t) => {
  t.throws(() => packAppends([[1, { kind: 'end' }]]), { message: /only appends/ })
})
