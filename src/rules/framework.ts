import type { DataOf, LedgerEvent } from '../events/catalogue.ts'
import type { FrameworkNode } from '../events/forms.ts'
import { buildTree, type Tree } from './tree.ts'

export type LineageLink = DataOf<'LineageLinked'> & { event: string }

export interface FrameworkTree {
  revision: number
  position: string
  event: string
  nodes: readonly FrameworkNode[]
}

/** A framework as its stream tells it: plain data, so that a projection can keep it as a row. */
export interface Framework extends Omit<DataOf<'FrameworkPublished'>, 'nodes'> {
  /** What ties the years of one kind of evaluation together: the framework's id without its period. */
  series: string
  /** Revision of the stream's newest event. */
  revision: number
  /** Every tree there was, with the event that made it: revision and position from which it held. */
  trees: readonly FrameworkTree[]
  /** The latest link of each node to what it continues. */
  lineage: Readonly<Record<string, LineageLink>>
  /** Nodes that nothing continues; said here, because their successors have no node to say it on. */
  retired: Readonly<Record<string, LineageLink>>
}

/** The next state of a framework; null before it is published. */
export function evolveFramework(state: Framework | null, event: LedgerEvent): Framework | null {
  const position = String(event.position)
  if (event.type === 'FrameworkPublished') {
    const { nodes, ...data } = event.data
    return {
      ...data,
      series: data.framework.slice(data.period.id.length + 1),
      revision: event.revision,
      trees: [{ revision: event.revision, position, event: event.id, nodes }],
      lineage: {},
      retired: {}
    }
  }
  if (!state) return state
  if (event.type === 'FrameworkAmended') {
    const nodes = amendNodes(newestNodes(state), event.data.put, event.data.remove)
    const trees = [...state.trees, { revision: event.revision, position, event: event.id, nodes }]
    return { ...state, revision: event.revision, trees }
  }
  if (event.type === 'LineageLinked') {
    const link = { ...event.data, event: event.id }
    const side = event.data.relation === 'retired' ? 'retired' : 'lineage'
    return { ...state, revision: event.revision, [side]: { ...state[side], [event.data.node]: link } }
  }
  return state
}

/** Puts whole nodes (in place where the code exists, else at the end) and removes others. */
export function amendNodes(
  nodes: readonly FrameworkNode[],
  put: readonly FrameworkNode[],
  remove: readonly string[]
): FrameworkNode[] {
  const gone = new Set(remove)
  const next = new Map(nodes.filter(({ code }) => !gone.has(code)).map((node) => [node.code, node]))
  for (const node of put) next.set(node.code, node)
  return [...next.values()]
}

export const newestNodes = (framework: Framework): readonly FrameworkNode[] =>
  framework.trees.at(-1)?.nodes ?? []

const built = new WeakMap<readonly FrameworkNode[], Tree>()

/** The tree in force at a revision of the framework's stream (the newest one unless given). */
export function treeAt(framework: Framework, revision: number = framework.revision): Tree {
  const nodes = framework.trees.findLast((tree) => tree.revision <= revision)?.nodes ?? newestNodes(framework)
  const known = built.get(nodes)
  if (known) return known
  const tree = buildTree(nodes, framework.notApplicable)
  built.set(nodes, tree)
  return tree
}

/** The event that made the tree in force at a revision of the framework's stream. */
export const treeEvent = (framework: Framework, revision: number): string | undefined =>
  framework.trees.findLast((tree) => tree.revision <= revision)?.event

/** The newest revision of the framework's stream whose tree was in force at a position of the ledger. */
export const revisionAt = (framework: Framework, position: bigint): number =>
  (framework.trees.findLast((tree) => BigInt(tree.position) <= position) ?? framework.trees[0])?.revision ?? 0
