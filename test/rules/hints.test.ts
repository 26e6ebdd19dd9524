import t from 'tap'
import { discrepanciesOf } from '../../src/rules/discrepancies.ts'
import { exchanged, type Hint, type HintContext, hintsFor } from '../../src/rules/hints.ts'
import { caseOf, figure, type Happening, node, opened, published, recorded } from '../support/history.ts'

/** G (70) of a 20, b 20, c 30; H (50) of p 8, q 10, r 32. */
const tree = [
  node('G', null, '70'),
  node('a', 'G', '20'),
  node('b', 'G', '20'),
  node('c', 'G', '30'),
  node('H', null, '50'),
  node('p', 'H', '8'),
  node('q', 'H', '10'),
  node('r', 'H', '32')
]

const firstYear: HintContext = { lastYear: () => [] }

/** The hints of the only row, or of the row of a measure. */
function hints(facts: readonly Happening[], context = firstYear, measure?: string): Hint[] {
  const subject = caseOf([published('1402-x', tree), opened('1402-x', 'qazvin'), ...facts])
  const rows = discrepanciesOf(subject).filter((row) => measure === undefined || row.measure === measure)
  t.equal(rows.length, 1, 'one row')
  return rows.flatMap((row) => hintsFor(row, subject, context))
}

t.test('mean: the unweighted mean of the printed percents of all children', async (t) => {
  const percents = ['85', '90', '50'].map((percent, i) =>
    figure(['a', 'b', 'c'][i] ?? '', 'final', { percent })
  )
  const parent = (percent: string) => figure('G', 'final', { ceiling: '70', points: '50', percent })
  t.strictSame(hints([...percents, parent('75')]), [{ hint: 'mean', of: ['85', '90', '50'], mean: '75.00' }])
  t.strictSame(hints([...percents, parent('76.1')]), [], 'not the mean')
  t.strictSame(hints([...percents.slice(1), parent('70')]), [], 'a child prints none')
  const self = figure('G', 'self', { ceiling: '70', points: '50', percent: '75' })
  t.strictSame(hints([...percents, self]), [], 'another level')
})

t.test('swap: two neighbouring digits of what is printed', async (t) => {
  const parts = [recorded('a', 'final', '12.9'), recorded('b', 'final', '15'), recorded('c', 'final', '15')]
  t.strictSame(hints([...parts, recorded('G', 'final', '42.09')]), [
    { hint: 'swap', figure: 'found', node: 'G', printed: '42.09', swapped: '42.90' },
    { hint: 'nine', difference: '-0.81', units: '-81' }
  ])
  t.strictSame(hints([figure('c', 'final', { ceiling: '30', points: '25.206', percent: '84.20' })]), [
    { hint: 'swap', figure: 'found', node: 'c', printed: '84.20', swapped: '84.02' }
  ])
})

t.test('swap: of the points a percent rests on, and of a part of a sum', async (t) => {
  t.strictSame(hints([figure('b', 'final', { ceiling: '20', points: '3.64', percent: '17.3' })]), [
    { hint: 'swap', figure: 'points', node: 'b', printed: '3.64', swapped: '3.46' }
  ])
  t.strictSame(
    hints([
      recorded('a', 'final', '9.36'),
      recorded('b', 'final', '16.49'),
      recorded('c', 'final', '3.46'),
      recorded('G', 'final', '29.58')
    ]),
    [
      { hint: 'swap', figure: 'part', node: 'a', printed: '9.36', swapped: '9.63' },
      { hint: 'nine', difference: '0.27', units: '27' }
    ]
  )
})

t.test('the same for figures that were only published', async (t) => {
  const printed = (code: string, points: string) => figure(code, 'final', { points })
  const parts = [printed('a', '9.36'), printed('b', '16.49'), printed('c', '3.46')]
  t.strictSame(hints([...parts, printed('G', '29.58')]), [
    { hint: 'swap', figure: 'part', node: 'a', printed: '9.36', swapped: '9.63' },
    { hint: 'nine', difference: '0.27', units: '27' }
  ])
  t.strictSame(hints([printed('r', '25.68'), printed('r', '26.58')]), [
    { hint: 'swap', figure: 'found', node: 'r', printed: '26.58', swapped: '25.68' }
  ])
})

t.test('what exchanging digits can make', async (t) => {
  t.strictSame(exchanged('84.20'), ['48.20', '82.40', '84.02'])
  t.strictSame(exchanged('100'), [], 'nobody prints 010')
  t.strictSame(exchanged('77'), [])
})

t.test('nine: only of sums, in units of the last digit of the document', async (t) => {
  const parts = [recorded('a', 'final', '12.5'), recorded('b', 'final', '15'), recorded('c', 'final', '15')]
  const nines = (facts: readonly Happening[]) => hints(facts).filter(({ hint }) => hint === 'nine')
  t.strictSame(nines([...parts, figure('G', 'final', { points: '43.58' })]), [
    { hint: 'nine', difference: '1.08', units: '108' }
  ])
  t.strictSame(nines([...parts, figure('G', 'final', { points: '43.55' })]), [], 'by three only')
  t.strictSame(
    nines([recorded('G', 'final', '42.5'), figure('G', 'final', { points: '43.58' })]),
    [],
    'own points are no sum'
  )
  t.strictSame(
    nines([
      ...parts,
      figure('G', 'final', { points: '43.4', source: { document: 'r', place: 'p', digits: 1 } })
    ]),
    [{ hint: 'nine', difference: '0.9', units: '9' }],
    'a document that gives one digit'
  )
})

t.test('ceiling: the figure fits another ceiling than its own', async (t) => {
  const before: HintContext = { lastYear: (code) => [{ node: code, period: '1401', ceiling: '8' }] }
  t.strictSame(hints([figure('q', 'final', { ceiling: '10', points: '8', percent: '100' })], before), [
    { hint: 'ceiling', whose: 'sibling', node: 'p', period: '1402', ceiling: '8' },
    { hint: 'ceiling', whose: 'last-year', node: 'q', period: '1401', ceiling: '8' }
  ])
  const other = figure('p', 'final', { ceiling: '4', points: '8', percent: '100' })
  t.strictSame(hints([other], firstYear, 'percent'), [
    { hint: 'ceiling', whose: 'framework', node: 'p', period: '1402', ceiling: '8' }
  ])
  t.strictSame(hints([figure('q', 'final', { ceiling: '50' })]), [
    { hint: 'ceiling', whose: 'parent', node: 'H', period: '1402', ceiling: '50' }
  ])
  t.strictSame(
    hints([
      recorded('p', 'final', '8'),
      recorded('q', 'final', '10'),
      recorded('r', 'final', '30'),
      recorded('H', 'final', '50')
    ]),
    [{ hint: 'ceiling', whose: 'framework', node: 'H', period: '1402', ceiling: '50' }],
    'its points are its ceiling'
  )
})

t.test('a difference of rounding may be a mean, but no slip of digits', async (t) => {
  const percents = [figure('p', 'final', { percent: '85.71' }), figure('q', 'final', { percent: '100' })]
  const third = figure('r', 'final', { percent: '92.85' })
  const parent = figure('H', 'final', { ceiling: '50', points: '46.43', percent: '92.85' })
  t.strictSame(hints([...percents, third, parent]), [
    { hint: 'mean', of: ['85.71', '100', '92.85'], mean: '92.85' }
  ])
  const sibling = figure('b', 'final', { ceiling: '20', points: '9.97', percent: '49.84' })
  t.strictSame(hints([sibling]), [], 'it fits every ceiling of twenty')
})

t.test('kinds in which nothing was printed have no hints', async (t) => {
  t.strictSame(hints([recorded('c', 'self', '30'), recorded('c', 'final', '20')]), [])
})
