import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import type { TableSpec } from '../../src/store/read-model-spec.ts'

/* Batches of every size: rows go into the file by 32, by 8 and one by one, in whatever order they came. */

const columns = { part: 'text', at: 'position', acts: 'int', detail: 'json' } as const
const kinds: Record<string, TableSpec> = {
  'a key of two': { name: 'rows', key: ['part', 'at'], columns },
  'a key that may grow': { name: 'rows', key: ['at'], columns },
  'rows put once, a key that may grow': { name: 'rows', key: ['at'], columns, once: true },
  'rows put once, a text': { name: 'rows', key: ['part'], columns, once: true },
  'keys alone': { name: 'rows', key: ['part', 'at'], columns: { part: 'text', at: 'position' } }
}

const open = (table: TableSpec, options = {}) =>
  openReadModel(':memory:', [{ name: 'p', version: 1, tables: [table] }], { freeze: true, ...options })

interface Step {
  part: string
  at: bigint
  acts: number
  drop: boolean
  commit: boolean
}

const step = fc.record<Step>({
  part: fc.constantFrom('a', 'ab', 'b', '1', 'ب', '😀', '\uffff'),
  at: fc.oneof(fc.bigInt(0n, 40n), fc.bigInt(2n ** 53n - 2n, 2n ** 53n + 2n), fc.bigInt(-3n, 0n)),
  acts: fc.nat(9),
  drop: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  commit: fc.integer({ min: 0, max: 49 }).map((n) => n === 0)
})

/** What the file should hold, worked out in a plain map. */
function play(model: ReadModel, table: TableSpec, steps: readonly Step[]): Map<string, object> {
  const wanted = new Map<string, object>()
  for (const { part, at, acts, drop, commit } of steps) {
    const whole = { part, at, acts, detail: { acts, more: acts % 2 ? [part] : null } }
    const row = Object.fromEntries(Object.keys(table.columns).map((name) => [name, whole[name as 'part']]))
    const key = table.key.map((name) => whole[name as 'part'])
    const id = key.join('|')
    assert.deepStrictEqual(model.get(table, key), wanted.get(id), 'as it stands')
    if (drop) {
      model.delete(table, key)
      wanted.delete(id)
    } else {
      model.put(table, row)
      wanted.set(id, row)
    }
    assert.deepStrictEqual(model.get(table, key), wanted.get(id), 'as it was put')
    if (commit) model.commit(new Map())
  }
  return wanted
}

for (const [what, table] of Object.entries(kinds)) {
  t.test(`batches of any size: ${what}`, async () => {
    const steps = fc.array(step, { maxLength: 150, size: 'max' })
    fc.assert(
      fc.property(steps, fc.constantFrom(0, 6, 20_000), (list, cacheRows) => {
        const model = open(table, { cacheRows })
        const wanted = play(model, table, list)
        model.commit(new Map())
        const found = model.all(table, '')
        const byKey = found.map((row) => [table.key.map((name) => row[name]).join('|'), row] as const)
        assert.deepStrictEqual(new Map(byKey), wanted)
        assert.equal(found.length, wanted.size)
        model.close()
      }),
      { numRuns: 60 }
    )
  })
}

t.test('a batch of each number of rows is written whole', async (t) => {
  const [table] = Object.values(kinds)
  if (!table) throw new Error('there is one')
  for (let size = 0; size <= 75; size++) {
    const model = open(table)
    for (let i = 0; i < size; i++)
      model.put(table, { part: `p${i % 7}`, at: BigInt(i), acts: i, detail: [i] })
    model.commit(new Map())
    const found = model
      .all(table, 'order by at')
      .map(({ part, at, acts, detail }) => [part, at, acts, detail])
    t.strictSame(
      found,
      Array.from({ length: size }, (_, i) => [`p${i % 7}`, BigInt(i), i, [i]])
    )
    model.close()
  }
})

t.test('a row that fits is taken as it is, any other is copied into the form of the table', async (t) => {
  const table: TableSpec = { name: 'rows', key: ['part', 'at'], columns }
  const model = openReadModel(':memory:', [{ name: 'p', version: 1, tables: [table] }])
  const fitting = { part: 'a', at: 1n, acts: 1, detail: { x: [1] } }
  const put = (row: object) => {
    model.put(table, row)
    return model.get(table, ['a', 1n])
  }
  t.equal(put(fitting), fitting)
  const others: Record<string, object> = {
    'another order': { at: 1n, part: 'a', acts: 1, detail: { x: [1] } },
    'something undefined': { part: 'a', at: 1n, acts: undefined, detail: { x: [1] } },
    'the last left out': { part: 'a', at: 1n, acts: 1 },
    'something left out': { part: 'a', at: 1n, detail: { x: [1] } },
    'a zero below zero': { part: 'a', at: 1n, acts: -0, detail: { x: [1] } },
    'something undefined in it': { part: 'a', at: 1n, acts: 1, detail: { x: [1], y: undefined } },
    'no prototype': Object.assign(Object.create(null), fitting),
    inherited: Object.create(fitting),
    'more than a row': new (class {
      part = 'a'
      at = 1n
      acts = 1
      detail = { x: [1] }
    })()
  }
  for (const [what, row] of Object.entries(others)) {
    const got = put(row)
    t.not(got, row, what)
    t.strictSame(Object.keys(got ?? {}), Object.keys(columns), what)
    t.equal(Object.getPrototypeOf(got), Object.prototype, what)
    model.commit(new Map())
    t.strictSame(model.all(table, ''), [got], what)
    t.notOk(Object.is(got?.acts, -0), what)
  }
  t.throws(() => put({ ...fitting, more: undefined }), /no column more/)
  model.close()
})

t.test('rows that wait are bounded by what they weigh too', async (t) => {
  for (const once of [true, false]) {
    const table: TableSpec = { name: 'rows', key: ['at'], columns, once }
    const put = (detail: string) => {
      const model = open(table)
      t.teardown(() => model.close())
      for (let at = 0n; at < 200n; at++) model.put(table, { part: 'a', at, acts: 1, detail })
      return model
    }
    // `all` sees what is written in the transaction of the batch.
    const written = (model: ReadModel) => model.all(table, '').length
    const large = put('x'.repeat(1_000_000))
    t.ok(written(large) > 0, `${written(large)} of 200 large rows were written early`)
    large.rollback()
    t.equal(written(large), 0)
    t.equal(large.get(table, [3n]), undefined, 'and are gone with the batch')
    t.equal(written(put('x')), 0, 'small ones wait')
  }
})

t.test('what was written early is at hand, and gone when the transaction was', async (t) => {
  const table: TableSpec = { name: 'rows', key: ['at'], columns }
  const model = open(table)
  const put = (acts: number) => {
    for (let at = 0n; at < 41_000n; at++) model.put(table, { part: 'a', at, acts, detail: null })
  }
  put(1)
  model.commit(new Map())
  put(2)
  t.match(model.all(table, 'where at = 0'), [{ acts: 2 }], 'written early')
  // As SQLite does by itself when the disk is full.
  model.query('ROLLBACK')
  model.rollback()
  t.match(model.get(table, [0n]), { acts: 1 })
  model.close()
})
