import { html } from 'ghtml'
import { caseReaders } from '../../../http/access-table.ts'
import type { Context } from '../../context.ts'
import type { Named } from '../../language.ts'
import { definePage, type Html } from '../../page.ts'
import { claimText, facts, instanceOf, isolated, listed, measurementText, quote } from '../../parts/appeal.ts'
import { evidenceList } from '../../parts/appeal-evidence.ts'
import { inForceFacts } from '../../parts/in-force.ts'
import { table } from '../../parts/table.ts'
import type { AppealFile } from '../../reads.ts'
import { appeals } from '../../words/appeals.ts'
import { decision as words } from '../../words/decision.ts'
import { type Decision, figuresTable, remedyText, resultLine } from './decisions.ts'
import { appealIn, nodeName } from './model.ts'

/* A decision as the letter that both sides get: complete by itself, to be printed and filed. */

interface Model {
  file: AppealFile
  decision: Decision | null
  unitName: Named
  frameworkName: Named
  asOf: AppealFile['asOf']
}

export const letterPage = definePage<Model>({
  path: '/appeals/:appeal/letter',
  who: caseReaders,
  filters: [],
  load: async (reads, place) => {
    const file = await reads.appeal(appealIn(place), place.moment)
    const { unit, framework } = file
    const [{ items }, { title }] = await Promise.all([
      reads.evaluations({ unit, framework, ...place.moment }),
      reads.framework(framework)
    ])
    const asked = file.decisions.find(({ instance }) => String(instance) === place.query.instance)
    return {
      file,
      decision: asked ?? file.decisions.at(-1) ?? null,
      unitName: items[0]?.name ?? { fa: unit },
      frameworkName: title,
      asOf: file.asOf
    }
  },
  title: ({ decision }, { say }) => say(decision ? words.title : words.noneTitle),
  body,
  about: ({ file }) => `evaluation-${file.evaluation}`
})

function body(model: Model, context: Context): Html {
  const { say } = context
  const { file, decision } = model
  const toCase = html`<a href="${context.link(`/appeals/${file.appeal}`)}">${say(words.toCase)}</a>`
  if (!decision) return html`<p class="none">${say(words.none)}</p><p>!${toCase}</p>`
  const others = file.decisions
    .filter((other) => other !== decision)
    .map(({ instance }) => {
      const label = say(words.other, { instance: instanceOf(context, instance) })
      return html` · <a href="${context.here({ instance: String(instance) })}">${label}</a>`
    })
  return html`<p class="screen-only">!${toCase}!${others.join('')} · <span class="note">${say(words.print)}</span></p>
<article class="official">!${opening(context, model, decision)}!${articles(context, decision)}!${closing(context, decision)}</article>`
}

function opening(context: Context, model: Model, decision: Decision): Html {
  const { say, format } = context
  const { file, unitName, frameworkName } = model
  const { letter, position, at, evidenceConsidered } = decision
  const count = evidenceConsidered.length
  const number = letter
    ? format.digits(letter.number)
    : say(words.noNumber, { position: format.number(position) })
  const enclosed = count === 0 ? words.noAttachments : words.documents
  const invocation = say(words.opening)
  const subject = say(words.subjectText, {
    node: isolated(nodeName(context, file)),
    code: isolated(file.node),
    framework: context.name(frameworkName)
  })
  return html`!${invocation ? html`<p class="invocation">${invocation}</p>` : ''}<div class="letterhead">!${facts(
    [
      [say(words.number), html`<bdi>${number}</bdi>`],
      [
        say(words.date),
        html`<time datetime="${letter?.date ?? at}">${format.weekday(letter?.date ?? at)}</time>`
      ],
      [say(words.attachments), html`${say(enclosed, { count: format.number(count) })}`]
    ]
  )}</div>!${facts([
    [say(words.to), html`<strong>${context.name(unitName)}</strong>`],
    [say(words.copy), html`${say(words.toHeadquarters)}`],
    [say(words.subject), html`<strong>${subject}</strong>`],
    [say(words.instance), html`${instanceOf(context, decision.instance)}`]
  ])}`
}

/** The numbered parts; one that has nothing to say is left out, so that no number stands alone. */
function articles(context: Context, decision: Decision): Html {
  const { say, format } = context
  const measured = 'measurement' in decision.claim ? decision.claim.measurement : undefined
  const claim = claimText(context, decision)
  const parts: (readonly [string, Html])[] = [
    [say(words.composition), composition(context, decision)],
    [
      say(words.claim),
      html`<p>${claim}</p>!${measured ? html`<p>${say(appeals.measurement)}: ${measurementText(context, measured)}</p>` : ''}`
    ],
    [say(words.grounds), decision.grounds.map((said) => spoken(context, said)).join('')],
    [say(words.answer), answer(context, decision)],
    [say(words.rule), rule(context, decision)],
    [say(words.evidence), evidence(context, decision)],
    [
      say(words.outcome),
      html`<p class="ruling">${say(words.ruling[decision.outcome])}</p>!${resultLine(context, decision)}`
    ],
    [say(words.findings), quote(decision.findings)],
    [say(words.dissent), quote(decision.dissent)],
    [say(words.figures), figuresTable(context, decision, { isCaptionHidden: true })],
    [say(words.remedy), html`<p>${remedyText(context, decision)}</p>`]
  ]
  return parts
    .filter(([, content]) => content !== '')
    .map(
      ([title, content], index) =>
        html`<section><h2>${format.number(index + 1)}. ${title}</h2>!${content}</section>`
    )
    .join('')
}

function composition(context: Context, { composition: panel }: Decision): Html {
  const { say, format } = context
  if (!panel) return html`<p>${say(words.noComposition)}</p>`
  type Member = (typeof panel.members)[number]
  const named =
    panel.assignedAt === null
      ? ''
      : html`<p class="note">${say(words.namedBy, { person: isolated(panel.assignedBy), day: format.date(panel.assignedAt) })}</p>`
  return html`!${table(
    context,
    [
      {
        head: say(words.person),
        cell: ({ id, units }: Member) =>
          html`<bdi>${id}</bdi>!${units.length > 0 ? html` (${say(appeals.ofUnits, { units: listed(context, units.map(isolated)) })})` : ''}`
      },
      {
        head: say(words.part),
        cell: ({ id }: Member) => html`${say(id === panel.chair ? words.chair : words.member)}`
      },
      {
        head: say(words.presence),
        cell: ({ id }: Member) => html`${say(panel.present.includes(id) ? words.present : words.absent)}`
      }
    ],
    panel.members,
    { caption: say(words.composition), isCaptionHidden: true }
  )}!${named}`
}

const spoken = ({ say, format }: Context, { by, at, text }: { by: string; at: string; text: string }): Html =>
  html`<p class="note">${say(words.said, { person: isolated(by), day: format.date(at) })}</p>!${quote(text)}`

function answer(context: Context, { answer: given }: Decision): Html {
  const { say } = context
  if (!given) return html`<p>${say(words.noAnswer)}</p>`
  const position = say(given.position === 'concede' ? appeals.concede : appeals.contest)
  return html`<p>${position}</p>!${spoken(context, given)}`
}

const rule = (context: Context, decision: Decision): Html =>
  html`!${inForceFacts(context, decision)}!${
    decision.ruleReference === null
      ? ''
      : html`<p>${context.say(words.reference)}: ${decision.ruleReference}</p>`
  }`

const evidence = (context: Context, { evidenceConsidered }: Decision): Html =>
  evidenceConsidered.length === 0
    ? html`<p>${context.say(words.noEvidence)}</p>`
    : evidenceList(context, evidenceConsidered)

/** Who signs, and what the letter rests on. */
function closing(context: Context, { composition: panel, by, event, position, letter }: Decision): Html {
  const { say, format } = context
  const proof = say(words.proof, { position: format.number(position), event: isolated(event) })
  const signatory = letter?.signatory ?? panel?.chair ?? by
  return html`<div class="signature"><p>${say(words.signature)}</p><p><bdi>${signatory}</bdi></p></div><p class="note">${proof}</p>`
}
