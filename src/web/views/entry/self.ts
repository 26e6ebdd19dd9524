import type { Place } from '../../page.ts'
import { definePage } from '../../page.ts'
import type { Reads, Scorecard, ScoreNode } from '../../reads.ts'
import { self as words } from '../../words/entry.ts'
import { selfBody } from './self-view.ts'
import { axisOf, type EntrySheet, isEmpty, isReturned, leavesOf, loadSheet } from './sheet.ts'

/* The unit's form: axis by axis, node by node, and what is still missing. */

export interface SelfModel extends EntrySheet {
  unitName: { fa: string; en?: string | undefined }
  /** The axis that is shown, and its leaves. */
  axis: ScoreNode | null
  /** What was said when nodes were returned; null where nothing is, or where it is withheld. */
  returnReason: string | null
}

export const selfPage = definePage<SelfModel>({
  path: '/evaluations/:evaluation/self',
  who: 'anyone',
  filters: [{ name: 'axis', label: words.axis }],
  load: loadSelf,
  title: ({ card, unitName }, { say, name, format }) =>
    say(words.title, { unit: name(unitName), period: format.digits(card.period) }),
  body: selfBody,
  about: ({ card }) => `evaluation-${card.evaluation}`,
  acts: ['enter-self-score', 'claim-not-applicable', 'attach-evidence', 'submit-self-assessment'],
  isTyped: true
})

async function loadSelf(reads: Reads, place: Place): Promise<SelfModel> {
  let axis: ScoreNode | null = null
  const sheet = await loadSheet(reads, place, (card) => {
    axis = shownAxis(card, place)
    return place.query.node ?? firstToWrite(card, axis)
  })
  const { name } = await reads.unit(sheet.card.unit)
  return { ...sheet, unitName: name, axis, returnReason: await reasonOfReturn(reads, sheet.card, place) }
}

/** The axis that the address names, or the one of the node that it names. */
function shownAxis(card: Scorecard, { query }: Place): ScoreNode | null {
  if (query.axis !== undefined) return card.nodes.find(({ code }) => code === query.axis) ?? null
  return query.node === undefined ? null : (axisOf(card.nodes, query.node) ?? null)
}

/** Where one would go on writing: the first leaf of the axis that is returned or empty. */
function firstToWrite(card: Scorecard, axis: ScoreNode | null): string | undefined {
  if (!axis) return undefined
  const leaves = leavesOf(card).filter(({ code }) => axisOf(card.nodes, code)?.code === axis.code)
  const isDue = (leaf: ScoreNode) => (card.returned.length > 0 ? isReturned(card, leaf.code) : isEmpty(leaf))
  return leaves.find(isDue)?.code
}

/** The words of the newest return, as the history of a returned node tells them. */
async function reasonOfReturn(reads: Reads, card: Scorecard, { moment }: Place): Promise<string | null> {
  const [node] = card.returned
  if (node === undefined) return null
  const { steps } = await reads.explanation(card.evaluation, node, moment)
  return steps.findLast(({ type }) => type === 'ReturnedForCorrection')?.reason ?? null
}
