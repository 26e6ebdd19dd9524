/*
 * What is known of each node of an evaluation, so that a change of one copies little. An event touches one node of
 * eighty or more, and every state before it stays as it was.
 */

/** So many shares: a change copies the list of them and one share, and two maps differ in the shares that differ. */
const SHARES = 32

type Share<Value> = readonly (string | Value)[]

/** Values by node. A share is a list: a node, its value, the next node, and so on, in the order in which they came. */
export type NodeMap<Value extends object> = readonly (Share<Value> | undefined)[]

export const emptyNodeMap = <Value extends object>(): NodeMap<Value> => new Array(SHARES).fill(undefined)

/** Codes differ in their last characters. */
function shareOf(node: string): number {
  const { length } = node
  return (
    (node.charCodeAt(length - 1) + 7 * (length > 1 ? node.charCodeAt(length - 2) : 0) + 3 * length) &
    (SHARES - 1)
  )
}

/** What is known of a node. */
export function valueAt<Value extends object>(map: NodeMap<Value>, node: string): Value | undefined {
  const share = map[shareOf(node)]
  if (!share) return undefined
  for (let i = 0; i < share.length; i += 2) if (share[i] === node) return share[i + 1] as Value
  return undefined
}

/** The map with another value for a node. */
export function withValue<Value extends object>(
  map: NodeMap<Value>,
  node: string,
  value: Value
): NodeMap<Value> {
  const number = shareOf(node)
  const known = map[number] ?? []
  const share = known.slice()
  let i = 0
  while (i < known.length && known[i] !== node) i += 2
  share[i] = node
  share[i + 1] = value
  const result = map.slice()
  result[number] = share
  return result
}

/** Every node of which something is known, the same map always in the same order. */
export function nodesOf<Value extends object>(map: NodeMap<Value>): string[] {
  const nodes: string[] = []
  for (const share of map) {
    for (let i = 0; share && i < share.length; i += 2) nodes.push(share[i] as string)
  }
  return nodes
}

/** Nodes with another value than before, or with one that they did not have. */
export function changedSince<Value extends object>(
  before: NodeMap<Value> | null,
  after: NodeMap<Value>
): string[] {
  if (before === after) return []
  const nodes: string[] = []
  for (let number = 0; number < SHARES; number++) {
    const [old, share] = [before?.[number], after[number]]
    if (!share || share === old) continue
    // A node keeps its place in its share.
    for (let i = 0; i < share.length; i += 2) {
      if (share[i + 1] !== old?.[i + 1] || share[i] !== old?.[i]) nodes.push(share[i] as string)
    }
  }
  return nodes
}
