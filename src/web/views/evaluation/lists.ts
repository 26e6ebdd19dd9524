import { html } from 'ghtml'
import { isFor } from '../../../http/access.ts'
import { caseReaders } from '../../../http/access-table.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure, tag, time } from '../../parts/figures.ts'
import { appealWord, nodeLink } from '../../parts/node-cells.ts'
import { type Column, table } from '../../parts/table.ts'
import type { Scorecard, ScoreNode } from '../../reads.ts'
import { evaluation as words } from '../../words/evaluation.ts'
import { frame } from '../../words/frame.ts'
import { scores } from '../../words/scores.ts'
import { appealStatuses, reasons, term } from '../../words/terms.ts'
import type { Model } from '../evaluation.ts'

/* What is listed below the figures: what does not apply, targets and those responsible, appeals. */

export function exemptSection({ card }: Model, context: Context): Html {
  const { say } = context
  const exempt = card.nodes.filter(({ exemption, claim, applicable }) => exemption || (claim && applicable))
  if (exempt.length === 0) return html`<p>${say(words.exemptNone)}</p>`
  const columns: Column<ScoreNode>[] = [
    { head: say(scores.node), cell: (node) => nodeLink(context, card.evaluation, node) },
    {
      head: say(scores.state),
      cell: ({ exemption }) =>
        exemption ? tag(say(scores.notApplicable), 'soft') : tag(say(scores.claimedNotApplicable), 'warn')
    },
    {
      head: say(words.removed),
      isFigure: true,
      cell: (node) => (node.exemption ? figure(context, node.ceiling) : '')
    },
    { head: say(words.reason), cell: (node) => exemptionReason(context, node) },
    {
      head: say(words.who),
      cell: ({ exemption, claim }) => html`<bdi>${(exemption ?? claim)?.by ?? say(frame.withheld)}</bdi>`
    },
    {
      head: say(words.when),
      cell: ({ exemption, claim }) => time(context, (exemption ?? claim)?.at)
    }
  ]
  return html`<p>${say(words.exemptLead)}</p>!${table(context, columns, exempt, { caption: say(words.exempt), isCaptionHidden: true })}`
}

/** Whoever may not see the person may not see the reason either. */
function exemptionReason({ say }: Context, { exemption, claim }: ScoreNode): Html {
  const act = exemption ?? claim
  if (!act?.by) return html`${say(frame.withheld)}`
  const code = act.reasonCode ? say(term(reasons, act.reasonCode)) : ''
  return html`${[code, act.reason].filter(Boolean).join('; ')}`
}

export function targetsSection({ card }: Model, context: Context): Html {
  const { say } = context
  const rows = card.nodes.filter(
    ({ code, target }) => target !== null || card.responsibilities.some(({ node }) => node === code)
  )
  if (rows.length === 0) return html`<p>${say(words.targetsNone)}</p>`
  const columns: Column<ScoreNode>[] = [
    { head: say(scores.node), cell: (node) => nodeLink(context, card.evaluation, node) },
    { head: say(words.target), isFigure: true, cell: ({ target }) => figure(context, target) },
    { head: say(words.unitOfMeasure), cell: ({ unitOfMeasure }) => html`${unitOfMeasure ?? ''}` },
    { head: say(words.main), cell: ({ code }) => domains(context, card, code, 'main') },
    { head: say(words.collaborating), cell: ({ code }) => domains(context, card, code, 'collaborating') }
  ]
  const missing =
    card.responsibilities.length === 0 && card.origin === 'imported'
      ? html`<p class="note">${say(words.domainsMissing)}</p>`
      : ''
  return html`!${missing}!${table(context, columns, rows, { caption: say(words.targets), isCaptionHidden: true })}`
}

function domains(
  { name }: Context,
  { responsibilities }: Scorecard,
  code: string,
  part: 'main' | 'collaborating'
): Html {
  return responsibilities
    .filter((item) => item.node === code && item.part === part)
    .map(({ domain, person }) => html`${name(domain)}!${person ? html` (<bdi>${person}</bdi>)` : ''}`)
    .join('<br>')
}

export function appealsSection({ card }: Model, context: Context): Html {
  const { say, actor } = context
  const rows = card.nodes.filter(({ appeal }) => appeal !== null)
  if (rows.length === 0) return html`<p>${say(words.appealsNone)}</p>`
  const columns: Column<ScoreNode>[] = [
    { head: say(scores.node), cell: (node) => nodeLink(context, card.evaluation, node) },
    {
      head: say(scores.state),
      cell: ({ appeal }) => (appeal ? tag(say(term(appealStatuses, appeal.status)), 'warn') : '')
    },
    {
      head: say(words.outcome),
      cell: ({ appeal }) => (appeal?.outcome ? html`${appealWord(context, appeal)}` : '')
    }
  ]
  if (isFor({ who: caseReaders }, actor)) {
    columns.push({
      head: say(words.theCase),
      cell: ({ appeal }) =>
        appeal
          ? html`<a href="${context.link(`/appeals/${appeal.appeal}`)}"><code>${appeal.appeal}</code></a>`
          : ''
    })
  }
  return table(context, columns, rows, { caption: say(words.appeals), isCaptionHidden: true })
}
