import { html } from 'ghtml'
import { formatPoints } from '../../../points.ts'
import { pointsFor } from '../../../rules/rule.ts'
import type { Context } from '../../context.ts'
import type { Html } from '../../page.ts'
import { actName } from '../../parts/act-words.ts'
import { figure, percent } from '../../parts/figures.ts'
import { type Measured, measurementWords, shareOfTarget } from '../../parts/measurement.ts'
import { sentence } from '../../parts/sentence.ts'
import type { Explanation, Step } from '../../reads.ts'
import { node as words } from '../../words/node.ts'
import type { Model } from '../node.ts'

/** What the points rest on: rule, target, measurement, and the computation where there is one. */
export function basisSection({ why, node, card }: Model, context: Context): Html {
  const { say, format } = context
  if (node.code === 'total') return ''
  const measured = measuredIn(why)
  const lines: [string, Html][] = [
    [say(words.reads), figure(context, why.ceiling)],
    [say(words.rule), html`!${ruleWords(context, why.rule)}`],
    [say(words.target), targetWords(context, why, node.unitOfMeasure)],
    [
      say(words.measured),
      measured
        ? html`!${measurementWords(context, measured.measurement, factorOf(why))} <span class="soft">(${actName(context, measured)})</span>`
        : html`${say(words.measuredNone)}`
    ],
    [say(words.computed), measured ? computation(context, why, measured.measurement) : ''],
    [say(words.responsible), responsible(context, why)],
    [say(words.revision), html`${format.digits(card.frameworkRevision)}`]
  ]
  const shown = lines.filter(([, body]) => body !== '')
  return html`<dl class="facts">!${shown.map(([head, body]) => html`<dt>${head}</dt><dd>!${body}</dd>`).join('')}</dl>`
}

/** The newest measurement that any act on the node stated. */
function measuredIn({ steps, node }: Explanation): (Step & { measurement: Measured }) | undefined {
  return steps.findLast(
    (step): step is Step & { measurement: Measured } => step.measurement !== null && step.node === node
  )
}

const factorOf = ({ rule }: Explanation): string | undefined =>
  rule?.kind === 'ratio' ? rule.factor : undefined

function ruleWords(context: Context, rule: Explanation['rule']): Html {
  if (!rule || rule.kind === 'direct') return html`${context.say(words.ruleDirect)}`
  if (rule.kind === 'bands') {
    const bands = rule.bands.map(({ from, points }) =>
      sentence(context, words.band, { from: figure(context, from), points: figure(context, points) })
    )
    return sentence(context, words.ruleBands, { bands: bands.join(context.language === 'fa' ? '؛ ' : '; ') })
  }
  const phrase =
    rule.kind === 'growth'
      ? words.ruleGrowth
      : rule.direction === 'lower'
        ? words.ruleRatioLower
        : words.ruleRatio
  return sentence(context, phrase, { target: figure(context, rule.target) })
}

/** The target in force, and who says so: assigned to the unit, the node's, or the rule's. */
function targetWords(context: Context, { target, assigned, rule }: Explanation, unit: string | null): Html {
  if (target === null) return html`${context.say(words.noTarget)}`
  const ofRule = rule && 'target' in rule ? rule.target : undefined
  const from = assigned ? words.targetAssigned : target === ofRule ? words.targetRule : words.targetNode
  const issued = assigned?.issuedOn ? html`, ${context.format.date(assigned.issuedOn)}` : ''
  const base =
    assigned?.baseline === undefined
      ? ''
      : html`; ${context.say(words.baseline)} !${figure(context, assigned.baseline)}`
  const measure = unit === null ? '' : html` ${unit}`
  return html`!${figure(context, target)}!${measure} <span class="soft">(${context.say(from)}!${issued})</span>!${base}`
}

/** What the rule makes of the measurement; without a rule, what share of each target it is. */
function computation(context: Context, why: Explanation, measurement: Measured): Html {
  const { rule, title, ceiling, assigned, node, target } = why
  const shares = [...new Set([measurement.target, target ?? undefined])].flatMap((each) =>
    each === undefined || rule?.kind === 'growth' || rule?.kind === 'bands'
      ? []
      : [shareLine(context, measurement, each, factorOf(why))]
  )
  if (!rule || rule.kind === 'direct') return shares.join('<br>')
  // A rule says no more of a node than its ceiling and itself.
  const judged = { code: node, parent: null, kind: 'indicator' as const, title, ceiling, rule }
  const points = formatPoints(pointsFor(judged, measurement, assigned))
  const result = sentence(context, words.byRule, {
    points: html`<strong>!${figure(context, points)}</strong>`,
    ceiling: figure(context, ceiling)
  })
  return [...shares, result].join('<br>')
}

const shareLine = (context: Context, measurement: Measured, target: string, factor?: string): Html =>
  sentence(context, words.shareOf, {
    target: figure(context, target),
    share: percent(context, shareOfTarget(measurement, target, factor))
  })

function responsible({ say, name }: Context, { responsibilities }: Explanation): Html {
  return responsibilities
    .map(
      ({ domain, part, person }) =>
        html`${name(domain)} <span class="soft">(${say(words[part])})</span>!${person ? html` <bdi>${person}</bdi>` : ''}`
    )
    .join('<br>')
}
