import t from 'tap'
import { createLists } from '../../src/http/lists.ts'

const asked = (query: Record<string, unknown>, url = '/v1/league') => ({ url, query, headers: {} })
const at = (position: string) => ({ at: null, asOf: { position, at: null } })

/** Lists that say how many were made before them. */
function counted(most?: number) {
  const lists = createLists<number>(most)
  let made = 0
  return (query: Record<string, unknown>, position = '7', url?: string) =>
    lists(asked(query, url), at(position), () => made++)
}

t.test('a list is worked out once for all its pages', async (t) => {
  const ask = counted()
  t.equal(ask({ period: '1402', limit: 50 }), 0)
  t.equal(ask({ limit: 20, cursor: 'x', period: '1402' }), 0, 'however long the page')
  t.equal(ask({ cursor: 'y', period: '1402', limit: 50, waitFor: '3', series: undefined }), 0)
})

t.test('a first page is of now, and everything else is another list', async (t) => {
  const ask = counted()
  const query = { period: '1402', cursor: 'x' }
  t.equal(ask(query), 0)
  t.equal(ask({ period: '1402' }), 1, 'the first page is made anew')
  t.equal(ask(query), 1, 'and is the one that goes on')
  t.equal(ask({ ...query, node: 'A' }), 2)
  t.equal(ask({ period: 'node', cursor: 'x' }), 3)
  t.equal(ask({ ...query, asOf: '7' }), 4)
})

t.test('lists of another moment or address are others', async (t) => {
  const ask = counted()
  const query = { period: '1402', cursor: 'x' }
  t.strictSame([ask(query, '7'), ask(query, '8'), ask(query, '7')], [0, 1, 0])
  t.equal(ask(query, '7', '/v1/evaluations?period=1402'), 2)
})

t.test('the one that was asked for longest ago is forgotten', async (t) => {
  const ask = counted(2)
  const pages = (node: string) => ask({ node, cursor: 'x' })
  t.strictSame([pages('A'), pages('B'), pages('A'), pages('C')], [0, 1, 0, 2])
  t.strictSame([pages('A'), pages('B')], [0, 3])
})
