import type { EventOf } from '../src/events/catalogue.ts'
import type { Ancestry, Relation } from '../src/rules/change-match.ts'
import { TOTAL } from '../src/rules/tree.ts'
import { type Change, type Get, put, type Table, table } from './projection.ts'

/*
 * Where every node of a framework comes from, with the past of that knowledge. That a node is retired is said on the
 * framework that had it and looks forward, so it leaves alone what the node itself came from.
 */

interface Link {
  /** From where on in the ledger it stands. */
  position: string
  relation: Relation
  predecessors: readonly { framework: string; node: string }[]
  comparable: boolean
}

export interface LinkRow {
  framework: string
  node: string
  /** All links of the node, oldest first; the latest one stands. */
  links: readonly Link[]
}

/** The table of links, named after the projection that owns it. */
export const linkTable = (owner: string): Table<LinkRow> =>
  table<LinkRow>({
    name: `${owner}_links`,
    key: ['framework', 'node'],
    columns: { framework: 'text', node: 'text', links: 'json' }
  })

/** The row to put when a node is linked. */
export function followLink(links: Table<LinkRow>, event: EventOf<'LineageLinked'>, get: Get): Change[] {
  const { node, relation, predecessors, comparable } = event.data
  if (relation === 'retired') return []
  const framework = event.stream.slice('framework-'.length)
  const known = get(links, framework, node)?.links ?? []
  const link: Link = { position: String(event.position), relation, predecessors, comparable }
  return [put(links, { framework, node, links: [...known, link] })]
}

/** More years than this have no continuous lineage; a longer walk has met a ring. */
const YEARS_MAX = 64

/** Answers what a node of one framework comes from in an earlier one, as was known at a position (null: now). */
export function ancestryReader(links: Table<LinkRow>, get: Get, at: bigint | null) {
  const linkOf = (framework: string, node: string): Link | undefined =>
    get(links, framework, node)?.links.findLast(({ position }) => at === null || BigInt(position) <= at)

  /** Null where no link leads to the earlier framework; a node is `new` where a link says so. */
  return (from: { framework: string; node: string }, earlier: string): Ancestry | null => {
    if (from.node === TOTAL) return { relation: 'same', nodes: [TOTAL], comparable: true }
    let front = [from]
    let relation: Relation = 'same'
    let comparable = true
    const nodes = new Set<string>()
    for (let years = 0; front.length > 0 && years < YEARS_MAX; years++) {
      const found = front.flatMap(({ framework, node }) => linkOf(framework, node) ?? [])
      for (const link of found) {
        if (link.relation !== 'same') relation = link.relation
        comparable &&= link.comparable
      }
      const before = found.flatMap(({ predecessors }) => predecessors)
      for (const { framework, node } of before) if (framework === earlier) nodes.add(node)
      front = unique(before.filter(({ framework }) => framework !== earlier))
    }
    if (nodes.size > 0) return { relation, nodes: [...nodes], comparable }
    return relation === 'new' ? { relation, nodes: [], comparable: false } : null
  }
}

export type AncestryOf = ReturnType<typeof ancestryReader>

const unique = (places: readonly { framework: string; node: string }[]) => [
  ...new Map(places.map((place) => [`${place.framework}/${place.node}`, place])).values()
]
