import { createHash } from 'node:crypto'
import t from 'tap'
import { canonicalJson, commandHash, commandId, eventId, newUlid, sha256, uuidV5 } from '../src/ids.ts'

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'

t.test('UUIDs are version 5 of RFC 9562', async (t) => {
  t.equal(uuidV5(DNS, 'www.example.com'), '2ed6657d-e927-568b-95e1-2665a8aea6a2', 'the example of the RFC')
  for (let i = 0; i < 64; i++) {
    t.match(uuidV5(DNS, `${i}`), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    const bytes = createHash('sha1')
      .update(Buffer.from(DNS.replaceAll('-', ''), 'hex'))
      .update(`${i}`)
      .digest()
    bytes[8] = (Number(bytes[8]) & 0x3f) | 0x80
    t.equal(uuidV5(DNS, `${i}`).slice(19), bytes.toString('hex', 8, 16).replace(/^(.{4})/, '$1-'))
  }
})

t.test('ids follow from the person, the key, the stream and the place, for ever', async (t) => {
  const command = commandId('e-17', 'key-1')
  const root = '6f1c1b0e-7a35-5d0b-9a5e-3c1f4d6b8a21'
  t.equal(command, uuidV5(uuidV5(root, 'e-17'), 'key-1'))
  t.equal(command, 'ae54b92d-5075-5a2f-b05f-9fca59f2c166', 'pinned: stored keys depend on it')
  t.not(command, commandId('e-18', 'key-1'), 'a key is the person’s own')
  t.equal(eventId(command, 'unit-qazvin', 0), uuidV5(command, 'unit-qazvin 0'))
})

t.test('canonical JSON is that of RFC 8785', async (t) => {
  const value = { b: [1, { d: undefined, c: null }], a: 'é\u0001', '\ufb33': 1, '\ud83d\ude00': 2, '': 3 }
  // By UTF-16 code units the emoji's surrogates come before U+FB33.
  t.equal(canonicalJson(value), '{"":3,"a":"é\\u0001","b":[1,{"c":null}],"\ud83d\ude00":2,"\ufb33":1}')
  t.equal(canonicalJson({ x: 1e21, y: -0 }), '{"x":1e+21,"y":0}')
})

t.test('the hash of a command is that of its name and body, in whatever order it was written', async (t) => {
  const hash = commandHash('register-unit', { unit: 'a', name: { fa: 'ب' } })
  t.equal(hash, sha256('["register-unit",{"name":{"fa":"ب"},"unit":"a"}]'))
  t.equal(hash, commandHash('register-unit', { name: { fa: 'ب' }, unit: 'a' }))
  t.not(hash, commandHash('reclassify-unit', { unit: 'a', name: { fa: 'ب' } }))
  t.match(newUlid(), /^[0-9A-HJKMNP-TV-Z]{26}$/)
})
