import t from 'tap'
import { z } from 'zod'
import { negotiate, wantsCsv } from '../../src/http/accept.ts'
import { columnsOf, toCsv } from '../../src/http/csv.ts'
import { columnsOfForm, columnsOfList } from '../../src/http/csv-columns.ts'
import { listOf } from '../../src/http/describe.ts'

const rowsOf = (csv: string) => csv.replace('\ufeff', '').trimEnd().split('\n')

t.test('rows become a table that spreadsheets open rightly', async (t) => {
  const rows = [
    {
      unit: 'qazvin-behzisti',
      name: { fa: 'بهزیستی قزوین', en: 'Qazvin' },
      groups: ['a', 'b'],
      parent: null
    },
    {
      unit: 'x',
      name: { fa: 'با "نقل" و ,' },
      groups: [],
      points: '22.5',
      partial: true,
      seen: 12n,
      in: [{ a: 1 }]
    }
  ]
  const csv = toCsv(rows, columnsOf(rows))
  t.ok(csv.startsWith('\ufeff'), 'the byte-order mark')
  t.strictSame(rowsOf(csv), [
    'unit,name.fa,name.en,groups,parent,points,partial,seen,in',
    'qazvin-behzisti,بهزیستی قزوین,Qazvin,a b,,,,,',
    'x,"با ""نقل"" و ,",,,,22.5,true,12,"[{""a"":1}]"'
  ])
})

t.test('formulas are made harmless, numbers are left as they are', async (t) => {
  const cell = (value: unknown) => rowsOf(toCsv([{ value }], ['value']))[1]
  for (const value of ['=1+1', '+cmd', '-cmd', '@sum', '\ttab', '＝1', '-1+1', '-1.']) {
    t.match(cell(value), `'${value}`, value)
  }
  t.equal(cell('-12.50'), '-12.50', 'a loss of points')
  t.equal(cell(-3), '-3')
  t.match(cell(['=1', 'b']), `'=1 b`)
})

t.test('a table has the columns that are asked for, whatever its rows are', async (t) => {
  t.strictSame(rowsOf(toCsv([], ['unit', 'name.fa'])), ['unit,name.fa'])
  t.strictSame(rowsOf(toCsv([{ b: 1, a: 2 }], ['a'])), ['a', '2'])
  const rows = [{ name: { fa: 'x' } }, { name: null }, { name: 'plain' }]
  t.strictSame(rowsOf(toCsv(rows, ['name.fa', 'name.en'])), ['name.fa,name.en', 'x,', ',', ','])
  t.strictSame(rowsOf(toCsv(rows, ['name'])), ['name', '"{""fa"":""x""}"', '', 'plain'], 'else as JSON')
})

t.test('the form of rows says which columns there are, in its order', async (t) => {
  const name = z.strictObject({ fa: z.string(), en: z.string().optional() })
  const row = z.strictObject({
    unit: z.string(),
    name: name.nullable().describe('Null where it has none'),
    in: z.strictObject({ name: name.optional(), level: z.enum(['self', 'final']).nullable() }),
    groups: z.array(name),
    years: z.record(z.string(), name),
    claim: z.union([name, z.strictObject({ points: z.string() })]),
    data: z.looseObject({ id: z.string() }),
    more: z.unknown()
  })
  const columns = ['unit', 'name.fa', 'name.en', 'in.name.fa', 'in.name.en', 'in.level']
  columns.push('groups', 'years', 'claim', 'data', 'more')
  t.strictSame(columnsOfForm(row), columns)
  t.strictSame(columnsOfList(listOf(row)), columns)
  t.equal(columnsOfList(row), null, 'this is no list')
})

t.test('who wants CSV', async (t) => {
  const asked = (accept?: string) => ({
    url: '/',
    query: {},
    headers: accept === undefined ? {} : { accept }
  })
  t.notOk(wantsCsv(asked()))
  t.notOk(wantsCsv(asked('*/*')))
  t.notOk(wantsCsv(asked('text/csv;q=0.5, application/json')))
  t.ok(wantsCsv(asked('text/csv')))
  t.ok(wantsCsv(asked('Text/CSV; charset=utf-8')))
  t.ok(wantsCsv(asked('text/*')))
  t.ok(wantsCsv(asked('application/json;q=0.1, text/csv')))
  t.throws(() => wantsCsv(asked('image/png')), { code: 'not-acceptable' })
  t.throws(() => negotiate(asked('text/csv;q=0'), ['text/csv']), { code: 'not-acceptable' })
})
