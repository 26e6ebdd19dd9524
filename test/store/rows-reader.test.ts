import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { openReadModel } from '../../src/store/read-model.ts'
import type { ProjectionSpec, TableSpec } from '../../src/store/read-model-spec.ts'
import { openRowsReader } from '../../src/store/rows-reader.ts'

const files: TableSpec = {
  name: 'files',
  key: ['evaluation', 'node'],
  columns: { evaluation: 'text', node: 'text', acts: 'int', moved: 'position', detail: 'json' }
}
const log: TableSpec = {
  name: 'log',
  key: ['position'],
  columns: { position: 'position', what: 'text' },
  once: true
}
const scorecard: ProjectionSpec = { name: 'scorecard', version: 1, tables: [files, log] }

const row = (node: string, acts = 1) => ({
  evaluation: 'e',
  node,
  acts,
  moved: BigInt(acts),
  detail: { of: node, list: [1, null] }
})
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

function both(t: { testdir: () => string; teardown: (work: () => void) => void }) {
  const path = join(t.testdir(), 'rows.db')
  const rows = openReadModel(path, [scorecard])
  const reader = openRowsReader(path)
  t.teardown(() => {
    reader.close()
    rows.close()
  })
  const commit = (position: bigint) => rows.commit(new Map([['scorecard', position]]))
  return { path, rows, reader, commit }
}

t.test('what is committed is read, in whatever way it is asked for', async (t) => {
  const { rows, reader, commit } = both(t)
  rows.put(files, row('a'))
  rows.put(log, { position: 1n, what: 'began' })
  t.equal(reader.get(files, ['e', 'a']), undefined, 'nothing before the commit')
  await nextTurn()
  commit(1n)
  t.strictSame(reader.get(files, ['e', 'a']), row('a'))
  t.strictSame(reader.get(log, [1n]), { position: 1n, what: 'began' })
  t.strictSame(reader.all(files, 'where acts >= ?', [1]), [row('a')])
  t.strictSame(reader.members(files, ['detail'], 'of', ''), [{ ...row('a'), detail: 'a' }])
  t.strictSame(reader.some(files, ['node', 'detail'], 'where acts >= ?', [1]), [
    { node: 'a', detail: row('a').detail }
  ])
  t.strictSame([reader.served('scorecard'), reader.served('nobody')], [1n, 0n])
})

t.test('rows are counted by what they say', async (t) => {
  const { rows, reader, commit } = both(t)
  for (const [i, node] of ['a', 'b', 'c', 'd'].entries()) rows.put(files, row(node, i < 3 ? 1 : 2))
  rows.put(log, { position: 7n, what: 'began' })
  rows.put(log, { position: 9n, what: 'began' })
  commit(1n)
  const byActs = reader.counts(files, { by: ['evaluation', 'acts'], greatest: 'node' }, 'where node <> ?', [
    'a'
  ])
  t.strictSame(byActs, [
    { evaluation: 'e', acts: 1, rows: 2, greatest: 'c' },
    { evaluation: 'e', acts: 2, rows: 1, greatest: 'd' }
  ])
  t.strictSame(reader.counts(log, { by: ['what'], greatest: 'position' }, ''), [
    { what: 'began', rows: 2, greatest: 9n }
  ])
  t.strictSame(reader.counts(files, { by: ['acts'], greatest: 'node' }, 'where node = ?', ['z']), [])
  t.throws(() => reader.some(files, ['nothing'], ''), /no column nothing/)
})

t.test('one turn is answered from one commit, and knows of which', async (t) => {
  const { rows, reader, commit } = both(t)
  rows.put(files, row('a', 1))
  commit(1n)
  t.equal(reader.served('scorecard'), 1n)
  rows.put(files, row('a', 2))
  rows.put(files, row('b', 2))
  commit(2n)
  t.strictSame([reader.get(files, ['e', 'a']), reader.get(files, ['e', 'b'])], [row('a', 1), undefined])
  t.strictSame(reader.all(files, 'order by node'), [row('a', 1)])
  t.equal(reader.served('scorecard'), 1n)
  await nextTurn()
  t.equal(reader.served('scorecard'), 2n)
  t.strictSame([reader.get(files, ['e', 'a']), reader.get(files, ['e', 'b'])], [row('a', 2), row('b', 2)])
  rows.delete(files, ['e', 'a'])
  commit(3n)
  reader.lookAgain()
  t.strictSame([reader.get(files, ['e', 'a']), reader.served('scorecard')], [undefined, 3n], 'told to look')
})

t.test('a row is the same object for as long as the file says the same', async (t) => {
  const { rows, reader, commit } = both(t)
  rows.put(files, row('a', 1))
  rows.put(files, row('b', 1))
  commit(1n)
  const [a, b] = [reader.get(files, ['e', 'a']), reader.get(files, ['e', 'b'])]
  t.equal(reader.get(files, ['e', 'a']), a)
  await nextTurn()
  rows.put(files, row('b', 2))
  commit(2n)
  t.equal(reader.get(files, ['e', 'a']), a, 'others have changed')
  t.strictSame(reader.get(files, ['e', 'b']), row('b', 2))
  t.not(reader.get(files, ['e', 'b']), b)
})

t.test('rows that were built beside are read once they are in their place', async (t) => {
  const { path, rows, commit } = both(t)
  rows.put(files, row('a', 1))
  rows.put(files, row('b', 1))
  commit(1n)
  rows.close()
  const newer = openReadModel(path, [{ ...scorecard, version: 2 }])
  const reader = openRowsReader(path)
  t.teardown(() => {
    reader.close()
    newer.close()
  })
  t.strictSame(reader.get(files, ['e', 'a']), row('a', 1))
  const other = reader.get(files, ['e', 'b'])
  newer.put(files, row('a', 5))
  newer.put(files, row('b', 1))
  newer.commit(new Map([['scorecard', 1n]]))
  await nextTurn()
  t.strictSame([reader.get(files, ['e', 'a']), reader.served('scorecard')], [row('a', 1), 1n])
  newer.switchTo(['scorecard'])
  await nextTurn()
  t.strictSame([reader.get(files, ['e', 'a']), reader.served('scorecard')], [row('a', 5), 1n])
  const same = reader.get(files, ['e', 'b'])
  t.strictSame(same, other)
  t.not(same, other, 'what was made of the older row is not taken for what the newer one is of')
  reader.forget()
  t.not(reader.get(files, ['e', 'b']), same)
})

t.test('each turn sees the newest commit, and nothing is left beside the file at the end', async (t) => {
  const { path, rows, reader, commit } = both(t)
  for (let position = 1; position <= 20; position++) {
    rows.put(files, row('a', position))
    commit(BigInt(position))
    t.equal(reader.get(files, ['e', 'a'])?.acts, position)
    await nextTurn()
  }
  reader.close()
  t.equal(reader.served('scorecard'), 20n, 'where projections were is known after the end')
  rows.close()
  t.notOk(existsSync(`${path}-wal`), 'nothing is left beside the file')
})
