import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import type { AppealFile } from '../reads.ts'
import { rules, appeals as words } from '../words/appeals.ts'
import { eventLink, facts, listed } from './appeal.ts'

/* The rule, the target and the ceiling by which a node is judged. */

export type InForce = Pick<AppealFile, 'rule' | 'target' | 'assigned' | 'ceiling' | 'revision'>

/** A rule in a sentence. */
export function ruleText(context: Context, rule: InForce['rule']): string {
  const { say, format } = context
  switch (rule?.kind) {
    case undefined:
    case 'direct':
      return say(rules.direct)
    case 'ratio':
      return say(rule.direction === 'lower' ? rules.lower : rules.ratio, {
        target: format.number(rule.target)
      })
    case 'growth':
      return say(rules.growth, { target: format.number(rule.target) })
    case 'bands': {
      const bands = rule.bands.map(({ from, points }) =>
        say(rules.band, { from: format.number(from), points: format.number(points) })
      )
      return say(rules.bands, { bands: bands.join(context.language === 'fa' ? '؛ ' : '; ') })
    }
  }
}

export function inForceFacts(context: Context, { rule, target, assigned, ceiling, revision }: InForce): Html {
  const { say, format } = context
  const own = assigned
    ? html` (${listed(context, [
        say(words.assignedTarget),
        ...(assigned.issuedOn ? [format.date(assigned.issuedOn)] : []),
        ...(assigned.baseline ? [say(words.baseline, { baseline: format.number(assigned.baseline) })] : [])
      ])} !${eventLink(context, assigned.event)})`
    : ''
  return facts([
    [say(words.rule), html`${ruleText(context, rule)}`],
    [
      say(words.target),
      target === null
        ? html`<span class="soft">${say(words.noTarget)}</span>`
        : html`<bdi dir="ltr">${format.number(target)}</bdi>!${own}`
    ],
    [say(words.ceiling), html`<bdi dir="ltr">${format.number(ceiling)}</bdi>`],
    [say(words.revision), html`<bdi dir="ltr">${format.number(revision)}</bdi>`]
  ])
}
