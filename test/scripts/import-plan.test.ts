import t from 'tap'
import { latinNumber } from '../../scripts/import/digits.ts'
import { evaluationId } from '../../scripts/import/names.ts'
import { readSample } from '../../scripts/import/plan.ts'
import { bodies, files, plan, raw, scoresOf, YEARS } from '../support/qazvin.ts'

interface PrintedRow {
  code: string
  count: Record<string, string | null>
  ceiling: Record<string, string | null>
}
type Cells = Record<string, string>
interface Tables extends Record<'table3' | 'table4' | 'table5', { rows: PrintedRow[] }> {
  table6: { rows: Cells[] }
  table29: { rows: ({ year: string } & Record<'total' | 'general' | 'specific', Cells>)[] }
}
const tables: Tables = raw('totals.json')
const steps: { kinds: string[] }[] = Object.values(raw('lineage.json'))
  .flat()
  .filter((step): step is { kinds: string[] } => Object(step).toYear !== undefined)

t.test('numbers are read in any digits and keep their own fraction', async (t) => {
  t.equal(latinNumber('۸۴۰٫۲۰'), '840.20')
  t.equal(latinNumber('٢٧٫٢٨'), '27.28')
  t.equal(latinNumber('۱٬۰۰۰'), '1000')
  t.equal(latinNumber(' 12.90 '), '12.90')
  t.equal(latinNumber('−۳'), '-3')
  for (const wrong of ['-', '', '84,2', 'عدم مصداق', '1.', '۱.۲.۳'])
    t.throws(() => latinNumber(wrong), RangeError)
})

t.test('Persian digits of a file become Latin, what is printed stays', async (t) => {
  const scores = scoresOf('1402')
  const record = scores.records.find(({ code, level }) => code === 'G1.1.1' && level === 'final')
  Object.assign(record ?? {}, { score: '۵۷٫۲۸', ceiling: '٦٠', percent: '۹۵٫۴۷' })
  const changed = readSample({ ...files, 'scores-1402.json': JSON.stringify(scores) })
  const of = (key: string) => changed.commands.find((command) => command.key === key)?.body
  t.match(of('qazvin-1402-score-final-G1.1.1'), { points: '57.28' })
  t.match(of('qazvin-1402-figure-final-G1.1.1-table-8-row-1'), {
    points: '57.28',
    ceiling: '60',
    percent: '95.47',
    printed: '٦٠ | ۵۷٫۲۸ | ۹۵٫۴۷'
  })
})

t.test(
  'a plan is the same whenever it is made, so that a later run finds what an earlier one did',
  async (t) => {
    t.strictSame(readSample(files), plan)
  }
)

/** One printed number: which year and node, where it stands, what it is, and how it reads. */
const MEASURES = ['ceiling', 'points', 'percent', 'count'] as const
const mark = (...parts: unknown[]) => parts.map(String).join(' ; ')

const published = bodies('publish-figure').flatMap((body) =>
  MEASURES.flatMap((measure) =>
    body[measure] === undefined
      ? []
      : mark(body.evaluation, body.about.node, body.level ?? '', body.source.place, measure, body[measure])
  )
)

function printed(): string[] {
  const scores = YEARS.flatMap((year) =>
    scoresOf(year).records.flatMap(({ code, level, source, ceiling, score: points, percent }) =>
      Object.entries({ ceiling, points, percent })
        .filter(([, value]) => value !== null)
        .map(([measure, value]) =>
          mark(evaluationId(year), code === 'TOTAL' ? 'total' : code, level, source, measure, value)
        )
    )
  )
  const totals = ([3, 4, 5] as const).flatMap((number) =>
    tables[`table${number}`].rows.flatMap(({ code, count, ceiling }, i) =>
      YEARS.flatMap((year) =>
        Object.entries({ count: count[year], ceiling: ceiling[year] })
          .filter(([, value]) => value !== null)
          .map(([measure, value]) =>
            mark(evaluationId(year), code, '', `table ${number} row ${i + 1}`, measure, value)
          )
      )
    )
  )
  return [...scores, ...totals]
}

t.test('every printed number is published exactly once', async (t) => {
  t.strictSame(published.toSorted(), printed().toSorted())
  t.equal(new Set(published).size, published.length)
  t.ok(published.length > 400)
})

t.test('tables 6 and 29 stand whole in the scores', async (t) => {
  const sixth = tables.table6.rows.flatMap(({ code, ceiling, ...row }, i) => {
    const at = (level: string, measure: string, value: unknown) =>
      mark(
        evaluationId('1402'),
        code === 'TOTAL' ? 'total' : code,
        level,
        `table 6 row ${i + 1}`,
        measure,
        value
      )
    return [
      at('self', 'points', row.selfScore),
      at('self', 'percent', row.selfPercent),
      at('self', 'ceiling', ceiling),
      at('final', 'points', row.finalScore),
      at('final', 'percent', row.finalPercent)
    ]
  })
  const last = tables.table29.rows.flatMap(({ year, total, general: G, specific: S }, i) =>
    Object.entries({ total, G, S }).flatMap(([code, { score: points, percent, ceiling }]) =>
      Object.entries({ points, percent, ceiling }).map(([measure, value]) =>
        mark(evaluationId(year), code, 'final', `table 29 row ${i + 1}`, measure, value)
      )
    )
  )
  t.equal(sixth.length + last.length, 15 + 27)
  t.strictSame(
    [...sixth, ...last].filter((one) => !published.includes(one)),
    []
  )
})

t.test('the verbatim cells go with each figure', async (t) => {
  const of = (key: string) => plan.commands.find((command) => command.key === key)?.body.printed
  t.equal(of('qazvin-1402-figure-final-S6-table-7-row-6'), '۱۰۰ | ۷۵ | ۵۰ | ۱۵۰')
  t.equal(of('qazvin-1402-figure-G2.1-table-5-row-3'), '۳ | ارتقای بهره وری | - | ۲ | ۳ | - | ۸۰ | ۲۲۵')
  t.equal(of('qazvin-1402-figure-final-G3.1.2.c-table-25-row-3'), '10 | - | 100')
})

t.test('what is known of a node goes with it', async (t) => {
  const frameworks = bodies('publish-framework')
  const node = (year: string, code: string) =>
    frameworks.find(({ period }) => period.id === year)?.nodes.find((one) => one.code === code)
  t.match(node('1401', 'G1.1.rest'), { parent: 'G1.1', kind: 'measure', ceiling: '20' })
  t.match(node('1400', 'G.rest'), { parent: 'G', kind: 'measure', ceiling: '335' })
  t.equal(frameworks.flatMap(({ nodes }) => nodes).filter(({ code }) => code.endsWith('.rest')).length, 2)
  t.match(node('1402', 'S6'), { ceiling: '150', target: '100', unitOfMeasure: 'درصد', issuedBy: 'behzisti' })
  t.match(node('1402', 'G2.3.1')?.aliases, [
    { title: 'سهولت دسترسی به خدمات دستگاه' },
    { where: 'table 9 row 8' }
  ])
  t.equal(node('1402', 'G2.1.1')?.basis?.length, 3)
  t.match(node('1402', 'G3.3.1.c')?.aliases, [
    { title: 'انتشار جزئیات مرتبط با قراردادها', where: 'table 27 row 3' }
  ])
  const kinds = (year: string, kind: string) =>
    frameworks.find(({ period }) => period.id === year)?.nodes.filter((one) => one.kind === kind).length
  t.strictSame(
    ['set', 'axis', 'criterion', 'indicator', 'measure'].map((kind) => kinds('1402', kind)),
    [2, 3, 8, 26, 51]
  )
})

t.test('lineage: kept, new and retired nodes, each with its evidence', async (t) => {
  const links = bodies('link-lineage')
  t.equal(links.length, steps.length + 4, 'both sets continue themselves twice')
  const count = (relation: string) => links.filter((link) => link.relation === relation).length
  t.equal(count('new'), steps.filter(({ kinds }) => kinds.includes('added')).length)
  t.strictSame(
    links.filter(({ relation }) => relation === 'retired').map(({ framework, node }) => [framework, node]),
    [
      ['1401-behzisti-provincial', 'G3.1.2.c'],
      ['1401-behzisti-provincial', 'G3.1.2.d']
    ]
  )
  t.match(
    links.find(({ framework, node }) => framework.startsWith('1402') && node === 'G2.1'),
    {
      relation: 'same',
      note: 'table 5 row 3'
    }
  )
})

t.test('parents come before children, self before final', async (t) => {
  for (const year of YEARS) {
    const scores = bodies('record-score').filter(({ evaluation }) => evaluation === evaluationId(year))
    const seen = new Set<string>()
    for (const { node, level } of scores) {
      t.notOk(
        [...seen].some((earlier) => earlier.startsWith(`${node}.`)),
        `${node} after its children`
      )
      t.notOk(level === 'self' && seen.has(node), `${node}: self after final`)
      void seen.add(node)
    }
  }
})

t.test('what has no place is named', async (t) => {
  const said = plan.unplaced.map(({ fa, en }) => `${fa} ${en}`).join('\n')
  for (const code of ['G1.1.2.a', 'G1.1.2.b', 'G1.1.2.c', 'G2.2.4.a']) t.match(said, code)
  t.match(said, /S1, S2, S3, S4, S5, S6, S7, S8: no table names a responsible domain/)
})
