import t from 'tap'
import { discrepanciesOf } from '../../src/rules/discrepancies.ts'
import type { Found } from '../../src/rules/discrepancy-row.ts'
import {
  caseOf,
  claimed,
  eventNumber,
  figure,
  type Happening,
  node,
  opened,
  published
} from '../support/history.ts'

/* What an amendment makes of what was said under the tree before it. */

/** G (100) of A (60) and B (40), which is claimed and then divided. */
const tree = [
  node('G', null, '100', { kind: 'set' }),
  node('A', 'G', '60', { kind: 'indicator' }),
  node('B', 'G', '40', { kind: 'indicator' })
]

const discrepanciesAfter = (...facts: Happening[]): Found[] =>
  discrepanciesOf(
    caseOf([published('1402-x', tree), opened('1402-x', 'qazvin', { origin: 'live' }), ...facts])
  )

const short = ({ kind, node, expected, found }: Found): string => `${kind} ${node} ${expected} ${found}`

const amended = (put: ReturnType<typeof node>[], remove: string[]): Happening => ({
  type: 'FrameworkAmended',
  data: { put, remove, reason: 'r' }
})

/** The first fact after the framework and the opening is event 3. */
const fact = (n: number): string => eventNumber(n + 2)

t.test('what was claimed of a leaf says nothing once it is divided', async (t) => {
  const B = node('B', 'G', '40', { kind: 'indicator' })
  const parts = [node('B1', 'B', '15', { kind: 'measure' }), node('B2', 'B', '25', { kind: 'measure' })]
  const shown = (...facts: Happening[]) => discrepanciesAfter(claimed('B', '36'), ...facts).map(short)
  t.strictSame(shown(), ['missing-evidence B 1 0'])
  const divided = amended([B, ...parts], [])
  const claims = [claimed('B1', '5'), claimed('B2', '10')]
  t.strictSame(shown(divided, ...claims), ['missing-evidence B1 1 0', 'missing-evidence B2 1 0'])
  const joined = amended([B], ['B1', 'B2'])
  t.strictSame(shown(divided, joined), ['missing-evidence B 1 0'], 'as a leaf again it counts again')
  const printed = figure('G', 'self', { points: '5' })
  const found = discrepanciesAfter(claimed('B', '36'), divided, ...claims, printed)
  const row = found.find(({ node }) => node === 'G')
  t.match(row, { expected: '15', found: '5' })
  t.strictSame(
    row?.events.map(({ event }) => event),
    [fact(5), fact(3), fact(4)],
    'and it is not what a sum was added up from'
  )
})
