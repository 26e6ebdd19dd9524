import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { tag } from '../../parts/figures.ts'
import { commandForm } from '../../parts/form.ts'
import { holdsRefusal } from '../../parts/refusal.ts'
import { type Column, table } from '../../parts/table.ts'
import type { ScoreNode } from '../../reads.ts'
import { entry, self as words } from '../../words/entry.ts'
import { frame } from '../../words/frame.ts'
import { stages } from '../../words/terms.ts'
import { leafTable } from './leaf-table.ts'
import type { SelfModel } from './self.ts'
import { folded, leafForms } from './self-forms.ts'
import { axisOf, isEmpty, isReturned, leavesOf } from './sheet.ts'

interface Axis {
  axis: ScoreNode
  leaves: ScoreNode[]
}

/** The whole form of a unit. */
export function selfBody(model: SelfModel, context: Context): Html {
  const { card, axis } = model
  const { say } = context
  const axes = axesOf(model)
  const shown = axes.find((each) => each.axis.code === axis?.code)
  return html`!${standing(model, context)}!${returnedPart(model, context)}<h2>${say(words.axes)}</h2>!${taskList(model, context, axes)}
!${shown ? axisPart(model, context, shown) : ''}!${submission(model, context)}
<p><a href="${context.link(`/evaluations/${card.evaluation}`)}">${say(entry.scorecard)}</a></p>`
}

const mayWrite = ({ card }: SelfModel): boolean =>
  ['enter-self-score', 'claim-not-applicable', 'submit-self-assessment'].some((act) => card.may.includes(act))

/** Why one cannot write, where one cannot. */
function standing(model: SelfModel, { say, query }: Context): Html {
  if (query.asOf !== undefined) return html`<p class="note">${say(entry.past)}</p>`
  if (mayWrite(model)) return ''
  return html`<p class="note">${say(words.readOnly, { stage: say(stages[model.card.stage]) })}</p>`
}

function axesOf({ card }: SelfModel): Axis[] {
  const axes = new Map<string, Axis>()
  for (const leaf of leavesOf(card)) {
    const axis = axisOf(card.nodes, leaf.code)
    if (!axis) continue
    const known = axes.get(axis.code) ?? { axis, leaves: [] }
    known.leaves.push(leaf)
    axes.set(axis.code, known)
  }
  return [...axes.values()]
}

const address = ({ card }: SelfModel): string => `/evaluations/${card.evaluation}/self`

function taskList(model: SelfModel, context: Context, axes: readonly Axis[]): Html {
  const { say, format } = context
  const columns: Column<Axis>[] = [
    {
      head: say(words.axis),
      cell: ({ axis }) =>
        html`<a href="${context.link(address(model), { axis: axis.code })}"!${axis.code === model.axis?.code ? ' aria-current="true"' : ''}><bdi>${axis.code}</bdi> ${context.name(axis.title)}</a>`
    },
    {
      head: say(words.progress),
      cell: ({ leaves }) => {
        const values = {
          done: format.number(leaves.filter((leaf) => !isEmpty(leaf)).length),
          all: format.number(leaves.length)
        }
        return html`${say(words.progressOf, values)}`
      }
    },
    {
      head: say(entry.state),
      cell: ({ leaves }) => {
        const left = leaves.filter((leaf) => isEmpty(leaf)).length
        if (leaves.some(({ code }) => isReturned(model.card, code))) return tag(say(entry.returned), 'bad')
        return left === 0
          ? tag(say(words.axisDone), 'good')
          : tag(say(words.axisLeft, { left: format.number(left) }), 'warn')
      }
    }
  ]
  return table(context, columns, axes, { caption: say(words.axes), isCaptionHidden: true })
}

function axisPart(model: SelfModel, context: Context, { axis, leaves }: Axis): Html {
  const title = context.say(words.leaves, { axis: context.name(axis.title) })
  const href = ({ code }: ScoreNode) =>
    `${context.link(address(model), { axis: axis.code, node: code })}#leaf`
  return html`<h2>${title}</h2>!${leafTable(context, model, leaves, { caption: title, href })}!${leafForms(model, context)}`
}

function returnedPart(model: SelfModel, context: Context): Html {
  const { card, returnReason } = model
  const { say } = context
  if (card.returned.length === 0) return ''
  const items = leavesOf(card)
    .filter(({ code }) => isReturned(card, code))
    .map(({ code, title }) => {
      const axis = axisOf(card.nodes, code)?.code
      const href = `${context.link(address(model), { axis, node: code })}#leaf`
      return html`<li><a href="${href}"><bdi>${code}</bdi> ${context.name(title)}</a></li>`
    })
  const reason = returnReason ?? say(frame.withheld)
  return html`<section class="refusal"><h2>${say(words.returnedTitle)}</h2><p>${say(words.returnedWhy, { reason })}</p><ul>!${items}</ul></section>`
}

/** What is missing, and the form that submits it all. */
function submission(model: SelfModel, context: Context): Html {
  const { card } = model
  const { say, format } = context
  const isCorrecting = card.stage === 'review' && card.returned.length > 0
  if (card.stage !== 'self-assessment' && !isCorrecting) return ''
  const missing = leavesOf(card).filter(
    (leaf) => isEmpty(leaf) && (!isCorrecting || isReturned(card, leaf.code))
  )
  const told =
    missing.length === 0
      ? html`<p>${say(words.complete)}</p>`
      : html`<h3>${say(words.missingTitle, { count: format.number(missing.length) })}</h3><ul>!${missing.map(
          ({ code, title }) =>
            html`<li><a href="${context.link(address(model), { axis: axisOf(card.nodes, code)?.code, node: code })}#leaf"><bdi>${code}</bdi> ${context.name(title)}</a></li>`
        )}</ul>`
  const form = card.may.includes('submit-self-assessment')
    ? submitForm(model, context, missing, isCorrecting)
    : ''
  return html`<h2 id="submission">${say(words.submitTitle)}</h2>!${told}!${form}`
}

function submitForm(
  model: SelfModel,
  context: Context,
  missing: readonly ScoreNode[],
  isCorrecting: boolean
): Html {
  const { say } = context
  const typed = reasonsTyped(context)
  const nodes = missing.map(({ code }, index) => [`blank.${index}.node`, code])
  const form = commandForm(context, {
    id: 'submit',
    command: 'submit-self-assessment',
    fixed: { evaluation: model.card.evaluation, ...Object.fromEntries(nodes) },
    fields: missing.map(({ code, title }, index) => ({
      name: `blank.${index}.reason`,
      label: say(words.blankOf, { node: `${code} ${context.name(title)}` }),
      required: true,
      value: typed.get(code)
    })),
    submit: say(isCorrecting ? words.resubmit : words.submit),
    caution: say(words.caution)
  })
  // A question for each empty leaf of a whole framework would stand in the way of filling it in.
  return missing.length === 0
    ? form
    : folded(say(words.missingLead), form, holdsRefusal(form) || typed.size > 0)
}

/** The reasons that were sent, by leaf: where one was filled in meanwhile, those of the others are counted anew. */
function reasonsTyped({ sent }: Context): ReadonlyMap<string, string> {
  const values = sent?.form === 'submit' ? sent.values : {}
  return new Map(
    Object.entries(values).flatMap(([name, code]) => {
      const [, index] = /^blank\.(\d+)\.node$/.exec(name) ?? []
      const reason = index === undefined ? undefined : values[`blank.${index}.reason`]
      return reason ? [[code, reason]] : []
    })
  )
}
