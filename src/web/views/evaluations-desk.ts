import { html } from 'ghtml'
import type { Actor } from '../../events/envelope.ts'
import type { Query } from '../ask.ts'
import type { Context } from '../context.ts'
import { type Directory, periodName } from '../directory.ts'
import { type Html, type Place, wholeList } from '../page.ts'
import { tag } from '../parts/figures.ts'
import { type Column, figures, table } from '../parts/table.ts'
import type { EvaluationLine, Reads } from '../reads.ts'
import { evaluations as words } from '../words/evaluations.ts'
import { ALL, stageOf, statusOf, unitLink } from './evaluations-columns.ts'

/* What waits for the reader: an assessor's own evaluations, and what an expert may review. */

export interface Desk {
  kind: 'own' | 'review'
  rows: readonly EvaluationLine[]
  /** The filter of the list below that shows all of them; null where none is left out. */
  rest: Query | null
  /** Evaluations of which something went back to the unit for correction. */
  returned: ReadonlySet<string>
}

/** More units than this nobody fills in forms for. */
const UNITS_MAX = 20
/** More rows than this are no list of what to do next. */
const ROWS_MAX = 100

/** The newest first. */
const newestFirst = (a: EvaluationLine, b: EvaluationLine): number =>
  b.period.localeCompare(a.period) || a.evaluation.localeCompare(b.evaluation)

/** What waits for somebody; null for roles that neither fill in nor review. */
export async function deskOf(reads: Reads, actor: Actor, moment: Place['moment']): Promise<Desk | null> {
  if (actor.role === 'expert') {
    const { items } = await wholeList(reads.evaluations, { ...moment, stage: 'review' })
    // Nobody reviews the own unit.
    const all = items.filter(({ unit }) => !actor.units.includes(unit)).sort(newestFirst)
    const rest = all.length > ROWS_MAX ? { stage: 'review', period: ALL } : null
    return { kind: 'review', rows: all.slice(0, ROWS_MAX), rest, returned: new Set() }
  }
  if (actor.role !== 'assessor') return null
  const { units } = actor
  const lists = await Promise.all(
    units.slice(0, UNITS_MAX).map((unit) => wholeList(reads.evaluations, { ...moment, unit }))
  )
  const all = lists.flatMap(({ items }) => items).sort(newestFirst)
  const rows = all.slice(0, ROWS_MAX)
  const isCut = all.length > ROWS_MAX || units.length > UNITS_MAX
  const rest = isCut ? { unit: units.length === 1 ? units[0] : undefined, period: ALL } : null
  const inReview = rows.filter(({ stage, origin }) => stage === 'review' && origin === 'live')
  const cards = await Promise.all(inReview.map(({ evaluation }) => reads.scorecard(evaluation, moment)))
  const returned = cards.filter((card) => card.returned.length > 0).map(({ evaluation }) => evaluation)
  return { kind: 'own', rows, rest, returned: new Set(returned) }
}

export function deskSection(context: Context, directory: Directory, desk: Desk): Html {
  const { say } = context
  const isOwn = desk.kind === 'own'
  const heading = say(isOwn ? words.yours : words.toReview)
  const none = say(isOwn ? words.noneOfYours : words.noneToReview)
  const shown =
    desk.rows.length === 0
      ? html`<p class="none">${none}</p>`
      : table(context, columnsOf(context, directory, desk), desk.rows, {
          caption: heading,
          isCaptionHidden: true
        })
  return html`<h2>${heading}</h2>!${shown}!${desk.rest ? restLine(context, desk.rows.length, desk.rest) : ''}`
}

/** Says that there are more, and where they all are. */
const restLine = ({ say, link, format }: Context, count: number, rest: Query): Html =>
  html`<p>${say(words.cut, { count: format.number(count) })} <a href="${link('/evaluations', rest)}">${say(words.cutLink)}</a></p>`

function columnsOf(context: Context, directory: Directory, desk: Desk): Column<EvaluationLine>[] {
  const { say } = context
  const unit = context.language === 'fa' ? '٪' : '%'
  return [
    { head: say(words.unit), cell: (row) => unitLink(context, row) },
    { head: say(words.period), cell: ({ period }) => html`${periodName(context, directory, period)}` },
    {
      head: say(words.stage),
      cell: (row) =>
        desk.returned.has(row.evaluation)
          ? html`!${stageOf(context, row)} !${tag(say(words.returned), 'bad')}`
          : stageOf(context, row)
    },
    { head: say(words.status), cell: (row) => statusOf(context, row) },
    figures(context, say(words.percent), desk.rows, ({ total }) => total.percent, { unit }),
    { head: say(words.next), cell: (row) => nextStep(context, row, desk) }
  ]
}

/** Where the reader goes on with an evaluation. */
function nextStep(context: Context, { evaluation, stage, name }: EvaluationLine, desk: Desk): Html {
  const { say } = context
  const at = `/evaluations/${evaluation}`
  const [path, word] =
    desk.kind === 'review'
      ? [`${at}/review`, words.review]
      : stage === 'self-assessment'
        ? [`${at}/self`, words.fill]
        : desk.returned.has(evaluation)
          ? [`${at}/self`, words.correct]
          : [at, words.look]
  return html`<a class="next" href="${context.link(path)}" aria-label="${say(word)}: ${context.name(name)}">${say(word)}</a>`
}
