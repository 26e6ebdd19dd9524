import { definePage } from '../../page.ts'
import { review as words } from '../../words/entry.ts'
import { reviewBody } from './review-view.ts'
import { type EntrySheet, loadSheet } from './sheet.ts'

/* The expert's sheet: every leaf with what is claimed, and the acts that are this expert's. */

export interface ReviewModel extends EntrySheet {
  unitName: { fa: string; en?: string | undefined }
}

export const reviewPage = definePage<ReviewModel>({
  path: '/evaluations/:evaluation/review',
  who: 'anyone',
  filters: [],
  load: async (reads, place) => {
    const sheet = await loadSheet(reads, place, () => place.query.node)
    const { name } = await reads.unit(sheet.card.unit)
    return { ...sheet, unitName: name }
  },
  title: ({ card, unitName }, { say, name, format }) =>
    say(words.title, { unit: name(unitName), period: format.digits(card.period) }),
  body: reviewBody,
  about: ({ card }) => `evaluation-${card.evaluation}`,
  acts: [
    'confirm-scores',
    'override-score',
    'grant-not-applicable',
    'refuse-not-applicable',
    'revoke-not-applicable',
    'return-for-correction',
    'complete-review',
    'attach-evidence'
  ],
  isTyped: true
})
