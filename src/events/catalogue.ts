import { z } from 'zod'
import { ownMember } from '../own-member.ts'
import { AppealAnswered } from './appeal-answered.ts'
import { AppealDecided } from './appeal-decided.ts'
import { AppealEscalated } from './appeal-escalated.ts'
import { AppealFiled } from './appeal-filed.ts'
import { AppealInformationProvided } from './appeal-information-provided.ts'
import { AppealInformationRequested } from './appeal-information-requested.ts'
import { AppealWaived } from './appeal-waived.ts'
import { AppealWithdrawn } from './appeal-withdrawn.ts'
import { type EventType, Metadata } from './envelope.ts'
import { EvaluationFinalised } from './evaluation-finalised.ts'
import { EvaluationOpened } from './evaluation-opened.ts'
import { EvaluationReopened } from './evaluation-reopened.ts'
import { EvidenceAttached } from './evidence-attached.ts'
import { exactly } from './exact.ts'
import { FigurePublished } from './figure-published.ts'
import { FrameworkAmended } from './framework-amended.ts'
import { FrameworkPublished } from './framework-published.ts'
import { LineageLinked } from './lineage-linked.ts'
import { NotApplicableClaimed } from './not-applicable-claimed.ts'
import { NotApplicableGranted } from './not-applicable-granted.ts'
import { NotApplicableRefused } from './not-applicable-refused.ts'
import { NotApplicableRevoked } from './not-applicable-revoked.ts'
import { PanelAssigned } from './panel-assigned.ts'
import { ResponsibilityAssigned } from './responsibility-assigned.ts'
import { ReturnedForCorrection } from './returned-for-correction.ts'
import { ReviewCompleted } from './review-completed.ts'
import { ScoreConfirmed } from './score-confirmed.ts'
import { ScoreOverridden } from './score-overridden.ts'
import { ScoreRecorded } from './score-recorded.ts'
import { SelfAssessmentSubmitted } from './self-assessment-submitted.ts'
import { SelfScoreEntered } from './self-score-entered.ts'
import { TargetAssigned } from './target-assigned.ts'
import { UnitReclassified } from './unit-reclassified.ts'
import { UnitRegistered } from './unit-registered.ts'

/** Every event type the ledger knows, one line each. This list is the schema of the ledger. */
export const catalogue = {
  UnitRegistered,
  UnitReclassified,
  FrameworkPublished,
  FrameworkAmended,
  LineageLinked,
  EvaluationOpened,
  TargetAssigned,
  ResponsibilityAssigned,
  SelfScoreEntered,
  NotApplicableClaimed,
  EvidenceAttached,
  SelfAssessmentSubmitted,
  ReturnedForCorrection,
  ScoreConfirmed,
  ScoreOverridden,
  NotApplicableGranted,
  NotApplicableRefused,
  NotApplicableRevoked,
  ReviewCompleted,
  AppealFiled,
  AppealAnswered,
  PanelAssigned,
  AppealInformationRequested,
  AppealInformationProvided,
  AppealDecided,
  AppealEscalated,
  AppealWithdrawn,
  AppealWaived,
  ScoreRecorded,
  FigurePublished,
  EvaluationFinalised,
  EvaluationReopened
}

type Catalogue = typeof catalogue
export type EventTypeName = keyof Catalogue

/** The data of one event type in its newest version. */
export type DataOf<T extends EventTypeName> = z.infer<Catalogue[T]['data']>

/** What a decision yields: a fact not yet stamped with an identity, a time or an actor. */
export type Fact<T extends EventTypeName = EventTypeName> = {
  [K in T]: { type: K; data: DataOf<K> }
}[T]

/** An event as the ledger holds it, its data in the newest version. */
export type EventOf<T extends EventTypeName> = {
  [K in T]: {
    id: string
    type: K
    version: number
    /** Without the store's prefix: `unit-…`, `framework-…`, `evaluation-…`. */
    stream: string
    /** From 0 in its stream. */
    revision: number
    /** Where it stands in the ledger; grows in ledger order, gaps allowed. */
    position: bigint
    data: DataOf<K>
    metadata: Metadata
  }
}[T]

export type LedgerEvent = EventOf<EventTypeName>

/** An event as a store keeps it: data and metadata are the JSON text that was written. */
export interface StoredEvent {
  id: string
  type: string
  stream: string
  revision: number
  position: bigint
  data: string
  metadata: string
}

/** A stored event that no schema can read. Whoever meets one stops and names it; nothing is skipped. */
export class UnreadableEvent extends Error {
  override name = 'UnreadableEvent'
  readonly event: string
  constructor(stored: StoredEvent, cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(
      `event ${stored.id} (${stored.type}) at revision ${stored.revision} of ${stored.stream}, position ${stored.position}, cannot be read: ${why}`,
      { cause }
    )
    this.event = stored.id
  }
}

const Version = z.int().positive()
const StoredMetadata = Metadata.extend({ version: Version })
const isVersion = exactly(Version)
const isMetadata = exactly(Metadata)

/** Reads a record of any age in its newest shape, or throws `UnreadableEvent`. */
export const readEvent = (stored: StoredEvent): LedgerEvent =>
  // The schema found under the event's type has just checked `data`, which TypeScript cannot follow.
  readStored(catalogue, stored) as LedgerEvent

type EventTypes = Readonly<Record<string, EventType<string, z.ZodType>>>

/** An event of any list of types, its data in the newest version. */
export type ReadEvent = Omit<LedgerEvent, 'type' | 'data'> & { type: string; data: unknown }

/** Like `readEvent`, for any list of types. */
export function readStored(types: EventTypes, stored: StoredEvent): ReadEvent {
  try {
    return parseStored(types, stored)
  } catch (cause) {
    throw new UnreadableEvent(stored, cause)
  }
}

function parseStored(types: EventTypes, stored: StoredEvent): ReadEvent {
  const { written, metadata } = readMetadata(JSON.parse(stored.metadata))
  const known = ownMember(types, stored.type)
  if (!known) throw new Error('no such event type')
  if (written > known.version) throw new Error(`version ${written} is newer than this program knows`)
  let data: unknown = JSON.parse(stored.data)
  // What an upcaster made may be anything, so the schema sees it.
  const isExact = written === known.version && known.isExact(data)
  for (let version = written; version < known.version; version++) {
    const upcast = known.upcasters[version]
    if (!upcast) throw new Error(`no way from version ${version} to ${version + 1}`)
    data = upcast(data)
  }
  const { id, type, stream, revision, position } = stored
  const { version } = known
  if (!isExact) data = known.data.parse(data)
  return { id, type, version, stream, revision, position, data, metadata }
}

function readMetadata(json: unknown): { written: number; metadata: Metadata } {
  if (typeof json === 'object' && json !== null) {
    const { version, ...metadata } = json as Record<string, unknown>
    if (isVersion(version) && isMetadata(metadata)) return { written: version, metadata }
  }
  const { version: written, ...metadata } = StoredMetadata.parse(json)
  return { written, metadata }
}

/** An event as the outside sees it: revision and position as decimal strings. */
export const wireEvent = (event: LedgerEvent) => ({
  id: event.id,
  type: event.type,
  version: event.version,
  stream: event.stream,
  revision: String(event.revision),
  position: String(event.position),
  data: event.data,
  metadata: event.metadata
})
