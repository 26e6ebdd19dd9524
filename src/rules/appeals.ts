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
  onBehalf: DataOf<'AppealFiled'>['onBehalf'] | null
  position: 'concede' | 'contest' | null
  panel: { members: DataOf<'PanelAssigned'>['members']; chair: string; by: string; event: string } | null
  questions: readonly Question[]
  outcome: DataOf<'AppealDecided'>['outcome'] | null
  decidedRevision: number | null
  escalationClosesAt: string | null
  /** Everybody who sat on the panel that decided an earlier instance. */
  decidedBefore: readonly string[]
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
  return file ? { ...files, [file.appeal]: { ...file, ...advance(file, event), newest: event.id } } : files
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
    onBehalf: onBehalf ?? null,
    position: null,
    panel: null,
    questions: [],
    outcome: null,
    decidedRevision: null,
    escalationClosesAt: null,
    decidedBefore: [],
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
      return { panel: { members, chair, by: event.metadata.actor.id, event: event.id } }
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
        outcome: event.data.outcome,
        decidedRevision: event.revision,
        escalationClosesAt: event.data.escalationClosesAt ?? null,
        decidedBefore: [...file.decidedBefore, ...(file.panel?.members.map(({ id }) => id) ?? [])]
      }
    case 'AppealEscalated':
      return {
        status: 'open',
        instance: file.instance + 1,
        instanceAt: at,
        panel: null,
        position: null,
        outcome: null,
        questions: [],
        decidedRevision: null,
        escalationClosesAt: null
      }
    case 'AppealWithdrawn':
      return { status: 'withdrawn' }
    default:
      return {}
  }
}
