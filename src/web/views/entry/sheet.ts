import type { Place } from '../../page.ts'
import { wholeList } from '../../page.ts'
import type { Explanation, FrameworkAnswer, Reads, Scorecard, ScoreNode } from '../../reads.ts'

/* What the unit's form and the expert's sheet are made of: the leaves of one evaluation, and one of them opened. */

export type Definition = FrameworkAnswer['nodes'][number]

/** A document, as it was attached. */
export interface Attached {
  evidence: string
  title: { fa: string; en?: string | undefined }
  uri?: string | undefined
  sha256?: string | undefined
  nodes: readonly string[]
}

/** What a counterpart of the last period got. */
export interface Counterpart {
  code: string
  self: string | null
  final: string | null
}

export interface Last {
  period: string
  of: ReadonlyMap<string, readonly Counterpart[]>
}

export interface EntrySheet {
  card: Scorecard
  definitions: ReadonlyMap<string, Definition>
  last: Last | null
  /** The leaf that is opened, with all its steps. */
  opened: Opened | null
  asOf: Scorecard['asOf']
}

export interface Opened {
  leaf: ScoreNode
  explanation: Explanation
  documents: readonly Attached[]
}

/** Reads the sheet; `choose` says which leaf is opened, from what is known so far. */
export async function loadSheet(
  reads: Reads,
  { params, moment }: Place,
  choose: (card: Scorecard) => string | undefined
): Promise<EntrySheet> {
  const evaluation = params.evaluation ?? ''
  const card = await reads.scorecard(evaluation, moment)
  const code = choose(card)
  const leaf = card.nodes.find((node) => node.leaf && node.code === code)
  const [framework, last, opened] = await Promise.all([
    reads.framework(card.framework),
    lastOf(reads, card, moment),
    leaf ? openedOf(reads, evaluation, leaf, moment) : null
  ])
  const definitions = new Map(framework.nodes.map((node) => [node.code, node]))
  return { card, definitions, last, opened, asOf: card.asOf }
}

async function openedOf(
  reads: Reads,
  evaluation: string,
  leaf: ScoreNode,
  moment: Place['moment']
): Promise<Opened> {
  const explanation = await reads.explanation(evaluation, leaf.code, moment)
  const hasDocuments = explanation.steps.some(({ evidence }) => (evidence ?? []).length > 0)
  if (!hasDocuments) return { leaf, explanation, documents: [] }
  const { items } = await wholeList((query) => reads.eventsOf(evaluation, query), moment)
  const documents = items
    .filter(({ type }) => type === 'EvidenceAttached')
    .map(({ data }) => data as unknown as Attached)
    .filter(({ nodes }) => nodes.includes(leaf.code))
  return { leaf, explanation, documents }
}

/** The nearest earlier period that has an evaluation, and what each leaf's counterparts got there. */
async function lastOf(reads: Reads, card: Scorecard, moment: Place['moment']): Promise<Last | null> {
  const compared = await reads.comparison(card.unit, { series: card.series, ...moment })
  const period = compared.periods
    .slice(0, compared.periods.indexOf(card.period))
    .findLast((each) => compared.evaluations[each])
  const earlier = period === undefined ? null : compared.evaluations[period]
  if (period === undefined || !earlier) return null
  const { nodes } = await reads.scorecard(earlier, moment)
  const figures = new Map(
    nodes.map(({ code, self, standing }) => [
      code,
      { code, self: self?.points ?? null, final: standing?.points ?? null }
    ])
  )
  const of = new Map<string, Counterpart[]>()
  for (const { periods } of compared.items) {
    const counterparts = (periods[period]?.nodes ?? []).flatMap((code) => figures.get(code) ?? [])
    for (const code of periods[card.period]?.nodes ?? [])
      if (counterparts.length > 0) of.set(code, counterparts)
  }
  return { period, of }
}

export const leavesOf = ({ nodes }: Pick<Scorecard, 'nodes'>): ScoreNode[] => nodes.filter(({ leaf }) => leaf)

/** A node and all above it, nearest first. */
export function pathUp(nodes: readonly ScoreNode[], code: string): ScoreNode[] {
  const byCode = new Map(nodes.map((node) => [node.code, node]))
  const path: ScoreNode[] = []
  for (let at = byCode.get(code); at; at = at.parent === null ? undefined : byCode.get(at.parent))
    path.push(at)
  return path
}

/** Whether a node, or one above it, is with the unit for correction. */
export const isReturned = ({ nodes, returned }: Scorecard, code: string): boolean =>
  returned.length > 0 && pathUp(nodes, code).some((node) => returned.includes(node.code))

/** Whether there is neither a score nor a claim on a leaf that applies; leaving it blank needs a reason. */
export const isEmpty = ({ self, claim, applicable }: ScoreNode): boolean =>
  applicable && self === null && claim === null

/** The body that reviews a node: its own, or the nearest above. */
export function reviewerOf({ card, definitions }: EntrySheet, code: string): string | null {
  for (const node of pathUp(card.nodes, code)) {
    const body = definitions.get(node.code)?.reviewedBy
    if (body !== undefined) return body
  }
  return null
}

/** The axis that a leaf stands under, else what stands at the top above it. */
export function axisOf(nodes: readonly ScoreNode[], code: string): ScoreNode | undefined {
  const path = pathUp(nodes, code)
  return path.find(({ kind }) => kind === 'axis') ?? path.at(-1)
}
