import type { Actor, Metadata } from '../src/events/envelope.ts'

/** Who asks for a command and how. */
export interface Request {
  actor: Actor
  /** The `Idempotency-Key`; null only for a dry run. */
  key: string | null
  /** The revision of `If-Match`; `undefined` where none was sent. */
  ifMatch?: string | undefined
  dryRun?: boolean | undefined
}

export interface Created {
  appeals: string[]
  evidence: string[]
  requests: string[]
}

/** What a reopening touches. */
export interface Touches {
  nodes: string[]
  total: { points: string | null; percent: string | null }
  /** Ranks that were published from it. */
  ranks: { population: string; place: string; of: string | null; event: string }[]
}

/** An event as it was appended, or would be. */
export interface WrittenEvent {
  id: string
  type: string
  version: number
  stream: string
  revision: number
  data: unknown
  metadata: Metadata
}

/** What a command did, built from the stored events; of a dry run, what it would append. */
export interface Outcome {
  events: WrittenEvent[]
  /** Of the stream, after the last of these events. */
  revision: number
  /** Of the last event; 0n in a dry run. */
  position: bigint
  /** True when the same key had done it before. */
  replayed: boolean
  dryRun: boolean
  created: Created
  touches?: Touches
}

/** A command goes in, an outcome comes out, or a `Refusal` is thrown. `body` is unparsed JSON. */
export type Handle = (command: string, body: unknown, request: Request) => Promise<Outcome>
