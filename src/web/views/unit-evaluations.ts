import { html } from 'ghtml'
import type { Context } from '../context.ts'
import { type Directory, periodName, seriesName } from '../directory.ts'
import type { Html } from '../page.ts'
import { figures, table } from '../parts/table.ts'
import type { EvaluationLine } from '../reads.ts'
import { evaluations as columns } from '../words/evaluations.ts'
import { unit as words } from '../words/unit.ts'
import { stageOf, statusOf } from './evaluations-columns.ts'

/** Every evaluation of the unit, the newest first. */
export function evaluationsSection(
  context: Context,
  directory: Directory,
  rows: readonly EvaluationLine[]
): Html {
  const { say } = context
  const framework = (id: string) => {
    const found = directory.frameworks.find((each) => each.framework === id)
    return found ? seriesName(context, found) : id
  }
  const heading = say(words.evaluations)
  const shown = table(
    context,
    [
      {
        head: say(columns.period),
        cell: ({ evaluation, period }) =>
          html`<a href="${context.link(`/evaluations/${evaluation}`)}">${periodName(context, directory, period)}</a>`
      },
      { head: say(columns.framework), cell: (row) => html`${framework(row.framework)}` },
      { head: say(columns.stage), cell: (row) => stageOf(context, row) },
      { head: say(columns.status), cell: (row) => statusOf(context, row) },
      figures(context, say(columns.self), rows, ({ total }) => total.self),
      figures(context, say(columns.standing), rows, ({ total }) => total.standing),
      figures(context, say(columns.ceiling), rows, ({ total }) => total.ceiling),
      figures(context, say(columns.percent), rows, ({ total }) => total.percent, {
        unit: context.language === 'fa' ? '٪' : '%'
      })
    ],
    rows,
    { caption: heading, isCaptionHidden: true }
  )
  return html`<h2>${heading}</h2>!${shown}`
}
