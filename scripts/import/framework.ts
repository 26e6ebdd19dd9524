import { defined } from '../../commands/define.ts'
import { FrameworkNode } from '../../src/events/forms.ts'
import { formatPoints, parsePoints } from '../../src/points.ts'
import { ADMINISTRATION, frameworkId, keyOf, PARENT, type PlannedCommand, quantity, title } from './names.ts'
import type { SampleNode, SampleScore, SampleYear } from './sample.ts'

/** The Solar Hijri years in Gregorian days, both included. */
const PERIODS: Readonly<Record<string, readonly [startsOn: string, endsOn: string]>> = {
  '1400': ['2021-03-21', '2022-03-20'],
  '1401': ['2022-03-21', '2023-03-20'],
  '1402': ['2023-03-21', '2024-03-19']
}

/** The framework of one year. What is printed of a node but its ceiling goes with it. */
export function publishFramework(year: SampleYear): PlannedCommand {
  const [startsOn, endsOn] = PERIODS[year.year] ?? []
  if (startsOn === undefined) throw new Error(`the days of the year ${year.year} are not known`)
  const { year: id } = year
  return {
    command: 'publish-framework',
    key: keyOf(id, 'framework'),
    body: {
      framework: frameworkId(id),
      period: { id, title: title(`سال ${id}`, `Year ${id}`), startsOn, endsOn },
      title: title(
        `شیوه‌نامه و شاخص‌های ارزیابی عملکرد ادارات کل بهزیستی استان‌ها، سال ${id}`,
        `Performance evaluation of the provincial welfare offices, ${id}`
      ),
      issuedBy: PARENT,
      nodes: frameworkNodes(year),
      notApplicable: 'remove'
    }
  }
}

/** All nodes in the order of the file, and after the children of a parent what they leave of its ceiling. */
export function frameworkNodes({ nodes, scores }: SampleYear): FrameworkNode[] {
  return nodes.flatMap((node) => {
    const rest = remainder(node, nodes)
    return [frameworkNode(node, nodes, scores), ...(rest ? [rest] : [])]
  })
}

function frameworkNode(
  node: SampleNode,
  nodes: readonly SampleNode[],
  scores: readonly SampleScore[]
): FrameworkNode {
  const aliases = aliasesOf(node, scores)
  const known = {
    code: node.code,
    parent: node.parent,
    kind: node.kind,
    title: title(node.title, node.titleEn),
    description: node.definition.length > 0 ? node.definition.join('\n') : undefined,
    ceiling: ceilingOf(node),
    notApplicable: node.notApplicable,
    unitOfMeasure: node.unit,
    target: quantity(node.standard),
    issuedBy: issuerOf(node, nodes),
    basis: node.legalBasis.length > 0 ? node.legalBasis.map((text) => ({ text })) : undefined,
    aliases: aliases.length > 0 ? aliases : undefined
  }
  return FrameworkNode.parse(defined(known))
}

/** In Form A the weight of a specific indicator is its ceiling; two that differ are no framework. */
function ceilingOf({ code, ceiling, weight }: SampleNode): string {
  if (weight !== undefined && quantity(weight) !== quantity(ceiling)) {
    throw new Error(`${code} has the ceiling ${ceiling} and the weight ${weight}`)
  }
  return quantity(ceiling) ?? ceiling
}

/** General indicators are issued by the administration's own organisation, specific ones by the parent body. */
function issuerOf(node: SampleNode, nodes: readonly SampleNode[]): string {
  return setOf(node.code, nodes) === 'S' ? PARENT : ADMINISTRATION
}

/** The set that a node belongs to; undefined for a code that the year does not have. */
export function setOf(code: string, nodes: readonly SampleNode[]): string | undefined {
  let node = nodes.find((candidate) => candidate.code === code)
  while (node && node.parent !== null) {
    const { parent } = node
    node = nodes.find((candidate) => candidate.code === parent)
  }
  return node?.code
}

/** Other titles of a node: those that its own file names, and those that stand over its scores. */
function aliasesOf(node: SampleNode, scores: readonly SampleScore[]): { title: string; where: string }[] {
  const named = node.titleVariants.map(({ text, where }) => ({ title: text, where }))
  const above = scores
    .filter(({ code }) => code === node.code)
    .map((score) => ({ title: score.title, where: score.source }))
  const known = new Set([node.title])
  return [...named, ...above].filter((alias) => !known.has(alias.title) && known.add(alias.title))
}

/** What the known children leave of a ceiling, as one node; null where they leave nothing or none is known. */
function remainder(node: SampleNode, nodes: readonly SampleNode[]): FrameworkNode | null {
  const children = nodes.filter(({ parent }) => parent === node.code)
  const known = children.reduce((sum, child) => sum + parsePoints(ceilingOf(child)), 0)
  const left = parsePoints(ceilingOf(node)) - known
  if (children.length === 0 || left <= 0) return null
  return {
    code: `${node.code}.rest`,
    parent: node.code,
    kind: 'measure',
    title: title(
      'باقی‌مانده سقف که اجزای آن در منبع نیامده است',
      'Rest of the ceiling, not itemised in the source'
    ),
    ceiling: formatPoints(left),
    issuedBy: issuerOf(node, nodes)
  }
}
