import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { z } from 'zod'
import {
  Claim,
  Day,
  EvaluationId,
  FrameworkId,
  FrameworkNode,
  Measurement,
  NodeCode,
  Points,
  PrintedNumber,
  Quantity,
  Revision,
  Slug,
  Title
} from '../../src/events/forms.ts'
import { formatPoints, POINTS_PATTERN, parsePoints } from '../../src/points.ts'

/** What a form takes and what it does not. */
function takes(t: Test, form: z.ZodType, good: readonly unknown[], bad: readonly unknown[]): void {
  for (const value of good) t.ok(form.safeParse(value).success, `takes ${JSON.stringify(value)}`)
  for (const value of bad) t.notOk(form.safeParse(value).success, `refuses ${JSON.stringify(value)}`)
}

const slug = (length: number) => 'a'.repeat(length)

t.test('ids', async (t) => {
  takes(t, Slug, ['a', '1402', 'egov-7', slug(64)], ['', '-a', 'A', 'a.b', 'a_b', 'ب', slug(65)])
  takes(t, FrameworkId, ['1402-x', `${slug(64)}-${slug(64)}`], ['', `${slug(65)}-${slug(64)}`])
  takes(
    t,
    EvaluationId,
    ['1402-x.qazvin', `${slug(64)}-${slug(64)}.${slug(64)}`],
    ['1402-x', '1402-x.', 'a.b.c']
  )
  takes(t, NodeCode, ['G1.1', 'S-2', 'a'.repeat(32)], ['', 'total', 'a b', 'G_1', 'ش', 'a'.repeat(33)])
})

t.test('points are minimal decimals of at most four digits, never numbers', async (t) => {
  takes(
    t,
    Points,
    ['0', '22.5', '40', '999999999.9999'],
    ['-1', '22.12345', '01', '1000000000', '', 22.5, '1e2']
  )
  t.equal(Points.parse('22.50'), '22.5')
  t.equal(Points.parse('40.0000'), '40')
  fc.assert(
    fc.property(
      fc.stringMatching(POINTS_PATTERN),
      (text) => Points.parse(text) === formatPoints(parsePoints(text))
    )
  )
})

t.test('measurements have 15 digits before and 6 after the point', async (t) => {
  takes(
    t,
    Quantity,
    ['0', '-3.5', '123456789012345.123456'],
    ['1234567890123456', '1.1234567', '+1', '1.', '00']
  )
  const whole = { numerator: '-1', denominator: '0.000001', baseline: '1', target: '1' }
  const none = ['0', '0.000', '-1'].flatMap((value) => [
    { ...whole, denominator: value },
    { ...whole, baseline: value },
    { ...whole, target: value }
  ])
  takes(t, Measurement, [{ numerator: '0' }, whole], [...none, {}, { ...whole, unit: '%' }])
})

t.test('days are Gregorian, revisions decimal strings, printed numbers keep their digits', async (t) => {
  takes(t, Day, ['2024-02-29'], ['2023-02-29', '1402-13-01', '2024-2-9', '2024-02-29T00:00:00Z'])
  takes(t, Revision, ['0', '41'], ['01', '-1', 41, ''])
  takes(t, PrintedNumber, ['84.20', '007', '-3.10'], ['۸۴', '84,2', ''])
  t.equal(PrintedNumber.parse('84.20'), '84.20')
})

t.test('titles have Persian, and English where there is any', async (t) => {
  takes(t, Title, [{ fa: 'عنوان' }, { fa: 'عنوان', en: 'Title' }], [{ en: 'Title' }, { fa: ' ' }, 'عنوان'])
})

t.test('an appeal claims points, that a node does not apply, or that it does', async (t) => {
  const measurement = { numerator: '1' }
  takes(
    t,
    Claim,
    [
      { points: '1' },
      { points: '1', measurement },
      { applicable: false },
      { applicable: true },
      { applicable: true, points: '1', measurement }
    ],
    [{}, { measurement }, { applicable: false, points: '1' }]
  )
})

t.test('a node is whole: kind, title and ceiling, a target above zero', async (t) => {
  const node = { code: 'a', parent: null, kind: 'measure', title: { fa: 'ا' }, ceiling: '1' }
  const bands = [{ from: '-1', points: '1' }]
  takes(
    t,
    FrameworkNode,
    [node, { ...node, target: '5', rule: { kind: 'bands', bands } }],
    [
      { ...node, parent: undefined },
      { ...node, kind: 'leaf' },
      { ...node, ceiling: '-1' },
      { ...node, target: '0' },
      { ...node, rule: { kind: 'ratio', target: '0' } },
      { ...node, rule: { kind: 'growth' } },
      { ...node, rule: { kind: 'bands', bands: [] } },
      { ...node, weight: '1' }
    ]
  )
})
