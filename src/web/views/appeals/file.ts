import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Named } from '../../language.ts'
import { definePage, type Html } from '../../page.ts'
import { daysToGo, lastInstant } from '../../parts/appeal.ts'
import { figure, signed, tag } from '../../parts/figures.ts'
import { commandForm } from '../../parts/form.ts'
import { holdsRefusal } from '../../parts/refusal.ts'
import { type Column, figures, table } from '../../parts/table.ts'
import type { Explanation, Scorecard, ScoreNode } from '../../reads.ts'
import { acts, filing as words } from '../../words/appeal-acts.ts'
import { appeals } from '../../words/appeals.ts'
import { appealStatuses, stages, term } from '../../words/terms.ts'
import { caseForm, filingForm, rowsIn } from './filing-forms.ts'

/* Where an appeal is filed: which node, what is asked for instead, and on what grounds. */

export interface FilingModel {
  card: Scorecard
  unitName: Named
  /** The node that was chosen, with what may be done about it. */
  chosen: Explanation | null
  asOf: Scorecard['asOf']
}

export const filePage = definePage<FilingModel>({
  path: '/evaluations/:evaluation/appeal',
  who: ['assessor', 'registrar'],
  filters: [{ name: 'node', label: appeals.node }],
  acts: ['file-appeal', 'file-case', 'waive-appeal'],
  isTyped: true,
  load: async (reads, { params, query, moment }) => {
    const card = await reads.scorecard(params.evaluation ?? '', moment)
    const { unit, framework } = card
    const [{ items }, chosen] = await Promise.all([
      reads.evaluations({ unit, framework, ...moment }),
      query.node === undefined ? null : reads.explanation(card.evaluation, query.node, moment)
    ])
    return { card, unitName: items[0]?.name ?? { fa: unit }, chosen, asOf: card.asOf }
  },
  title: ({ unitName, chosen }, context) => {
    const unit = context.name(unitName)
    return chosen
      ? context.say(words.titleNode, { unit, node: context.name(chosen.title) })
      : context.say(words.title, { unit })
  },
  body,
  about: ({ card }) => `evaluation-${card.evaluation}`
})

function body(model: FilingModel, context: Context): Html {
  const { card, chosen } = model
  return html`!${head(context, card)}!${chosen ? about(context, chosen, card) : choose(context, model)}`
}

function head(context: Context, { evaluation, stage, appealClosesAt, waived }: Scorecard): Html {
  const { say, format } = context
  const link = html`<p><a href="${context.link(`/evaluations/${evaluation}`)}"><bdi>${evaluation}</bdi></a></p>`
  if (stage !== 'appeal')
    return html`!${link}<p class="caution">${say(words.notInStage, { stage: say(stages[stage]) })}</p>`
  if (waived) return html`!${link}<p class="caution">${say(words.waived)}</p>`
  if (appealClosesAt === null) return link
  const day = format.weekday(lastInstant(appealClosesAt))
  const left = Date.parse(appealClosesAt) - Date.parse(context.now)
  if (left <= 0) return html`!${link}<p class="caution">${say(words.windowOver, { day })}</p>`
  const days = Math.ceil(left / 86_400_000) - 1
  return html`!${link}<p>${say(words.window)}: <strong>${day}</strong> !${tag(daysToGo(context, days), days <= 2 ? 'warn' : '')}</p>`
}

/** One node: what stands, and the form that disputes it. */
function about(context: Context, chosen: Explanation, card: Scorecard): Html {
  const { say } = context
  const why = context.link(`/evaluations/${card.evaluation}/nodes/${chosen.node}`)
  const mark = chosen.appeal
    ? html`<p><a href="${context.link(`/appeals/${chosen.appeal.appeal}`)}">${say(words.openAppeal)}</a>: ${say(term(appealStatuses, chosen.appeal.status))}</p>`
    : ''
  const facts = html`<dl class="facts"><dt>${say(words.self)}</dt><dd>!${figure(context, chosen.self?.points) || '—'}</dd><dt>${say(words.standing)}</dt><dd>!${standing(context, chosen)}</dd><dt>${say(words.ceiling)}</dt><dd>!${figure(context, chosen.ceiling)}</dd></dl>`
  const form = chosen.may.includes('file-appeal')
    ? html`<h2>${say(words.form)}</h2>!${filingForm(context, chosen, card)}`
    : html`<p class="caution">${say(context.query.asOf === undefined ? words.notNow : acts.past)}</p>`
  return html`!${facts}<p><a href="${why}">${say(words.why)}</a> · <a href="${context.here({ node: undefined })}">${say(words.another)}</a></p>!${mark}!${form}`
}

const standing = (
  context: Context,
  { applicable, standing: now }: Pick<ScoreNode, 'applicable' | 'standing'>
): Html =>
  applicable ? figure(context, now?.points) || '—' : html`${context.say(appeals.notApplicableStood)}`

/** The tree to choose from, or several nodes of one letter; and the way to accept the result instead. */
function choose(context: Context, { card }: FilingModel): Html {
  const { say, query } = context
  if (!card.may.includes('file-appeal')) {
    const note = query.asOf === undefined ? words.notAtAll : acts.past
    return html`<p class="caution">${say(note)}</p>!${waiver(context, card)}`
  }
  const rows = rowsIn(query.rows)
  if (rows !== null)
    return html`<p><a href="${context.here({ rows: undefined })}">${say(words.another)}</a></p><h2>${say(words.several)}</h2><p class="note">${say(words.severalNote)}</p>!${caseForm(context, card, rows)}`
  const several = html`<form method="get" action="${context.path}" class="filter"><div class="field"><label for="rows">${say(words.rows)}</label><input id="rows" name="rows" inputmode="numeric" size="3" dir="ltr" value="2"></div><button>${say(words.rowsShow)}</button></form>`
  return html`<h2>${say(words.pick)}</h2>!${nodeTable(context, card)}
<details class="act"><summary>${say(words.several)}</summary>!${several}</details>!${waiver(context, card)}`
}

function nodeTable(context: Context, card: Scorecard): Html {
  const { say } = context
  const near = nearOpenAppeals(card.nodes)
  const rows = card.nodes
  const columns: Column<ScoreNode>[] = [
    {
      head: say(appeals.node),
      cell: ({ title, code }) => html`${context.name(title)} <bdi class="soft">${code}</bdi>`
    },
    figures(context, say(words.ceiling), rows, ({ ceiling }) => ceiling),
    figures(context, say(words.self), rows, ({ self }) => self?.points),
    { head: say(words.standing), isFigure: true, cell: (node) => standing(context, node) },
    { head: say(words.gap), isFigure: true, cell: ({ gap }) => signed(context, gap?.points) },
    {
      head: say(words.act),
      cell: (node) => {
        const mark = node.appeal
          ? html`<a href="${context.link(`/appeals/${node.appeal.appeal}`)}">${say(term(appealStatuses, node.appeal.status))}</a> `
          : ''
        const file = near.has(node.code)
          ? ''
          : html`<a href="${context.here({ node: node.code })}" aria-label="${say(words.toFile)} ${node.code}">${say(words.toFile)}</a>`
        return html`!${mark}!${file}`
      }
    }
  ]
  return table(context, columns, rows, {
    caption: say(words.pick),
    isCaptionHidden: true,
    marks: ({ applicable, leaf }) => ({
      class: [applicable ? '' : 'not-applicable', leaf ? '' : 'branch'].join(' ').trim()
    })
  })
}

/** Nodes with an open appeal on them, above them or below them: no other may be filed there. */
export function nearOpenAppeals(nodes: readonly ScoreNode[]): ReadonlySet<string> {
  const parents = new Map(nodes.map(({ code, parent }) => [code, parent]))
  const pathOf = (code: string): string[] => {
    const parent = parents.get(code)
    return parent ? [code, ...pathOf(parent)] : [code]
  }
  const open = nodes.filter(({ appeal }) => appeal?.status === 'open').map(({ code }) => code)
  const above = new Set(open.flatMap(pathOf))
  const isBelow = (code: string) => pathOf(code).some((at) => open.includes(at))
  return new Set(nodes.map(({ code }) => code).filter((code) => above.has(code) || isBelow(code)))
}

function waiver(context: Context, { evaluation, may }: Scorecard): Html {
  const { say } = context
  if (!may.includes('waive-appeal')) return ''
  const form = commandForm(context, {
    id: 'waive-appeal',
    command: 'waive-appeal',
    fixed: { evaluation },
    fields: [],
    submit: say(words.sendWaiver),
    caution: say(words.waiveCaution)
  })
  return html`<details class="act"!${holdsRefusal(form) ? ' open' : ''}><summary>${say(words.waive)}</summary>!${form}</details>`
}
