import type { LedgerEvent } from '../src/events/catalogue.ts'
import type { Actor } from '../src/events/envelope.ts'

/** Who asks for a command and how. */
export interface Request {
  actor: Actor
  /** The `Idempotency-Key`; required unless it is a dry run. */
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
  ranks: { population: string; place: string; of: string | null; event: string }[]
}

/** What a command did, built from the stored events; of a dry run, what it would append. */
export interface Outcome {
  /** In a dry run `position` is 0n and `revision` is what it would be. */
  events: LedgerEvent[]
  revision: number
  position: bigint
  /** True when the same key had done it before. */
  replayed: boolean
  dryRun: boolean
  created: Created
  touches?: Touches
}

/** A command goes in, an outcome comes out, or a `Refusal` is thrown. `body` is unparsed JSON. */
export type Handle = (command: string, body: unknown, request: Request) => Promise<Outcome>
