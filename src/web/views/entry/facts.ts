import { html } from 'ghtml'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { figure, tag } from '../../parts/figures.ts'
import type { ScoreNode } from '../../reads.ts'
import { entry as words } from '../../words/entry.ts'
import { frame } from '../../words/frame.ts'
import { measurementWords, ruleWords, targetOf } from './rule-words.ts'
import { type Attached, type EntrySheet, isReturned, type Opened, reviewerOf } from './sheet.ts'

/* What is known of an opened leaf before anybody writes: rule, target, last period, documents. */

/** Names of the leaf as its facts stand, for whoever is about to write. */
export function factsOf(context: Context, sheet: EntrySheet, opened: Opened): Html {
  const { say } = context
  const { leaf, explanation, documents } = opened
  const definition = sheet.definitions.get(leaf.code)
  const { rule, assigned } = explanation
  const lines: [string, Html][] = [[say(words.ceiling), figure(context, leaf.ceiling)]]
  if (definition?.description) lines.push([say(words.description), html`${definition.description}`])
  lines.push([say(words.rule), html`${ruleWords(context, rule, leaf.ceiling)}`])
  const target = assigned?.target ?? targetOf(rule)
  if (target !== null) {
    const value = context.format.number(target)
    lines.push([say(words.target), html`${assigned ? say(words.assigned, { target: value }) : value}`])
  }
  if (assigned?.baseline) lines.push([say(words.baseline), figure(context, assigned.baseline)])
  if (sheet.last)
    lines.push([
      say(words.last, { period: context.format.digits(sheet.last.period) }),
      lastWords(context, sheet, leaf.code)
    ])
  if (leaf.self) {
    const measured = measurementWords(context, leaf.measurement)
    lines.push([
      say(words.claimed),
      html`!${figure(context, leaf.self.points)}${measured ? ` (${measured})` : ''}`
    ])
  }
  if (definition?.requiredEvidence?.length) {
    lines.push([
      say(words.required),
      html`<ul>!${definition.requiredEvidence.map((text) => html`<li>${text}</li>`)}</ul>`
    ])
  }
  lines.push([say(words.documents), documentList(context, documents, isWithheld(opened))])
  const reviewer = reviewerOf(sheet, leaf.code)
  if (reviewer)
    lines.push([say(words.reviewer), html`<a href="${context.link(`/units/${reviewer}`)}">${reviewer}</a>`])
  return html`<dl class="leaf-facts">!${lines.map(([head, value]) => html`<div><dt>${head}</dt><dd>!${value}</dd></div>`)}</dl>
<p><a href="${context.link(`/evaluations/${sheet.card.evaluation}/nodes/${leaf.code}`)}">${say(words.history)}</a></p>`
}

/** Readers of figures are not told of documents; a step says so by having no list. */
const isWithheld = ({ explanation: { steps } }: Opened): boolean =>
  steps.length > 0 && steps.every(({ evidence }) => evidence === null)

function documentList({ say, name }: Context, documents: readonly Attached[], withheld: boolean): Html {
  if (withheld) return html`${say(frame.withheld)}`
  if (documents.length === 0) return html`${say(words.noDocuments)}`
  const items = documents.map(({ title, uri, sha256 }) => {
    const isWeb = uri !== undefined && /^https?:\/\//i.test(uri) && URL.canParse(uri)
    const named = isWeb
      ? html`<a href="${uri}" rel="noopener noreferrer external">${name(title)}</a>`
      : html`${name(title)}`
    const place = uri !== undefined && !isWeb ? html` <bdi dir="ltr">${uri}</bdi>` : ''
    return html`<li>!${named}!${place}!${sha256 ? html` <code dir="ltr" title="SHA-256">${sha256.slice(0, 12)}…</code>` : ''}</li>`
  })
  return html`<ul>!${items}</ul>`
}

/** What the counterparts of a leaf got in the last period. */
export function lastWords({ say, format }: Context, { last }: EntrySheet, code: string): Html {
  const counterparts = last?.of.get(code)
  if (!counterparts) return html`${say(words.noLast)}`
  const number = (value: string | null) => (value === null ? say(frame.noData) : format.number(value))
  return counterparts
    .map(
      (each) =>
        html`${say(words.lastLine, { code: each.code, self: number(each.self), final: number(each.final) })}`
    )
    .join('؛ ')
}

/** Where a leaf stands, in a word. */
export function stateOf({ say }: Context, { card }: EntrySheet, leaf: ScoreNode): Html {
  if (isReturned(card, leaf.code)) return tag(say(words.returned), 'bad')
  if (!leaf.applicable) return tag(say(words.granted), 'soft')
  if (leaf.claim) return tag(say(words.claimOpen), 'warn')
  if (leaf.final) return tag(say(words.decided), 'good')
  if (leaf.expert) {
    const isSame = leaf.expert.points === leaf.self?.points
    return tag(say(isSame ? words.confirmed : words.overridden), isSame ? 'good' : 'warn')
  }
  if (card.stage === 'self-assessment')
    return leaf.self ? tag(say(words.entered), 'good') : tag(say(words.missing), 'bad')
  if (leaf.blank) return tag(say(words.blank), 'warn')
  return tag(say(words.open), 'warn')
}
