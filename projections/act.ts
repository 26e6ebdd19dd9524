import type { DataOf, LedgerEvent } from '../src/events/catalogue.ts'
import type { Level, Measurement, Source } from '../src/events/forms.ts'

/** What an event says about itself as an act: the members that trail and explanation both show. */
export interface Act {
  level: Level | null
  reasonCode: string | null
  reason: string | null
  note: string | null
  measurement: Measurement | null
  source: Source | null
  evidence: string[]
  /** Of an appeal filed on a letter: whose letter it was. The registrar who filed it is the actor. */
  onBehalf: OnBehalf | null
}

type OnBehalf = NonNullable<DataOf<'AppealFiled'>['onBehalf']>

const LEVELS: Partial<Record<LedgerEvent['type'], Level>> = {
  SelfScoreEntered: 'self',
  NotApplicableClaimed: 'self',
  SelfAssessmentSubmitted: 'self',
  ScoreConfirmed: 'expert',
  ScoreOverridden: 'expert',
  NotApplicableGranted: 'expert',
  NotApplicableRefused: 'expert',
  NotApplicableRevoked: 'expert',
  ReturnedForCorrection: 'expert',
  ReviewCompleted: 'expert',
  EvaluationFinalised: 'final'
}

/** Words are where each kind of event keeps them; what an event does not have is null, never made up. */
export function actOf(event: LedgerEvent): Act {
  // A view over thirty shapes: each member has the same type wherever it occurs.
  const data = event.data as ActData
  return {
    level: data.level ?? LEVELS[event.type] ?? null,
    reasonCode: data.reasonCode ?? null,
    reason: data.reason ?? data.grounds ?? data.reasons ?? data.text ?? data.question ?? data.answer ?? null,
    note: data.note ?? null,
    measurement: data.measurement ?? null,
    source: data.source ?? null,
    evidence: evidenceOf(event),
    onBehalf: event.type === 'AppealFiled' ? (event.data.onBehalf ?? null) : null
  }
}

interface ActData {
  level?: Level | undefined
  reasonCode?: string | undefined
  reason?: string | undefined
  grounds?: string
  reasons?: string
  text?: string
  question?: string
  answer?: string
  note?: string | undefined
  measurement?: Measurement | undefined
  source?: Source | undefined
}

function evidenceOf(event: LedgerEvent): string[] {
  if (event.type === 'AppealDecided') return event.data.evidenceConsidered
  const { evidence } = event.data as { evidence?: unknown }
  if (typeof evidence === 'string') return [evidence]
  return Array.isArray(evidence) ? evidence : []
}
