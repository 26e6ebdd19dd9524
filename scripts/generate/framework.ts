import type { FrameworkNode, Rule } from '../../src/events/forms.ts'
import { formatPoints, parsePoints } from '../../src/points.ts'
import type { Random } from './random.ts'
import { ACTS, TOPICS } from './words.ts'

/** Where a node of this year comes from. */
export interface Link {
  node: string
  relation: 'same' | 'split' | 'new' | 'retired'
  /** Code in the year before; null where there is none. */
  before: string | null
}

/** About so many nodes: sets over axes over indicators, most of which have measures below them. */
export function firstTree(random: Random, size: number): FrameworkNode[] {
  const sets = size < 20 ? 1 : 2
  const axes = Math.max(1, Math.round(size / 13))
  const indicators = Math.max(2, Math.round(size * 0.28))
  const nodes: FrameworkNode[] = []
  for (let i = 1; i <= sets; i++) nodes.push(branch(random, 'set', null, `${i}`))
  const below = (kind: FrameworkNode['kind'], above: readonly FrameworkNode[], count: number) => {
    for (let i = 0; i < count; i++) {
      const parent = above[i % above.length]
      if (parent)
        nodes.push(
          branch(random, kind, parent.code, `${parent.code}.${childrenOf(nodes, parent).length + 1}`)
        )
    }
    return nodes.filter((node) => node.kind === kind)
  }
  const lastAxes = below('axis', [...nodes], axes)
  const lastIndicators = below('indicator', lastAxes, indicators)
  const withMeasures = lastIndicators.filter((_, i) => i % 4 !== 3)
  below('measure', withMeasures, Math.max(2, size - nodes.length))
  return summed(nodes.map((node) => (childrenOf(nodes, node).length > 0 ? node : leaf(random, node))))
}

/** The tree of the year after: a few ceilings, titles and targets are others, some measures go and some come. */
export function nextTree(
  random: Random,
  before: readonly FrameworkNode[]
): { nodes: FrameworkNode[]; links: Link[] } {
  const measures = before.filter(({ kind }) => kind === 'measure')
  const retired = random
    .some(measures, 3)
    .filter((node) => measures.filter(({ parent }) => parent === node.parent).length > 2)
  const kept = before.filter((node) => !retired.includes(node)).map((node) => revised(random, before, node))
  const links: Link[] = [
    ...retired.map(({ code }) => ({ node: code, relation: 'retired' as const, before: null })),
    ...kept.map(({ code }) => ({ node: code, relation: 'same' as const, before: code }))
  ]
  const added = random.some(measures, 3).map((sibling, i) => {
    const code = `${sibling.code}-${random.hex(4)}`
    links.push(
      i === 0
        ? { node: code, relation: 'split', before: sibling.code }
        : { node: code, relation: 'new', before: null }
    )
    return leaf(random, branch(random, 'measure', sibling.parent, code))
  })
  // A measure that goes cannot be what another one was split from in a tree without it; its parent is always there.
  return { nodes: summed([...kept, ...added]), links }
}

const childrenOf = (nodes: readonly FrameworkNode[], { code }: FrameworkNode): FrameworkNode[] =>
  nodes.filter(({ parent }) => parent === code)

const branch = (
  random: Random,
  kind: FrameworkNode['kind'],
  parent: string | null,
  code: string
): FrameworkNode => ({
  code,
  parent,
  kind,
  title: { fa: `${random.of(ACTS)} ${random.of(TOPICS)}` },
  ceiling: '0',
  ...(kind === 'axis' && random.percent(20) ? { notApplicable: 'spread' as const } : {}),
  ...(kind === 'axis' && random.percent(20) ? { reviewedBy: 'centre-finance' } : {}),
  ...(kind === 'indicator' && random.percent(15) ? { scaled: true } : {})
})

function leaf(random: Random, { scaled: _scaled, ...node }: FrameworkNode): FrameworkNode {
  const rule = ruleFor(random)
  return {
    ...node,
    ceiling: formatPoints(random.between(2, 12) * 50_000),
    ...(rule ? { rule, unitOfMeasure: 'درصد' } : {}),
    requiredEvidence: ['گزارش عملکرد با امضای بالاترین مقام']
  }
}

function ruleFor(random: Random): Rule | null {
  const kind = random.between(1, 100)
  const target = String(random.between(4, 18) * 5)
  if (kind > 36) return null
  if (kind > 20) return { kind: 'ratio', target }
  if (kind > 14) return { kind: 'ratio', target, direction: 'lower' }
  if (kind > 6) return { kind: 'growth', target }
  const bands = ['0', '40', '75'].map((from, i) => ({ from, points: String(5 * i) }))
  return { kind: 'bands', bands }
}

function revised(random: Random, nodes: readonly FrameworkNode[], node: FrameworkNode): FrameworkNode {
  if (childrenOf(nodes, node).length > 0) return node
  const { rule } = node
  return {
    ...node,
    ...(random.percent(6) ? { ceiling: formatPoints(random.between(2, 12) * 50_000) } : {}),
    ...(random.percent(4) ? { title: { fa: `${random.of(ACTS)} ${random.of(TOPICS)}` } } : {}),
    ...(rule && 'target' in rule && random.percent(15)
      ? { rule: { ...rule, target: String(random.between(4, 18) * 5) } }
      : {})
  }
}

/** Ceilings from the leaves upwards; a scaled node has a round one of its own. */
function summed(nodes: readonly FrameworkNode[]): FrameworkNode[] {
  const ceilingOf = (node: FrameworkNode): number => {
    const children = childrenOf(nodes, node)
    if (children.length === 0) return parsePoints(node.ceiling)
    const sum = children.reduce((total, child) => total + ceilingOf(child), 0)
    return node.scaled ? Math.ceil(sum / 1_000_000) * 1_000_000 : sum
  }
  return nodes.map((node) => ({ ...node, ceiling: formatPoints(ceilingOf(node)) }))
}
