import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Phrase } from '../language.ts'
import type { Html } from '../page.ts'
import { figure, percent, tag } from '../parts/figures.ts'
import { sentence } from '../parts/sentence.ts'
import type { Comparison } from '../reads.ts'
import { unit as words } from '../words/unit.ts'

/* What is said of one node in one period. */

export type YearRow = Comparison['items'][number]
export type YearCell = NonNullable<YearRow['periods'][string]>

export const TOTAL = 'total'

/** Whether it can be held against the period before, in words; the total by what lies below it. */
export function comparability({ node }: YearRow, cell: YearCell | null, isFirst: boolean): Phrase {
  if (isFirst) return words.first
  if (!cell) return words.absent
  if (node === TOTAL) {
    if (!cell.change) return words.wholeNone
    return cell.change.notSeparable ? words.wholeOther : words.wholeSame
  }
  const { relation, comparable } = cell
  switch (relation) {
    case 'same':
      return comparable ? words.same : words.sameOther
    case 'split':
      return comparable ? words.splitComparable : words.split
    case 'merged':
      return comparable ? words.mergedComparable : words.merged
    case 'new':
      return words.isNew
    default:
      return words.unlinked
  }
}

/** Whether a bar may stand beside the one before it without a warning. */
export function isComparable({ node }: YearRow, { change, comparable }: YearCell): boolean {
  if (!change) return false
  return node === TOTAL ? !change.notSeparable : comparable === true
}

/** Why there is no percent; null where there is one. */
export function missing(cell: YearCell | null | undefined): Phrase | null {
  if (!cell) return words.absent
  if (!cell.applicable) return words.notApplicable
  return cell.percent === null ? words.unscored : null
}

/** The percent, and the points below it. */
export function cellView(context: Context, cell: YearCell | null | undefined): Html {
  const why = missing(cell)
  if (why || !cell) return html`<span class="soft">${context.say(why ?? words.absent)}</span>`
  const points = sentence(context, words.ofPoints, {
    points: figure(context, cell.points),
    ceiling: figure(context, cell.applicableCeiling)
  })
  const partial = cell.partial ? html` !${tag(context.say(words.partial), 'bad')}` : ''
  return html`!${percent(context, cell.percent)}!${partial}<br><span class="soft">!${points}</span>`
}

/** Why two periods cannot be compared. */
export function whyNot(before: YearCell | null | undefined, after: YearCell | null | undefined): Phrase {
  if (!before || !after) return words.whyMissing
  if (!before.applicable || !after.applicable) return words.whyNotApplicable
  if (before.partial || after.partial || before.percent === null || after.percent === null) {
    return words.whyPartial
  }
  return words.whyLineage
}
