import { html } from 'ghtml'
import { type SortKeys, sortable } from '../arrange.ts'
import type { Context } from '../context.ts'
import { type Directory, periodName } from '../directory.ts'
import { inLanguage } from '../language.ts'
import type { Html } from '../page.ts'
import { bar } from '../parts/bar.ts'
import { tag } from '../parts/figures.ts'
import { type Column, figures } from '../parts/table.ts'
import type { EvaluationLine } from '../reads.ts'
import { evaluations as words } from '../words/evaluations.ts'
import { origins, stages, statuses } from '../words/terms.ts'

/* The columns of the list of evaluations. */

/** What stands for every period in the address, since without one the newest is shown. */
export const ALL = 'all'

const STAGES = Object.keys(stages)

export const EVALUATION_SORTS: SortKeys<EvaluationLine> = {
  words: new Set(['unit', 'period']),
  by: {
    unit: ({ name }, language) => inLanguage(name, language),
    period: ({ period }) => period,
    stage: ({ stage }) => STAGES.indexOf(stage),
    self: ({ total }) => total.self,
    standing: ({ total }) => total.standing,
    percent: ({ total }) => total.percent
  }
}

export function columnsOf(
  context: Context,
  directory: Directory,
  rows: readonly EvaluationLine[]
): Column<EvaluationLine>[] {
  const { say } = context
  const unit = context.language === 'fa' ? '٪' : '%'
  const periods = new Set(rows.map(({ period }) => period))
  const names = new Map([...periods].map((period) => [period, periodName(context, directory, period)]))
  return [
    sortable(context, 'unit', { head: say(words.unit), cell: (row) => unitLink(context, row) }, UP),
    sortable(
      context,
      'period',
      { head: say(words.period), cell: ({ period }) => html`${names.get(period) ?? period}` },
      UP
    ),
    sortable(context, 'stage', { head: say(words.stage), cell: (row) => stageOf(context, row) }, UP),
    { head: say(words.status), cell: (row) => statusOf(context, row) },
    sortable(
      context,
      'self',
      figures(context, say(words.self), rows, ({ total }) => total.self)
    ),
    sortable(
      context,
      'standing',
      figures(context, say(words.standing), rows, ({ total }) => total.standing)
    ),
    figures(context, say(words.ceiling), rows, ({ total }) => total.ceiling),
    sortable(
      context,
      'percent',
      figures(context, say(words.percent), rows, ({ total }) => total.percent, { unit })
    ),
    { head: say(words.bar), cell: barOf },
    { head: say(words.links), cell: (row) => links(context, row) }
  ]
}

const UP = { isUpFirst: true }

export const unitLink = (context: Context, { evaluation, name }: EvaluationLine): Html =>
  html`<a href="${context.link(`/evaluations/${evaluation}`)}">${context.name(name)}</a>`

export const stageOf = ({ say }: Context, { stage, origin }: EvaluationLine): Html =>
  origin === 'imported' && stage !== 'imported'
    ? html`${say(stages[stage])} <span class="soft">${say(origins.imported)}</span>`
    : html`${say(stages[stage])}`

export function statusOf({ say }: Context, { status, total }: EvaluationLine): Html {
  const settled = tag(say(statuses[status]), status === 'final' ? 'good' : 'warn')
  return total.partial ? html`!${settled} !${tag(say(words.partial), 'bad')}` : settled
}

function barOf({ total: { self, ceiling, percent, partial } }: EvaluationLine): Html {
  const claim = self === null || Number(ceiling) === 0 ? null : (Number(self) / Number(ceiling)) * 100
  return bar({ value: percent === null ? null : Number(percent), claim, isPartial: partial })
}

function links(context: Context, { evaluation, unit, name }: EvaluationLine): Html {
  const { say, link } = context
  const about = context.name(name)
  const way = (path: string, word: string) =>
    html`<a href="${link(path)}" aria-label="${word}: ${about}">${word}</a>`
  return html`!${way(`/evaluations/${evaluation}/trail`, say(words.trail))} · !${way(`/units/${unit}`, say(words.years))}`
}
