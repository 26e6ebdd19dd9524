import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { evidenceFields, letterFields, measurementFields } from '../../parts/act-fields.ts'
import { documentName } from '../../parts/appeal-evidence.ts'
import { type CommandForm, commandForm, type Field, optionsOf } from '../../parts/form.ts'
import { holdsRefusal } from '../../parts/refusal.ts'
import type { AppealFile } from '../../reads.ts'
import { acts as words } from '../../words/appeal-acts.ts'
import { outcomes } from '../../words/terms.ts'

/* What the reader may do about an appeal, each as a form that sends the command of that name. */

/** Everything of a form but what is the same for all of them. */
type Act = Omit<CommandForm, 'id' | 'command' | 'fixed'> & {
  title: string
  fixed?: Readonly<Record<string, string>>
}

const FORMS: Readonly<Record<string, (context: Context, file: AppealFile) => Act>> = {
  'answer-appeal': answer,
  'assign-panel': panel,
  'provide-appeal-information': provide,
  'decide-appeal': decide,
  'request-appeal-information': ask,
  'escalate-appeal': escalate,
  'withdraw-appeal': withdraw
}

/** The forms of what the API says that its reader may do, in the order in which a case goes on. */
export function actsOn(context: Context, file: AppealFile): Html {
  const { say, query } = context
  const open = Object.entries(FORMS).filter(([command]) => file.may.includes(command))
  const forms = open.map(([command, make]) => {
    const { title, fixed, ...rest } = make(context, file)
    const about = { evaluation: file.evaluation, appeal: file.appeal, ...fixed }
    const form = commandForm(context, { id: command, command, fixed: about, ...rest })
    return html`<details class="act"!${holdsRefusal(form) ? ' open' : ''}><summary>${title}</summary>!${form}</details>`
  })
  const none = query.asOf === undefined ? words.nothing : words.past
  return html`<section id="acts"><h2>${say(words.title)}</h2>!${forms.length > 0 ? forms.join('') : html`<p class="note">${say(none)}</p>`}</section>`
}

function answer(context: Context): Act {
  const { say } = context
  return {
    title: say(words.answer),
    fields: [
      {
        name: 'position',
        label: say(words.position),
        type: 'radio',
        required: true,
        options: [
          { value: 'contest', label: say(words.contest) },
          { value: 'concede', label: say(words.concede) }
        ]
      },
      { name: 'text', label: say(words.answerText), type: 'lines', required: true },
      ...evidenceFields(context),
      ...letterFields(context)
    ],
    submit: say(words.sendAnswer)
  }
}

function panel(context: Context, { panel: seated }: AppealFile): Act {
  const { say } = context
  return {
    title: say(words.panel),
    fields: [
      {
        name: 'members:list',
        label: say(words.members),
        hint: say(words.membersHint),
        required: true,
        value: seated?.members.join(' ')
      },
      {
        name: 'chair',
        label: say(words.chair),
        hint: say(words.chairHint),
        required: true,
        value: seated?.chair
      },
      ...letterFields(context)
    ],
    submit: say(words.sendPanel),
    beside: { 'bad-panel': 'chair', 'member-acted': 'members', 'member-of-unit': 'members' }
  }
}

function ask(context: Context): Act {
  const { say } = context
  return {
    title: say(words.ask),
    fields: [
      {
        name: 'of',
        label: say(words.askOf),
        type: 'radio',
        required: true,
        options: [
          { value: 'unit', label: say(words.ofUnit) },
          { value: 'headquarters', label: say(words.ofHeadquarters) }
        ]
      },
      { name: 'question', label: say(words.question), type: 'lines', required: true },
      ...evidenceFields(context),
      ...letterFields(context)
    ],
    submit: say(words.sendQuestion)
  }
}

/** The questions that are open to the reader's side; where there is but one it need not be named. */
function provide(context: Context, { questions }: AppealFile): Act {
  const { say, actor } = context
  const side = actor.role === 'assessor' ? 'unit' : 'headquarters'
  const open = questions.filter((each) => each.of === side && each.answer === null)
  const [only] = open
  const options = open.map(({ request, question }) => ({ value: request, label: question.text ?? request }))
  const which: Field[] =
    open.length > 1
      ? [{ name: 'request', label: say(words.which), type: 'radio', required: true, options }]
      : []
  return {
    title: say(words.provide),
    ...(open.length === 1 && only ? { fixed: { request: only.request } } : {}),
    fields: [
      ...which,
      {
        name: 'answer',
        label: say(words.reply),
        type: 'lines',
        required: true,
        ...(open.length === 1 && only?.question.text ? { hint: only.question.text } : {})
      },
      ...evidenceFields(context),
      ...letterFields(context)
    ],
    submit: say(words.sendReply),
    beside: { 'which-question': 'request' }
  }
}

function decide(context: Context, file: AppealFile): Act {
  const { say } = context
  const { claim, panel: seated, evidence } = file
  const isPartial = 'points' in claim && claim.points !== undefined
  const group = say(words.record)
  return {
    title: say(words.decide),
    fields: [
      {
        name: 'outcome',
        label: say(words.outcome),
        hint: say(isPartial ? words.outcomeHint : words.outcomeWhole),
        type: 'radio',
        required: true,
        options: optionsOf(outcomes, context).filter(({ value }) => isPartial || value !== 'partly-upheld')
      },
      ...(isPartial ? resultFields(context, file) : []),
      { name: 'reasons', label: say(words.reasons), type: 'lines', required: true },
      { name: 'dissent', label: say(words.dissent), type: 'lines', group },
      { name: 'ruleReference', label: say(words.ruleReference), group },
      {
        name: 'present:list',
        label: say(words.present),
        hint: say(words.presentHint),
        type: 'checks',
        options: (seated?.members ?? []).map((member) => ({ value: member, label: member })),
        group
      },
      ...consideredField(context, evidence, group),
      ...letterFields(context)
    ],
    submit: say(words.sendDecision),
    caution: say(words.decideCaution),
    beside: {
      '': 'points',
      'not-between': 'points',
      'above-ceiling': 'points',
      'not-the-claim': 'points',
      'no-result': 'points',
      'cannot-be-partly': 'outcome',
      'not-present': 'present'
    }
  }
}

/** What is given where the claim is upheld partly: points, or what was measured. */
function resultFields(context: Context, { claim, disputed, rule }: AppealFile): Field[] {
  const { say, format } = context
  const claimed = 'points' in claim ? (claim.points ?? '') : ''
  const stood = disputed.applicable ? (disputed.points ?? '0') : '0'
  const values = { stood: format.number(stood), claimed: format.number(claimed) }
  return [
    {
      name: 'points:number',
      label: say(words.partlyPoints),
      hint: say(words.pointsHint, values),
      type: 'number'
    },
    ...measurementFields(context, rule?.kind, '')
  ]
}

function consideredField(context: Context, evidence: AppealFile['evidence'], group: string): Field[] {
  const { say } = context
  if (evidence.length === 0) return []
  const options = evidence.map((each) => ({ value: each.evidence, label: documentName(context, each) }))
  return [
    {
      name: 'evidenceConsidered:list',
      label: say(words.considered),
      hint: say(words.consideredHint),
      type: 'checks',
      options,
      group
    }
  ]
}

function escalate(context: Context): Act {
  const { say } = context
  return {
    title: say(words.escalate),
    fields: [
      { name: 'grounds', label: say(words.escalateGrounds), type: 'lines', required: true },
      ...evidenceFields(context),
      ...letterFields(context)
    ],
    submit: say(words.sendEscalation)
  }
}

function withdraw(context: Context): Act {
  const { say } = context
  return {
    title: say(words.withdraw),
    fields: [
      { name: 'reason', label: say(words.withdrawReason), type: 'lines', required: true },
      ...letterFields(context)
    ],
    submit: say(words.sendWithdrawal),
    caution: say(words.withdrawCaution)
  }
}
