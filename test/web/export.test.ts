import t from 'tap'
import { fileOf } from '../../src/web/export.ts'
import type { Exported } from '../../src/web/page.ts'

const place = { query: { type: 'a', page: '3', lang: 'en' }, params: {}, now: '2026-03-21T08:00:00.000Z' }
const asOf = { position: '41', at: '2026-03-20T08:00:00.000Z' }
const about = {
  list: '/trail',
  filter: { type: 'a' },
  position: '41',
  at: '2026-03-20T08:00:00.000Z',
  exportedAt: '2026-03-21T08:00:00.000Z'
}

const file = (kind: 'csv' | 'json', pages: Exported['pages']) =>
  fileOf(kind, { path: '/trail' }, { name: 'trail', pages, asOf }, place)

async function contentOf(kind: 'csv' | 'json', pages: Exported['pages']): Promise<string> {
  let content = ''
  for await (const part of file(kind, pages).content) content += part
  return content
}

/** So many rows in pages of 500, the number of each in it; some have a note. */
function* rowsOf(count: number, hasNote: (n: number) => boolean = () => false) {
  for (let from = 0; from < count; from += 500) {
    const numbers = Array.from({ length: Math.min(500, count - from) }, (_, i) => from + i)
    yield numbers.map((n) => (hasNote(n) ? { n, of: { note: `=${n}` } } : { n, of: { unit: 'yazd' } }))
  }
}

/** The table of a file without its head, line by line. */
const tableOf = (csv: string): string[] => (csv.split('\n\n')[1] ?? '').trimEnd().split('\n')

t.test('a document is the one that a list at hand would make', async (t) => {
  const lists = [[], [[]], [[{ n: 1 }]], [[{ n: 1, of: ['a', { b: null }] }], [], [{ n: 'دو\n"' }, {}]]]
  for (const pages of lists) {
    const whole = `${JSON.stringify({ ...about, items: pages.flat() }, null, 2)}\n`
    t.equal(await contentOf('json', pages), whole)
  }
})

t.test('a short table has all columns there are, wherever they come', async (t) => {
  const csv = await contentOf(
    'csv',
    rowsOf(1_200, (n) => n === 1_199)
  )
  t.match(csv, /^\ufefflist,\/trail\nposition,41\nat,2026-.*\nexportedAt,2026-.*\nfilter type,a\n\nn,/)
  const lines = tableOf(csv)
  t.strictSame(
    [lines[0], lines[1], lines.at(-1), lines.length],
    ['n,of.unit,of.note', '0,yazd,', "1199,,'=1199", 1_201]
  )
  t.notMatch(await contentOf('csv', []), '\n\nn')
})

t.test('what a later row of a long table has more stands at its end', async (t) => {
  const lines = tableOf(
    await contentOf(
      'csv',
      rowsOf(4_100, (n) => n === 0 || n >= 4_098)
    )
  )
  t.strictSame([lines[0], lines[1], lines.length], ['n,of.note,of.unit,(other)', "0,'=0,,", 4_101])
  t.strictSame(
    lines.slice(-3),
    ['4097,,yazd,', "4098,'=4098,,", "4099,'=4099,,"],
    'under columns that were known'
  )
  const late = tableOf(
    await contentOf(
      'csv',
      rowsOf(4_100, (n) => n === 4_099)
    )
  )
  t.strictSame([late[0], late.at(-2)], ['n,of.unit,(other)', '4098,yazd,'])
  t.equal(late.at(-1), `4099,,"{""of.note"":""'=4099""}"`)
})

t.test('a page is read when the one before was taken, and none when nobody takes any more', async (t) => {
  for (const kind of ['csv', 'json'] as const) {
    let read = 0
    let isOver = false
    async function* pages() {
      try {
        for (const page of rowsOf(100_000)) {
          read += 1
          yield page
        }
      } finally {
        isOver = true
      }
    }
    const { content } = file(kind, pages())
    t.equal(read, 0)
    const parts = content[Symbol.asyncIterator]()
    let taken = 0
    while (taken < 60) taken += (await parts.next()).value === undefined ? 0 : 1
    t.ok(read > 0 && read < 61, `${read} pages for ${taken} parts`)
    await parts.return?.()
    t.ok(isOver)
  }
})
