import type fastCheck from 'fast-check'
import type { FrameworkNode, Rule } from '../../src/events/forms.ts'
import { formatPoints } from '../../src/points.ts'

type Fc = typeof fastCheck
type Arbitrary<T> = fastCheck.Arbitrary<T>

/** What one node is made of; its place and its ceiling follow from the others. */
interface Seed {
  under: number
  ceiling: number
  scaled: boolean
  setting: 'remove' | 'spread' | undefined
  rule: Rule
}

const RULES: readonly Rule[] = [
  { kind: 'direct' },
  { kind: 'ratio', target: '80' },
  { kind: 'ratio', target: '10', direction: 'lower' },
  { kind: 'growth', target: '20' },
  {
    kind: 'bands',
    bands: [
      { from: '0', points: '1' },
      { from: '50', points: '30.5' }
    ]
  }
]

/** Sound trees of up to twelve nodes: several roots, scaled nodes, both settings, leaves of every rule. */
export function randomNodes(fc: Fc): Arbitrary<FrameworkNode[]> {
  const seed: Arbitrary<Seed> = fc.record({
    under: fc.nat(1_000),
    // Whole points mostly, so that shrunk examples can be read; the last digit where rounding shows.
    ceiling: fc.oneof(
      fc.integer({ min: 0, max: 60 }).map((points) => points * 10_000),
      fc.integer({ min: 1, max: 999_999 })
    ),
    scaled: fc.boolean(),
    setting: fc.constantFrom(undefined, 'remove' as const, 'spread' as const),
    // Direct twice as often as the others.
    rule: fc.constantFrom(...RULES, { kind: 'direct' } as const)
  })
  return fc.array(seed, { minLength: 1, maxLength: 12 }).map(grow)
}

function grow(seeds: readonly Seed[]): FrameworkNode[] {
  // The first is a root; each later one hangs below an earlier one, or is another root.
  const parents = seeds.map(({ under }, i) => (i === 0 || under % (i + 1) === i ? null : under % (i + 1)))
  const children = seeds.map((_, i) => parents.flatMap((parent, child) => (parent === i ? [child] : [])))
  const ceilings = new Map<number, number>()
  for (let i = seeds.length - 1; i >= 0; i--) {
    const below = children[i] ?? []
    const sum = below.reduce((total, child) => total + (ceilings.get(child) ?? 0), 0)
    ceilings.set(i, below.length === 0 || seeds[i]?.scaled ? (seeds[i]?.ceiling ?? 0) : sum)
  }
  return seeds.map(({ scaled, setting, rule }, i) => {
    const parent = parents[i] ?? null
    const isLeaf = children[i]?.length === 0
    return {
      code: `n${i}`,
      parent: parent === null ? null : `n${parent}`,
      kind: 'criterion',
      title: { fa: `n${i}` },
      ceiling: formatPoints(ceilings.get(i) ?? 0),
      ...(scaled && !isLeaf ? { scaled } : {}),
      ...(setting ? { notApplicable: setting } : {}),
      ...(isLeaf ? { rule } : {})
    }
  })
}
