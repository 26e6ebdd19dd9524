import t from 'tap'
import { negotiate, wantsCsv } from '../../src/http/accept.ts'
import { toCsv } from '../../src/http/csv.ts'

const rowsOf = (csv: string) => csv.replace('\ufeff', '').trimEnd().split('\n')

t.test('rows become a table that spreadsheets open rightly', async (t) => {
  const csv = toCsv([
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
  ])
  t.ok(csv.startsWith('\ufeff'), 'the byte-order mark')
  t.strictSame(rowsOf(csv), [
    'unit,name.fa,name.en,groups,parent,points,partial,seen,in',
    'qazvin-behzisti,بهزیستی قزوین,Qazvin,a b,,,,,',
    'x,"با ""نقل"" و ,",,,,22.5,true,12,"[{""a"":1}]"'
  ])
})

t.test('formulas are made harmless, numbers are left as they are', async (t) => {
  const cell = (value: unknown) => rowsOf(toCsv([{ value }]))[1]
  for (const value of ['=1+1', '+cmd', '-cmd', '@sum', '\ttab', '＝1', '-1+1', '-1.']) {
    t.match(cell(value), `'${value}`, value)
  }
  t.equal(cell('-12.50'), '-12.50', 'a loss of points')
  t.equal(cell(-3), '-3')
  t.match(cell(['=1', 'b']), `'=1 b`)
})

t.test('columns may be given, so that an empty list has a head too', async (t) => {
  t.strictSame(rowsOf(toCsv([], ['unit', 'name.fa'])), ['unit,name.fa'])
  t.strictSame(rowsOf(toCsv([{ b: 1, a: 2 }], ['a'])), ['a', '2'])
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
