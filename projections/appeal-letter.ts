import { addDays, dayOf } from '../src/clock.ts'
import type { EventOf } from '../src/events/catalogue.ts'
import { formatPoints, type Points, percentOf, showPercent } from '../src/points.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import type { Case } from '../src/rules/case.ts'
import { fileOf } from '../src/rules/evaluation.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { targetInForce } from '../src/rules/rule.ts'
import { pathUp, TOTAL } from '../src/rules/tree.ts'
import { evidenceView } from './appeal-evidence.ts'
import type { Step } from './history.ts'
import { gradeOf } from './league-places.ts'
import { TOTAL_TITLE } from './scorecard-view.ts'

/** A step that decided an appeal, and the steps up to it. */
export interface DecisionStep extends Step {
  event: EventOf<'AppealDecided'>
  before: Case
}

/**
 * A decision as the letter that both sides get: who decided, what was claimed and answered, what was in force then, what
 * was looked at and found, the figures before and after, and what can still be done about it until when.
 */
export function decisionLetter({ event, before, after }: DecisionStep, soFar: readonly Step[]) {
  const { data, metadata, position, id } = event
  const file = before.evaluation.appeals[data.appeal]
  if (!file) return null
  return {
    event: id,
    position: String(position),
    instance: data.instance,
    at: metadata.recordedAt,
    by: metadata.actor.id,
    letter: metadata.letter ?? null,
    composition: compositionOf(file, data.present, soFar),
    claim: file.claim,
    disputed: file.disputed,
    grounds: groundsOf(file, soFar),
    answer: answerOf(file, soFar),
    ...inForce(before, file.node),
    ruleReference: data.ruleReference ?? null,
    evidenceConsidered: data.evidenceConsidered.map((evidence) => evidenceView(after.evaluation, evidence)),
    outcome: data.outcome,
    result: resultOf(data),
    findings: data.reasons,
    dissent: data.dissent ?? null,
    figures: {
      node: changeOf(before, after, file.node),
      set: changeOf(before, after, setOf(before, file.node)),
      total: changeOf(before, after, TOTAL)
    },
    remedy: remedyOf(event, before)
  }
}

export type DecisionLetter = NonNullable<ReturnType<typeof decisionLetter>>

function compositionOf({ panel }: AppealFile, present: readonly string[], soFar: readonly Step[]) {
  if (!panel) return null
  const assigned = soFar.find(({ event }) => event.id === panel.event)
  return {
    chair: panel.chair,
    members: panel.members.map(({ id, units }) => ({ id, units })),
    present: [...present],
    assignedBy: panel.by,
    assignedAt: assigned?.event.metadata.recordedAt ?? null,
    event: panel.event
  }
}

/** What the unit said: when it filed, and again when it went on to this instance. */
function groundsOf({ appeal, onBehalf }: AppealFile, soFar: readonly Step[]) {
  return soFar.flatMap(({ event }) =>
    (event.type === 'AppealFiled' || event.type === 'AppealEscalated') && event.data.appeal === appeal
      ? [
          {
            event: event.id,
            at: event.metadata.recordedAt,
            by: event.metadata.actor.id,
            onBehalf: (event.type === 'AppealFiled' && onBehalf) || null,
            text: event.data.grounds,
            evidence: event.data.evidence
          }
        ]
      : []
  )
}

/** The latest answer of the evaluating side; it stands in the second instance too, unless it is given anew. */
function answerOf({ appeal }: AppealFile, soFar: readonly Step[]) {
  const answers = soFar.flatMap(({ event }) =>
    event.type === 'AppealAnswered' && event.data.appeal === appeal ? [event] : []
  )
  const latest = answers.at(-1)
  return latest
    ? {
        event: latest.id,
        at: latest.metadata.recordedAt,
        by: latest.metadata.actor.id,
        position: latest.data.position,
        text: latest.data.text,
        evidence: latest.data.evidence
      }
    : null
}

/** Rule, target and ceiling as they were when it was decided, and the revision of the framework that says so. */
export function inForce({ tree, evaluation, framework }: Case, code: string) {
  const node = tree.nodes.get(code)
  const { assigned } = fileOf(evaluation, code)
  return {
    rule: node?.definition?.rule ?? null,
    target: (node?.definition && targetInForce(node.definition, assigned)) ?? null,
    assigned,
    ceiling: formatPoints(node?.ceiling ?? 0),
    revision: String(evaluation.judgedRevision ?? framework.revision)
  }
}

function resultOf({ points, measurement, applicable }: DecisionStep['event']['data']) {
  if (points === undefined && applicable === undefined) return null
  return { points: points ?? null, measurement: measurement ?? null, applicable: applicable ?? null }
}

/** The set that a node belongs to; the root above it where the framework calls nothing a set. */
function setOf({ tree }: Case, code: string): string {
  const above = pathUp(tree, code).filter((at) => at !== TOTAL)
  return above.find((at) => tree.nodes.get(at)?.definition?.kind === 'set') ?? above.at(-1) ?? code
}

function changeOf(before: Case, after: Case, code: string) {
  const [was, is] = [sideOf(before, code), sideOf(after, code)]
  const title = code === TOTAL ? TOTAL_TITLE : (after.tree.nodes.get(code)?.definition?.title ?? null)
  const { points: earlier, ...shownBefore } = was
  const { points: later, ...shownAfter } = is
  return {
    code,
    title,
    before: { points: show(earlier), ...shownBefore },
    after: { points: show(later), ...shownAfter },
    difference: formatPoints((later ?? 0) - (earlier ?? 0))
  }
}

/** What is partial has no grade: its percent may still grow. */
function sideOf({ tree, evaluation, framework }: Case, code: string) {
  const figures = figuresOf(tree, evaluation, code).get(code)
  const points = figures?.standing.points ?? null
  const ceiling = figures?.applicableCeiling ?? 0
  const percent = points === null ? null : percentOf(points, ceiling)
  const partial = figures?.standing.partial === true
  return {
    points,
    percent: points === null ? null : showPercent(points, ceiling),
    applicableCeiling: formatPoints(ceiling),
    applicable: figures?.applicable === true,
    partial,
    grade: percent && !partial ? gradeOf(framework.grades ?? [], percent) : null
  }
}

const show = (points: Points | null): string | null => (points === null ? null : formatPoints(points))

/** What the unit can still do; `lastDay` is the last day (Gregorian, Tehran) on which it can. */
function remedyOf({ data, metadata }: DecisionStep['event'], { framework }: Case) {
  const until = data.escalationClosesAt ?? null
  if (until !== null && until > metadata.recordedAt) {
    return {
      next: 'escalate' as const,
      instance: data.instance + 1,
      until,
      lastDay: addDays(dayOf(until), -1)
    }
  }
  const last = data.instance >= (framework.appeal?.instances ?? 1)
  const why = data.outcome === 'upheld' ? 'upheld' : last ? 'last-instance' : 'no-window'
  return {
    next: 'none' as const,
    why: why as 'upheld' | 'last-instance' | 'no-window',
    until: null,
    lastDay: null
  }
}
