import {
  compareRatios,
  formatMinimal,
  formatPercent,
  formatPoints,
  parseDecimal,
  type Ratio,
  ratio,
  subtractRatios
} from '../points.ts'
import { exactly, printedPercent, sumOf, times } from './agreement.ts'
import type { Case } from './case.ts'
import { comparisonOf, fits, percentOfBasis, suspectsOf } from './discrepancy-figures.ts'
import { printsOf } from './discrepancy-prints.ts'
import type { Found } from './discrepancy-row.ts'
import { type Scope, scopeOf } from './discrepancy-scope.ts'

/** What may have gone wrong, with the figures that make it likely. A hint is no finding: it is never stored. */
export type Hint =
  | { hint: 'mean'; of: string[]; mean: string }
  | {
      hint: 'swap'
      figure: 'found' | 'points' | 'ceiling' | 'part'
      node: string
      printed: string
      swapped: string
    }
  | { hint: 'nine'; difference: string; units: string }
  | { hint: 'ceiling'; whose: Whose; node: string; period: string; ceiling: string }

type Whose = 'framework' | 'sibling' | 'last-year' | 'parent'

/** The ceiling a node had in the period before, along its lineage. */
export interface EarlierCeiling {
  node: string
  period: string
  ceiling: string
}

export interface HintContext {
  lastYear: (node: string) => readonly EarlierCeiling[]
}

/** Hints for many rows of one evaluation; the tree is added up once for all of them. */
export function hinter(subject: Case, context: HintContext): (found: Found) => Hint[] {
  const scope = scopeOf(subject, null)
  return (found) => {
    if (found.kind !== 'published-mismatch' && found.kind !== 'rollup-mismatch') return []
    // Where rounding explains the difference, no other digits and no other ceiling are needed to.
    const explained = found.class === 'rounding'
    return [
      ...meanHints(scope, found),
      ...(explained ? [] : swapHints(scope, found)),
      ...nineHints(scope, found),
      ...(explained ? [] : ceilingHints(scope, found, context))
    ]
  }
}

/** Hints for one row: nothing for kinds in which nobody has printed or added up anything. */
export const hintsFor = (found: Found, subject: Case, context: HintContext): Hint[] =>
  hinter(subject, context)(found)

/** The printed percent is the unweighted mean of the children's printed percents of that level. */
function meanHints({ subject: { tree }, applies, published }: Scope, found: Found): Hint[] {
  if (found.measure !== 'percent' || found.found === null) return []
  const children = (tree.nodes.get(found.node)?.children ?? []).filter(applies)
  const percents = children.flatMap((child) =>
    printsOf(published.get(child) ?? [], found.level, 'percent').slice(0, 1)
  )
  // A single child has no mean, and a mean of some children is a mean of nothing.
  if (percents.length < 2 || percents.length < children.length) return []
  const sum = sumOf(percents.map(({ value }) => exactly(value.value)))
  const mean = times(sum, ratio(1n, BigInt(percents.length)))
  if (!fits({ printed: printedPercent(found.found), computed: mean })) return []
  return [{ hint: 'mean', of: percents.map(({ text }) => text), mean: formatPercent(mean.low) }]
}

/** Exchanging two neighbouring digits of one figure makes the intervals meet; farther figures if no nearer one does. */
function swapHints(scope: Scope, found: Found): Hint[] {
  const comparison = comparisonOf(scope, found)
  if (!comparison) return []
  for (const suspects of suspectsOf(scope, found, comparison)) {
    const hints = suspects.flatMap(({ figure, node, text, instead }) =>
      exchanged(text)
        .filter((swapped) => fits(instead(swapped)))
        .map((swapped): Hint => ({ hint: 'swap', figure, node, printed: text, swapped }))
    )
    if (hints.length > 0) return hints
  }
  return []
}

/** Every figure that two neighbouring digits of a figure make when they change places. */
export function exchanged(text: string): string[] {
  const digits = [...text].flatMap((character, at) => (/\d/.test(character) ? [at] : []))
  return digits.flatMap((left, index) => {
    const right = digits[index + 1]
    if (right === undefined || text[left] === text[right]) return []
    const swapped = [...text]
    swapped[left] = text[right] ?? ''
    swapped[right] = text[left] ?? ''
    const result = swapped.join('')
    // Nobody prints a leading zero by a slip.
    return /^-?0\d/.test(result) ? [] : [result]
  })
}

/** A sum whose difference, in units of the document's last digit, is divisible by nine: digits changed places. */
function nineHints(scope: Scope, found: Found): Hint[] {
  const { basis, measure } = found
  if (measure !== 'points' || !basis || basis.partial) return []
  if (basis.of !== 'roll-up' && basis.of !== 'published-parts') return []
  const comparison = comparisonOf(scope, found)
  if (!comparison) return []
  const difference = subtractRatios(comparison.printed.value, comparison.computed.low)
  const digits = basis.digits ?? Math.max(comparison.printed.digits ?? 0, fractionOf(comparison.computed.low))
  const scaled = difference.top * 10n ** BigInt(digits)
  const units = scaled / difference.bottom
  if (scaled % difference.bottom !== 0n || units === 0n || units % 9n !== 0n) return []
  return [{ hint: 'nine', difference: formatMinimal(difference, 4), units: String(units) }]
}

/** How many fraction digits a sum of points has. */
const fractionOf = (value: Ratio): number => formatMinimal(value, 4).split('.')[1]?.length ?? 0

/** It fits a ceiling of the framework, a sibling, last year, the parent, though not the one it is printed with. */
function ceilingHints({ subject: { framework, tree } }: Scope, found: Found, context: HintContext): Hint[] {
  const { node } = found
  const at = tree.nodes.get(node)
  if (!at || found.found === null) return []
  const period = framework.period.id
  const of = (whose: Whose, code: string): Candidate[] => {
    const ceiling = tree.nodes.get(code)?.ceiling
    return ceiling === undefined ? [] : [{ whose, node: code, period, ceiling: formatPoints(ceiling) }]
  }
  const siblings = (tree.nodes.get(at.parent)?.children ?? []).filter((code) => code !== node)
  const own = of('framework', node)
  // Points that equal some other node's ceiling say nothing; that they equal their own does.
  const others = [
    ...siblings.flatMap((code) => of('sibling', code)),
    ...context.lastYear(node).map((earlier) => ({ whose: 'last-year' as const, ...earlier })),
    ...(at.parent === node ? [] : of('parent', at.parent))
  ]
  const candidates = found.measure === 'points' ? own : [...own, ...others]
  const seen = new Set<string>()
  return candidates.flatMap((candidate): Hint[] => {
    const id = `${candidate.whose} ${candidate.ceiling}`
    if (seen.has(id) || !fitsCeiling(found, parseDecimal(candidate.ceiling))) return []
    seen.add(id)
    return [{ hint: 'ceiling', ...candidate }]
  })
}

type Candidate = EarlierCeiling & { whose: Whose }

function fitsCeiling({ found, measure, basis }: Found, ceiling: Ratio): boolean {
  if (found === null || ceiling.top <= 0n) return false
  if (measure !== 'percent') return compareRatios(parseDecimal(found), ceiling) === 0
  if (!basis || basis.partial || basis.points === null || basis.ceiling === null) return false
  if (compareRatios(parseDecimal(basis.ceiling), ceiling) === 0) return false
  return fits({ printed: printedPercent(found), computed: percentOfBasis(basis, ceiling) })
}
