import type { LedgerEvent } from '../src/events/catalogue.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import { actOf } from './act.ts'
import { evidenceView } from './appeal-evidence.ts'
import { type DecisionStep, decisionLetter, inForce } from './appeal-letter.ts'
import type { Step } from './history.ts'

/**
 * The whole file of one appeal: both sides' words and the panel's, in the order in which they were said, every panel,
 * every question with its answer, all evidence, and each decision as a letter. Null where there is no such appeal.
 */
export function appealFile(steps: readonly Step[], appeal: string) {
  const last = steps.at(-1)?.after
  const file = last?.evaluation.appeals[appeal]
  if (!last || !file) return null
  const own = steps.filter(({ event }) => isOf(event, appeal))
  const disputed = steps.find(({ event }) => event.id === file.disputed.event)
  const decisions = own.filter(isDecision).flatMap((step) => {
    const soFar = steps.filter(({ event }) => event.position < step.event.position)
    return decisionLetter(step, soFar) ?? []
  })
  return {
    ...inForce(last, file.node),
    title: last.tree.nodes.get(file.node)?.definition?.title ?? null,
    /** The act that gave what is disputed, in the words of whoever did it. */
    act: disputed ? wordsOf(disputed.event) : null,
    thread: own.map(({ event }) => threadItem(event)),
    panels: own.flatMap(({ event }) => panelOf(event)),
    questions: questionsOf(own),
    evidence: allEvidence(file, decisions).map((evidence) => evidenceView(last.evaluation, evidence)),
    decisions,
    remedy: decisions.at(-1)?.remedy ?? null
  }
}

export type AppealFileView = NonNullable<ReturnType<typeof appealFile>>

const isOf = ({ data }: LedgerEvent, appeal: string): boolean => 'appeal' in data && data.appeal === appeal

const isDecision = (step: Step): step is DecisionStep =>
  step.event.type === 'AppealDecided' && step.before !== null

/** Who speaks: the unit (also through a registrar who files on its behalf), headquarters, the panel, or its office. */
function sideOf({ type, metadata, data }: LedgerEvent): 'unit' | 'headquarters' | 'panel' | 'registry' {
  if (type === 'AppealFiled' && data.onBehalf) return 'unit'
  switch (metadata.actor.role) {
    case 'assessor':
      return 'unit'
    case 'expert':
      return 'headquarters'
    case 'panelist':
      return 'panel'
    default:
      return 'registry'
  }
}

function wordsOf(event: LedgerEvent) {
  const { recordedAt, actor, letter } = event.metadata
  const { reason, reasonCode, measurement, note, evidence } = actOf(event)
  return {
    event: event.id,
    type: event.type,
    position: String(event.position),
    at: recordedAt,
    by: actor.id,
    byUnits: actor.units,
    role: actor.role,
    text: reason ?? note,
    reasonCode,
    measurement,
    ruleReference: 'ruleReference' in event.data ? (event.data.ruleReference ?? null) : null,
    letter: letter ?? null,
    evidence
  }
}

/** One thing that was said or done, and the act that it replies to. */
function threadItem(event: LedgerEvent) {
  return {
    ...wordsOf(event),
    side: sideOf(event),
    onBehalf: event.type === 'AppealFiled' ? (event.data.onBehalf ?? null) : null,
    answer: event.type === 'AppealAnswered' ? event.data.position : null,
    outcome: event.type === 'AppealDecided' ? event.data.outcome : null,
    request:
      event.type === 'AppealInformationRequested' || event.type === 'AppealInformationProvided'
        ? event.data.request
        : null,
    repliesTo: event.metadata.causationId
  }
}

function panelOf(event: LedgerEvent) {
  if (event.type !== 'PanelAssigned') return []
  const { instance, chair, members } = event.data
  const { actor, recordedAt } = event.metadata
  return [{ instance, chair, members: [...members], by: actor.id, at: recordedAt, event: event.id }]
}

function questionsOf(own: readonly Step[]) {
  return own.flatMap(({ event: asked }) => {
    if (asked.type !== 'AppealInformationRequested') return []
    const { request, of } = asked.data
    const told = own.find(
      ({ event }) => event.type === 'AppealInformationProvided' && event.data.request === request
    )
    return [{ request, of, question: wordsOf(asked), answer: told ? wordsOf(told.event) : null }]
  })
}

/** What was cited, and what decisions considered beside. */
function allEvidence(
  { evidence }: AppealFile,
  decisions: readonly { evidenceConsidered: readonly { evidence: string }[] }[]
): string[] {
  const considered = decisions.flatMap(({ evidenceConsidered }) =>
    evidenceConsidered.map((each) => each.evidence)
  )
  return [...new Set([...evidence, ...considered])]
}
