import t from 'tap'
import { rowCache } from '../../src/store/row-cache.ts'

t.test('rows of two tables under one id are two rows', async (t) => {
  const cache = rowCache<string | number, string>(100, 1_000)
  cache.table('a').set(1, 'one', 1)
  cache.table('b').set(1, 'other', 1)
  t.equal(cache.table('a').get(1), 'one')
  t.equal(cache.table('b').get(1), 'other')
  t.equal(cache.table('a').get('1'), undefined, 'a number is not its text')
  cache.clear()
  t.equal(cache.table('a').get(1), undefined)
})

t.test('the number of rows is bounded over all tables, and what is asked for stays', async (t) => {
  const cache = rowCache<number, number>(100, 1_000_000)
  const [a, b] = [cache.table('a'), cache.table('b')]
  a.set(-1, 0, 1)
  for (let i = 0; i < 1_000; i++) {
    ;(i % 2 ? a : b).set(i, i, 1)
    t.equal(a.get(-1), 0, 'asked for again and again')
  }
  const held = Array.from({ length: 1_000 }, (_, i) => (i % 2 ? a : b).get(i)).filter(
    (row) => row !== undefined
  )
  t.ok(held.length <= 100 && held.length >= 45, `${held.length} rows are held`)
})

t.test('so is what they weigh; the newest row is what an id has', async (t) => {
  const cache = rowCache<number, string>(1_000, 100)
  const a = cache.table('a')
  a.set(1, 'old', 10)
  a.set(1, 'new', 10)
  t.equal(a.get(1), 'new')
  a.set(1, 'too large for a generation', 51)
  t.equal(a.get(1), undefined, 'and no older one comes back')
  a.set(1, 'old', 30)
  a.set(2, 'makes the others old', 30)
  a.set(1, 'too large for a generation', 51)
  t.equal(a.get(1), undefined, 'nor one of long ago')
  for (let i = 0; i < 100; i++) a.set(i, 'row', 20)
  const held = Array.from({ length: 100 }, (_, i) => a.get(i)).filter(Boolean)
  t.ok(held.length <= 5 && held.length > 1, `${held.length} rows are held`)
})

t.test('putting one row again and again does not throw out the others', async (t) => {
  const cache = rowCache<number, number>(100, 100)
  const a = cache.table('a')
  a.set(1, 1, 10)
  for (let i = 0; i < 50; i++) a.set(2, i, 10)
  t.equal(a.get(1), 1)
  t.equal(a.get(2), 49)
})
