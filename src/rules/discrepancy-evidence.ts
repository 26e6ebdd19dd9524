import type { LedgerEvent } from '../events/catalogue.ts'
import type { Evaluation } from './evaluation.ts'
import { TOTAL, type Tree } from './tree.ts'

/*
 * To which nodes any document was attached. Documents only come, one with an event: what is known of the evidence
 * before is added to, and serves the evidence before as well, which knows how many documents it had.
 */

type Evidence = Evaluation['evidence']

interface Shown {
  /** The number of the first document of a node. */
  firsts: Map<string, number>
  /** How many documents were added. */
  documents: number
}

interface View {
  shown: Shown
  /** So many of them are of this evidence. */
  documents: number
}

const views = new WeakMap<Evidence, View>()

function viewOf(evidence: Evidence): View {
  const known = views.get(evidence)
  if (known) return known
  const firsts = new Map<string, number>()
  for (const { nodes } of Object.values(evidence)) for (const node of nodes) firsts.set(node, 0)
  const view = { shown: { firsts, documents: 1 }, documents: 1 }
  views.set(evidence, view)
  return view
}

/** Was any document attached to the node or above it? */
export function isShown(evidence: Evidence, { nodes }: Tree, node: string): boolean {
  const { shown, documents } = viewOf(evidence)
  if (shown.firsts.size === 0) return false
  for (let at = nodes.get(node); at; at = nodes.get(at.parent)) {
    const first = shown.firsts.get(at.code)
    if (first !== undefined && first < documents) return true
    if (at.code === TOTAL) return false
  }
  return false
}

/** Goes on from the evidence before an event to that after it, where the event alone lies between them. */
export function goOnWithEvidence(event: LedgerEvent, before: Evidence, after: Evidence): void {
  if (event.type !== 'EvidenceAttached' || event.data.evidence in before || views.has(after)) return
  const { shown, documents } = viewOf(before)
  // Another history has gone on from here: this one is looked through anew when it is asked for.
  if (shown.documents !== documents) return
  for (const node of event.data.nodes) if (!shown.firsts.has(node)) shown.firsts.set(node, documents)
  shown.documents += 1
  views.set(after, { shown, documents: shown.documents })
}
