import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import t from 'tap'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import type { ProjectionSpec, TableSpec } from '../../src/store/read-model-spec.ts'

const scores: TableSpec = {
  name: 'scores',
  key: ['evaluation', 'node'],
  columns: { evaluation: 'text', node: 'text', acts: 'int', moved: 'position', detail: 'json' },
  indexes: [['node', 'moved']]
}
const marks: TableSpec = { name: 'marks', key: ['at'], columns: { at: 'position' } }
const scorecard: ProjectionSpec = { name: 'scorecard', version: 1, tables: [scores] }
const marking: ProjectionSpec = { name: 'marking', version: 1, tables: [marks] }

const row = (node: string, more: object = {}) => ({
  evaluation: 'e',
  node,
  acts: 1,
  moved: 7n,
  detail: null,
  ...more
})
const at = (position: bigint) => new Map([['scorecard', position]])
const open = (path = ':memory:', projections = [scorecard, marking]) =>
  openReadModel(path, projections, { freeze: true })
const file = (t: Tap) => join(t.testdir(), 'rows.db')
type Tap = { testdir: () => string }

t.test('a row comes back as it was put, before and after the commit', async (t) => {
  const model = open()
  t.teardown(() => model.close())
  const detail = { ب: 'متن', list: [1.5, null, { deep: true }], empty: {} }
  model.put(scores, row('a', { acts: 2 ** 53 - 1, moved: 2n ** 62n, detail: { ...detail, gone: undefined } }))
  const before = model.get(scores, ['e', 'a'])
  t.strictSame(model.all(scores, ''), [], 'all sees committed rows only')
  model.commit(at(9n))
  const wanted = row('a', { acts: 2 ** 53 - 1, moved: 2n ** 62n, detail })
  t.strictSame(before, wanted)
  t.strictSame(model.get(scores, ['e', 'a']), wanted)
  t.strictSame(model.all(scores, 'where node = ? and moved > ?', ['a', 5n]), [wanted])
  t.match(model.query('select count(*) as n, max(acts) as acts from scores'), [
    { n: 1n, acts: 2n ** 53n - 1n }
  ])
  t.equal(model.checkpoint('scorecard'), 9n)
  t.equal(model.checkpoint('marking'), 0n)

  model.put(scores, { evaluation: 'e', node: 'a', acts: null })
  model.commit(at(10n))
  t.strictSame(
    model.get(scores, ['e', 'a']),
    row('a', { acts: null, moved: null }),
    'what is left out is null'
  )
  model.put(marks, { at: 3n })
  model.put(marks, { at: 3n })
  model.commit(new Map())
  t.strictSame(model.get(marks, [3n]), { at: 3n }, 'a table of keys alone')
  t.equal(model.get(marks, [3n]), model.get(marks, [3n]), 'parsed once')
})

t.test('keys that read the same when joined are two keys', async (t) => {
  const model = open()
  t.teardown(() => model.close())
  model.put(scores, { ...row('ab'), evaluation: 'e' })
  model.put(scores, { ...row('b'), evaluation: 'ea' })
  t.match(model.get(scores, ['e', 'ab']), { node: 'ab' })
  model.commit(at(1n))
  t.equal(model.all(scores, '').length, 2)
})

t.test('what a column cannot keep is refused when it is put', async (t) => {
  const model = open()
  t.teardown(() => model.close())
  const refused: [object, RegExp][] = [
    [row('a', { other: 1 }), /no column other/],
    [row('a', { acts: 1.5 }), /scores\.acts/],
    [row('a', { moved: 7 }), /scores\.moved/],
    [row('a', { node: null }), /key/],
    [row('a', { detail: { x: [1n] } }), /detail\.x\[0\]/],
    [row('a', { detail: new Map() }), /Map/]
  ]
  for (const [bad, message] of refused) t.throws(() => model.put(scores, bad), message)
  t.throws(() => model.get({ ...scores, name: 'nobody' }, ['e', 'a']), /nobody/)
})

t.test('a batch is all or nothing', async (t) => {
  const path = file(t)
  const model = open(path)
  model.put(scores, row('a'))
  model.commit(at(1n))
  model.put(scores, row('a', { acts: 2 }))
  model.delete(scores, ['e', 'a'])
  t.equal(model.get(scores, ['e', 'a']), undefined, 'a deletion is seen at once')
  model.rollback()
  t.match(model.get(scores, ['e', 'a']), { acts: 1 })

  const other = new DatabaseSync(path)
  other.exec(`CREATE TRIGGER full BEFORE INSERT ON marks BEGIN SELECT raise(ABORT, 'no room'); END`)
  model.put(scores, row('a', { acts: 3 }))
  model.put(marks, { at: 1n })
  t.throws(() => model.commit(at(2n)), /no room/)
  t.match(model.get(scores, ['e', 'a']), { acts: 1 }, 'neither file nor batch keeps anything')
  t.equal(model.checkpoint('scorecard'), 1n)
  other.exec('DROP TRIGGER full')
  other.close()
  model.commit(at(2n))
  model.close()
  const again = open(path)
  t.match(again.all(scores, ''), [{ acts: 1 }])
  t.equal(again.checkpoint('scorecard'), 2n)
  again.close()
})

/** One step of a handler: it reads, keeps part of what it read, and writes. */
function step(model: ReadModel, i: number, node: string, drop: boolean): void {
  const old = model.get(scores, ['e', node])
  const seen = (old?.detail as { seen: object } | undefined)?.seen ?? {}
  if (drop) model.delete(scores, ['e', node])
  else
    model.put(scores, {
      evaluation: 'e',
      node,
      acts: Number(old?.acts ?? 0) + 1,
      moved: BigInt(i),
      detail: { seen: { ...seen, maybe: i % 3 ? undefined : i, [`n${i % 5}`]: { i } } }
    })
}

t.test('rows are the same, byte for byte, for any batch size and any cache', async (t) => {
  const steps = fc.array(fc.record({ node: fc.constantFrom('a', 'b', 'c'), drop: fc.nat(9) }), {
    maxLength: 60
  })
  const rows = (list: { node: string; drop: number }[], size: number, cacheRows: number) => {
    const model = openReadModel(':memory:', [scorecard], { freeze: true, cacheRows })
    list.forEach(({ node, drop }, i) => {
      step(model, i, node, drop === 0)
      if (i % size === size - 1) model.commit(at(BigInt(i + 1)))
    })
    model.commit(at(BigInt(list.length)))
    const found = model.query('select * from scores order by evaluation, node')
    model.close()
    return found
  }
  const property = fc.property(steps, fc.integer({ min: 2, max: 70 }), fc.nat(4), (list, size, cacheRows) => {
    t.strictSame(rows(list, size, cacheRows), rows(list, 1, 20_000))
  })
  fc.assert(property, { numRuns: 60 })
})

t.test('a row that was handed out is not changed by a later put', async (t) => {
  const model = open()
  t.teardown(() => model.close())
  model.put(scores, row('a', { detail: { n: [1] } }))
  const first = model.get(scores, ['e', 'a'])
  model.put(scores, { ...first, detail: { n: [1, 2] } })
  model.commit(at(1n))
  t.strictSame(first, row('a', { detail: { n: [1] } }))
  const shared = model.get(scores, ['e', 'a'])?.detail as { n: number[] }
  t.throws(() => shared.n.push(3), TypeError)
})

t.test('a projection whose rows cannot be read any more begins anew, others stay', async (t) => {
  const path = file(t)
  const fill = (model: ReadModel) => {
    model.put(scores, row('a'))
    model.put(marks, { at: 1n })
    model.commit(new Map([...at(5n), ['marking', 5n]]))
    model.close()
  }
  fill(open(path))
  const same = open(path)
  t.equal(same.all(scores, '').length, 1)
  same.close()

  const wider = {
    ...scorecard,
    tables: [{ ...scores, columns: { ...scores.columns, extra: 'text' as const } }]
  }
  const model = open(path, [wider, marking])
  t.strictSame(model.query('select * from scores'), [])
  t.notOk(model.isBuilding('scorecard'))
  t.equal(model.checkpoint('scorecard'), 0n)
  t.equal(model.checkpoint('marking'), 5n)
  t.equal(model.all(marks, '').length, 1)
  model.close()
  fill(open(path))

  const fewer = open(path, [scorecard])
  t.strictSame(fewer.query(`select name from sqlite_schema where name = 'marks'`), [])
  fewer.close()
  const back = open(path)
  t.equal(back.checkpoint('marking'), 0n, 'a projection that was away begins anew')
  back.close()
  t.throws(() => open(path, [{ name: 'x', version: 1, tables: [{ ...marks, name: 'meta_x' }] }]), /meta_x/)
})

t.test('rows of a new version are built beside those that are read, and then take their place', async (t) => {
  const changes: Record<string, ProjectionSpec> = {
    version: { ...scorecard, version: 2 },
    'fewer columns': {
      ...scorecard,
      tables: [{ ...scores, columns: { evaluation: 'text', node: 'text', acts: 'int', moved: 'position' } }]
    },
    indexes: { ...scorecard, tables: [{ ...scores, indexes: [] }] }
  }
  for (const [what, changed] of Object.entries(changes)) {
    const path = join(t.testdir({ [what]: {} }), 'rows.db')
    const [table = scores] = changed.tables
    const before = open(path)
    before.put(scores, row('old'))
    before.commit(at(5n))
    before.close()

    const nodes = (model: ReadModel) => model.all(table, 'order by node').map(({ node }) => node)
    const { detail: _detail, ...bare } = row('new')
    const first = open(path, [changed, marking])
    t.ok(first.isBuilding('scorecard'), what)
    t.strictSame([first.checkpoint('scorecard'), first.served('scorecard')], [0n, 5n])
    first.put(table, bare)
    t.equal(first.get(table, ['e', 'new']), undefined, 'readers see the older rows only')
    t.match(first.latest(table, ['e', 'new']), { node: 'new' }, 'handlers their own')
    t.equal(first.latest(table, ['e', 'old']), undefined)
    first.commit(at(3n))
    t.strictSame(nodes(first), ['old'])
    first.close()

    const second = open(path, [changed, marking])
    t.equal(second.checkpoint('scorecard'), 3n, 'what was begun is gone on with')
    second.put(table, { ...bare, node: 'newer' })
    second.commit(at(7n))
    second.switchTo(['scorecard', 'marking'])
    t.strictSame([second.checkpoint('scorecard'), second.served('scorecard')], [7n, 7n])
    t.strictSame(nodes(second), ['new', 'newer'])
    second.put(table, { ...bare, node: 'after' })
    second.commit(at(8n))
    second.close()

    const third = open(path, [changed, marking])
    t.notOk(third.isBuilding('scorecard'))
    t.equal(third.checkpoint('scorecard'), 8n)
    t.strictSame(nodes(third), ['after', 'new', 'newer'])
    t.strictSame(
      third.query(`select name from sqlite_schema where name like '%scores~%' and type = 'table'`),
      []
    )
    third.close()
    const again = openReadModel(path, [changed, marking], { rebuild: ['scorecard'] })
    t.strictSame([again.isBuilding('scorecard'), again.checkpoint('scorecard')], [true, 0n], 'asked for')
    again.close()
  }
})

t.test('one process at a time holds a read model', async (t) => {
  const path = file(t)
  const model = open(path)
  t.throws(() => open(path), { name: 'StoreLocked', message: /^Another process is using the read model / })
  model.close()
  open(path).close()
})

t.test('rows that go beyond the end of the store are those of another', async (t) => {
  const path = file(t)
  const model = open(path)
  model.bindStore('one', 5n)
  model.put(scores, row('a'))
  model.commit(at(5n))
  model.bindStore('one', 5n)
  t.equal(model.checkpoint('scorecard'), 5n)
  model.bindStore('one', 4n)
  t.strictSame([model.checkpoint('scorecard'), model.all(scores, '').length], [0n, 0])
  model.close()
})

t.test('rows belong to one event store', async (t) => {
  const path = file(t)
  const withRow = (model: ReadModel) => {
    model.put(scores, row('a'))
    model.commit(at(5n))
    return model
  }
  const reopened = (identity: string) => {
    const model = open(path)
    model.bindStore(identity)
    return model
  }
  const kept = (model: ReadModel) => [model.checkpoint('scorecard'), model.all(scores, '').length]

  const first = reopened('empty')
  withRow(first).bindStore('one')
  t.strictSame(kept(first), [5n, 1], 'the first event names the store, rows stay')
  first.close()
  const second = reopened('one')
  t.strictSame(kept(second), [5n, 1])
  t.ok(second.get(scores, ['e', 'a']))
  second.bindStore('two')
  t.strictSame(kept(second), [0n, 0], 'another store')
  t.equal(second.get(scores, ['e', 'a']), undefined)
  withRow(second).close()
  const third = reopened('empty')
  t.strictSame(kept(third), [0n, 0], 'the store was emptied')
  withRow(third).close()
  const fourth = reopened('three')
  t.strictSame(kept(fourth), [0n, 0], 'rows of a store that was never named')
  fourth.close()
})

t.test('indexes may come last, and a file that was left without them gets them', async (t) => {
  const path = file(t)
  const indexed = {
    ...scorecard,
    tables: scorecard.tables.map((table) => ({ ...table, indexes: [['acts']] }))
  }
  const count = (model: ReturnType<typeof openReadModel>) =>
    model.query(`select name from sqlite_schema where type = 'index' and name like '%by%'`).length
  const wanted = indexed.tables.filter(({ columns }) => 'acts' in columns)
  const spec = { ...indexed, tables: wanted }
  const first = openReadModel(path, [spec], { indexesLater: true })
  first.put(scores, row('a'))
  first.commit(at(1n))
  t.equal(count(first), 0)
  first.close()
  const second = openReadModel(path, [spec])
  t.equal(count(second), wanted.length)
  t.equal(second.checkpoint(spec.name), 1n, 'its rows are still there')
  second.close()
})

t.test('rows that are written early are of the batch all the same', async (t) => {
  const once = { ...scores, once: true }
  const spec = { ...scorecard, tables: [once] }
  const path = file(t)
  const model = openReadModel(path, [spec])
  t.teardown(() => model.close())
  const many = (acts: number) => {
    for (let i = 0; i < 5_000; i++) model.put(once, row(`n${i}`, { acts }))
  }
  many(1)
  t.match(model.get(once, ['e', 'n7']), { acts: 1 }, 'what is written is read')
  model.rollback()
  t.equal(model.get(once, ['e', 'n7']), undefined, 'and gone with the batch')
  many(2)
  model.commit(at(1n))
  many(3)
  model.delete(once, ['e', 'n7'])
  model.rollback()
  t.match(model.get(once, ['e', 'n7']), { acts: 2 })
  t.equal(model.all(once, 'where acts = 2').length, 5_000)
})

t.test('a column that says it is plain is believed, but not when rows are frozen', async (t) => {
  const plain = { ...scores, plain: ['detail'] }
  const spec = { ...scorecard, tables: [plain] }
  const strict = openReadModel(':memory:', [spec], { freeze: true })
  t.teardown(() => strict.close())
  t.throws(() => strict.put(plain, row('a', { detail: { x: undefined } })), /not as JSON brings it back/)
  strict.put(plain, row('a', { detail: { x: 1 } }))
})

t.test('pages are large in a new file, and of an older one as they were', async (t) => {
  const path = file(t)
  const open = () => openReadModel(path, [scorecard])
  const pageBytes = (model: ReturnType<typeof open>) => model.query('PRAGMA page_size')[0]?.page_size
  const first = open()
  t.equal(pageBytes(first), 8192n)
  first.put(scores, row('a'))
  first.commit(at(1n))
  first.close()
  const older = new DatabaseSync(path)
  older.exec('PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM')
  older.close()
  const second = open()
  t.equal(pageBytes(second), 4096n)
  t.match(second.get(scores, ['e', 'a']), row('a'))
  second.put(scores, row('b'))
  second.commit(at(2n))
  t.equal(second.all(scores, '').length, 2)
  second.close()
  const building = openReadModel(file(t), [scorecard], { finishLater: true })
  t.equal(pageBytes(building), 8192n)
  building.close()
})

t.test('an index of a sparse column has only the rows that have it, and finds those', async (t) => {
  const table = { ...scores, indexes: [['moved', 'node']], sparse: ['moved'] }
  const model = openReadModel(file(t), [{ ...scorecard, tables: [table] }])
  t.teardown(() => model.close())
  for (let i = 0; i < 50; i++) model.put(table, row(`n${i}`, { moved: i % 25 === 0 ? BigInt(i) : null }))
  model.commit(at(1n))
  const [entries] = model.query(`select sum(ncell) as n from dbstat where name like '%by moved node'`)
  t.equal(entries?.n, 2n)
  const found = model.query(`explain query plan select * from ${table.name} where moved = ?`, [25n])
  t.match(found[0]?.detail, /USING INDEX scores by moved node/)
  t.match(model.all(table, 'where moved = ?', [25n]), [{ node: 'n25' }])
})
