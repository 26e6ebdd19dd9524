import type { DataOf, LedgerEvent } from '../events/catalogue.ts'

/** A question of the panel to one side. */
export interface Question {
  request: string
  of: 'unit' | 'headquarters'
  askedAt: string
  answeredAt: string | null
  event: string
}

/** One appeal as its events tell it. */
export interface AppealFile {
  appeal: string
  case: string | null
  node: string
  claim: DataOf<'AppealFiled'>['claim']
  disputed: DataOf<'AppealFiled'>['disputed']
  status: 'open' | 'decided' | 'withdrawn'
  instance: number
  filedBy: string
  filedAt: string
  /** When the present instance began: filing or escalation. */
  instanceAt: string
  /** When it was decided or taken back; null while it is open. */
  endedAt: string | null
  onBehalf: DataOf<'AppealFiled'>['onBehalf'] | null
  position: 'concede' | 'contest' | null
  panel: { members: DataOf<'PanelAssigned'>['members']; chair: string; by: string; event: string } | null
  questions: readonly Question[]
  /** Ids of everything that either side or the panel cited. */
  evidence: readonly string[]
  outcome: DataOf<'AppealDecided'>['outcome'] | null
  /** Of the latest decision, whatever came after it; null while there was none. */
  decidedRevision: number | null
  escalationClosesAt: string | null
  /** Everybody who sat on a panel that decided this appeal. */
  decidedBefore: readonly string[]
  /** Everybody who sat on the panel of an earlier instance, whether it decided or was silent. */
  satBefore: readonly string[]
  /** Everybody who was ever named to a panel: whoever has read the file may read it for ever. */
  everNamed: readonly string[]
  /** The newest event of the appeal, and the one that filed it. */
  newest: string
  filed: string
}

export type AppealFiles = Readonly<Record<string, AppealFile>>

/** The next state of all appeals of one evaluation. */
export function evolveAppeals(files: AppealFiles, event: LedgerEvent): AppealFiles {
  if (event.type === 'AppealFiled') return { ...files, [event.data.appeal]: filed(event) }
  if (!('appeal' in event.data) || typeof event.data.appeal !== 'string') return files
  const file = files[event.data.appeal]
  if (!file) return files
  const evidence = cited(file, event)
  return { ...files, [file.appeal]: { ...file, ...advance(file, event), evidence, newest: event.id } }
}

/** What was cited so far; what a decision considered is its own affair. */
function cited({ evidence }: AppealFile, { data }: LedgerEvent): readonly string[] {
  if (!('evidence' in data) || !Array.isArray(data.evidence) || data.evidence.length === 0) return evidence
  return [...new Set([...evidence, ...data.evidence])]
}

function filed(event: Extract<LedgerEvent, { type: 'AppealFiled' }>): AppealFile {
  const { appeal, node, claim, disputed, onBehalf } = event.data
  return {
    appeal,
    case: event.data.case ?? null,
    node,
    claim,
    disputed,
    status: 'open',
    instance: 1,
    filedBy: event.metadata.actor.id,
    filedAt: event.metadata.recordedAt,
    instanceAt: event.metadata.recordedAt,
    endedAt: null,
    onBehalf: onBehalf ?? null,
    position: null,
    panel: null,
    questions: [],
    evidence: event.data.evidence,
    outcome: null,
    decidedRevision: null,
    escalationClosesAt: null,
    decidedBefore: [],
    satBefore: [],
    everNamed: [],
    newest: event.id,
    filed: event.id
  }
}

function advance(file: AppealFile, event: LedgerEvent): Partial<AppealFile> {
  const at = event.metadata.recordedAt
  switch (event.type) {
    case 'AppealAnswered':
      return { position: event.data.position }
    case 'PanelAssigned': {
      const { members, chair } = event.data
      const everNamed = [...new Set([...file.everNamed, ...members.map(({ id }) => id)])]
      return { panel: { members, chair, by: event.metadata.actor.id, event: event.id }, everNamed }
    }
    case 'AppealInformationRequested': {
      const { request, of } = event.data
      return {
        questions: [...file.questions, { request, of, askedAt: at, answeredAt: null, event: event.id }]
      }
    }
    case 'AppealInformationProvided': {
      const { request } = event.data
      const questions = file.questions.map((q) => (q.request === request ? { ...q, answeredAt: at } : q))
      return { questions }
    }
    case 'AppealDecided':
      return {
        status: 'decided',
        endedAt: at,
        outcome: event.data.outcome,
        decidedRevision: event.revision,
        escalationClosesAt: event.data.escalationClosesAt ?? null,
        decidedBefore: [...file.decidedBefore, ...membersOf(file)]
      }
    case 'AppealEscalated':
      return {
        status: 'open',
        instance: file.instance + 1,
        instanceAt: at,
        endedAt: null,
        panel: null,
        position: null,
        outcome: null,
        questions: [],
        escalationClosesAt: null,
        satBefore: [...file.satBefore, ...membersOf(file)]
      }
    case 'AppealWithdrawn':
      return { status: 'withdrawn', endedAt: at }
    default:
      return {}
  }
}

/** The persons of the panel as it is named now. */
export const membersOf = ({ panel }: Pick<AppealFile, 'panel'>): string[] =>
  panel?.members.map(({ id }) => id) ?? []
