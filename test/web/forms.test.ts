import t from 'tap'
import { bodyOf, fieldOf, numberOf } from '../../src/web/forms.ts'

t.test('fields become the body of a command', async (t) => {
  const fields = {
    _csrf: 'x',
    _command: 'enter-self-score',
    evaluation: '1402-a.b',
    node: 'G.1',
    'measurement.numerator:number': '۱٬۲۵۸٫۵',
    'measurement.denominator:number': '3586',
    'measurement.baseline:number': '',
    note: '  ',
    'evidence.1.title.fa': 'دوم',
    'evidence.0.title.fa': 'نخست',
    'evidence.3.title.fa': '',
    'claim.applicable:flag': 'false',
    'bytes:whole': '۱۲'
  }
  t.strictSame(bodyOf(fields), {
    evaluation: '1402-a.b',
    node: 'G.1',
    measurement: { numerator: '1258.5', denominator: '3586' },
    evidence: [{ title: { fa: 'نخست' } }, { title: { fa: 'دوم' } }],
    claim: { applicable: false },
    bytes: 12
  })
})

t.test('lists come from boxes or from words between commas', async (t) => {
  t.strictSame(bodyOf({ 'nodes:list': ['A', 'B.1'] }), { nodes: ['A', 'B.1'] })
  t.strictSame(bodyOf({ 'members:list': 'p-3، p-4, p-5' }), { members: ['p-3', 'p-4', 'p-5'] })
  t.strictSame(bodyOf({ 'members:list': ' ' }), {})
})

t.test('days of either calendar become Gregorian ones', async (t) => {
  t.strictSame(
    bodyOf({
      'letter.date:day': '۱۴۰۳/۰۴/۱۲',
      'a:day': '1403-4-12',
      'b:day': ' 2024-07-02 ',
      'c:day': '',
      'leap:day': '1403/12/30'
    }),
    { letter: { date: '2024-07-02' }, a: '2024-07-02', b: '2024-07-02', leap: '2025-03-20' }
  )
  t.strictSame(
    bodyOf({ 'a:day': '1402/12/30', 'b:day': 'yesterday' }),
    { a: '1402/12/30', b: 'yesterday' },
    'what is no day is left for the command to refuse'
  )
})

t.test('numbers as people write them; what is none is left for the command to refuse', async (t) => {
  t.equal(numberOf('۱۲۵۸٫۵'), '1258.5')
  t.equal(numberOf('1,258'), '1258')
  t.equal(numberOf('1 258 000'), '1258000')
  t.equal(numberOf('1,5'), '1,5', 'a comma that parts no thousands is not guessed at')
  t.equal(numberOf('12٬345٫60'), '12345.60')
  t.equal(numberOf('1258,500'), '1258,500', 'nor one that may be a point')
  t.equal(numberOf('0,125'), '0,125')
  t.equal(numberOf('1,258 000'), '1,258 000')
  t.equal(numberOf('1,2,345'), '1,2,345')
  t.equal(numberOf('\u22125'), '-5')
  t.equal(numberOf('\u22121,258.5'), '-1258.5')
  t.equal(numberOf('many'), 'many')
})

t.test('a hash as people copy it; words without the spaces around them', async (t) => {
  const hash = 'ab'.repeat(32)
  t.strictSame(bodyOf({ 'sha256:hash': ` ${hash.toUpperCase()} ` }), { sha256: hash })
  t.strictSame(bodyOf({ 'sha256:hash': ' ' }), {})
  t.strictSame(bodyOf({ note: ' two\n lines \n' }), { note: 'two\n lines' })
})

t.test('names that are no places in a body change nothing', async (t) => {
  const hostile = {
    '__proto__.polluted': 'x',
    'constructor.prototype.polluted': 'x',
    'a.b.c.d.e.f.g': 'too deep',
    'a..b': 'x',
    '': 'x'
  }
  const body = bodyOf(hostile)
  t.equal(({} as Record<string, unknown>).polluted, undefined)
  t.notOk(Object.hasOwn(body, '__proto__'))
  t.notOk(Object.hasOwn(body, 'a'))
  t.strictSame(bodyOf({ 'toString.x': '1' }), { toString: { x: '1' } }, 'an inherited member is no member')
})

t.test('a pointer of a refusal names a field', async (t) => {
  t.equal(fieldOf('/measurement/numerator', {}), 'measurement.numerator')
  t.equal(fieldOf('', {}), '')
  const fields = {
    'appeals.0.grounds': ' ',
    'appeals.1.node': 'A',
    'appeals.1.evidence.1.title.fa': 'b',
    'appeals.10.node': 'C',
    'appeals.9.node': 'B',
    'nodes:list': 'A B'
  }
  t.equal(fieldOf('/appeals/0/evidence/0/sha256', fields), 'appeals.1.evidence.1.sha256', 'gaps are closed')
  t.equal(fieldOf('/appeals/2/claim/points', fields), 'appeals.10.claim.points')
  t.equal(fieldOf('/appeals/3/node', fields), 'appeals.3.node')
  t.equal(fieldOf('/nodes/1', fields), 'nodes.1')
  t.equal(fieldOf('/toString/x', fields), 'toString.x')
})
