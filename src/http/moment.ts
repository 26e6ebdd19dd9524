import { z } from 'zod'
import type { Runner } from '../../projections/runner.ts'
import type { Clock } from '../clock.ts'
import { Refusal } from '../errors.ts'
import { Position } from '../events/forms.ts'
import type { EventStore } from '../store/event-store.ts'
import { decodeCursor } from './cursor.ts'

/** The newest event that every projection has applied, at or below what was asked for. */
export const AsOf = z.strictObject({
  position: Position,
  at: z.string().nullable(),
  settled: z.literal(false).optional()
})
export type AsOf = z.infer<typeof AsOf>

export interface Moment {
  /** The position to fold up to; null for now. Rows of now are read in the same turn, before anything is awaited. */
  at: bigint | null
  asOf: AsOf
}

export interface MomentQuery {
  asOf?: string | undefined
  waitFor?: string | undefined
  cursor?: string | undefined
}

export interface MomentParts {
  runner: Pick<Runner, 'applied' | 'waitUntil' | 'positionAt' | 'momentOf' | 'status'>
  store: Pick<EventStore, 'end'>
  clock: Pick<Clock, 'now'>
  /** Whether other processes may append too. */
  shared: boolean
}

export interface Moments {
  /**
   * The moment a request asks about, once the projections that are used have come that far; all of them where none is
   * named. Throws `future` for what has not been, `not-applied-yet` after five seconds, `projection-stopped`,
   * `damaged` or `not-following` where waiting is in vain.
   */
  of(query: MomentQuery, ...uses: string[]): Promise<Moment>
  /** The same for events themselves, which can be read whatever projections have applied. */
  ofEvents(query: MomentQuery): Promise<Moment>
  /** The instant it is, by the clock of this process. */
  now(): string
}

const WAIT_MS = 5_000
/** How long events wait for projections, so that the answer can name the instant of the newest. */
const BLINK_MS = 1_000
/** By then every process has appended what it stamped with an earlier instant. */
const SETTLED_MS = 60_000

const POSITION = /^(0|[1-9]\d*)$/
const INSTANT = z.iso.datetime({ offset: true })

/** A `+` that a query string has turned into a blank is read as what it was. */
const withPlus = z
  .string()
  .max(64)
  .overwrite((text) => text.replace(' ', '+'))

/** A position or an instant. */
export const AsOfQuery = withPlus
  .refine((text) => POSITION.test(text) || INSTANT.safeParse(text).success, {
    error: 'must be a position or an ISO instant with an offset'
  })
  .describe('A ledger position, or an ISO instant with an offset')

/** The last instant whose text sorts behind those of all years before it. */
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** An instant in the form of those that are stored, so that the two compare as texts; `more` milliseconds later. */
const asStored = (instant: string, more = 0): string =>
  new Date(Math.min(Date.parse(instant) + more, LAST_MS)).toISOString()

/**
 * One end of a stretch of time, in the form of instants that are stored. Rounded up to a millisecond: that no stored
 * instant lies between keeps the beginning inclusive and the end exclusive.
 */
export const InstantQuery = withPlus
  .refine((text) => INSTANT.safeParse(text).success, { error: 'must be an ISO instant with an offset' })
  .transform((text) => asStored(text, /\.\d{3}\d*[1-9]/.test(text) ? 1 : 0))
  .meta({ description: 'An ISO instant with an offset', format: 'date-time' })

export const WaitForQuery = Position.describe('Answer only once this position has been applied')

export function createMoments({ runner, store, clock, shared }: MomentParts): Moments {
  /** A stopped projection never comes to a position at or beyond the event that stopped it. */
  const requireRunning = (position: bigint, uses: readonly string[]) => {
    const all = runner.status()
    const named = all.filter(({ name }) => uses.includes(name))
    // Without names the others serve, as long as there is one.
    const used = uses.length > 0 ? named : all.filter(() => all.every(({ stopped }) => stopped))
    for (const { name, stopped } of used) {
      if (!stopped || position < stopped.position) continue
      const { event, isOver } = stopped
      if (isOver) throw new Refusal('not-following')
      if (event === null) throw new Refusal('damaged')
      throw new Refusal('projection-stopped', { params: { projection: name, event }, event })
    }
  }

  const wait = async (position: bigint, uses: readonly string[]) => {
    if (position <= runner.applied(...uses)) return
    requireRunning(position, uses)
    const isApplied = await runner.waitUntil(position, WAIT_MS, ...uses)
    requireRunning(position, uses)
    if (!isApplied) throw new Refusal('not-applied-yet', { params: { position: String(position) } })
  }

  const momentAt = (position: bigint): Moment => ({ at: position, asOf: shown(runner.momentOf(position)) })

  const atPosition = async (position: bigint, uses: readonly string[]): Promise<Moment> => {
    if (position > runner.applied(...uses)) {
      const end = await store.end()
      if (position > end) throw future(String(end), String(position))
      await wait(position, uses)
    }
    return momentAt(position)
  }

  const atInstant = async (asked: string, uses: readonly string[]): Promise<Moment> => {
    const instant = asStored(asked)
    const now = clock.now()
    if (instant > now) throw future(now, asked)
    const { at: newest } = runner.momentOf(runner.applied(...uses))
    // Events that the store has and this process not yet may still be older than the instant.
    if (newest === null || newest <= instant) await wait(await store.end(), uses)
    const moment = momentAt(runner.positionAt(instant).position)
    const settled = !shared || Date.parse(instant) + SETTLED_MS <= Date.parse(now)
    return settled ? moment : { ...moment, asOf: { ...moment.asOf, settled: false } }
  }

  return {
    async of({ asOf, waitFor, cursor }, ...uses) {
      if (waitFor !== undefined) await wait(BigInt(waitFor), uses)
      if (cursor !== undefined) return atPosition(BigInt(decodeCursor(cursor).position), uses)
      if (asOf === undefined) return { at: null, asOf: shown(runner.momentOf(runner.applied(...uses))) }
      return POSITION.test(asOf) ? atPosition(BigInt(asOf), uses) : atInstant(asOf, uses)
    },
    async ofEvents({ waitFor, cursor }) {
      if (waitFor !== undefined) await wait(BigInt(waitFor), [])
      const end = await store.end()
      const position = cursor === undefined ? end : BigInt(decodeCursor(cursor).position)
      if (position > end) throw new Refusal('bad-cursor')
      const applied = position <= runner.applied() || (await runner.waitUntil(position, BLINK_MS))
      return applied ? momentAt(position) : { at: position, asOf: { position: String(position), at: null } }
    },
    now: () => clock.now()
  }
}

/** The instant a reading is of: the one asked for, that of the newest event at the position asked for, or now. */
export function instantOf({ asOf }: MomentQuery, moment: Moment, now: string): string {
  if (asOf === undefined) return now
  return POSITION.test(asOf) ? (moment.asOf.at ?? now) : asStored(asOf)
}

const shown = ({ position, at }: { position: bigint; at: string | null }): AsOf => ({
  position: String(position),
  at
})

const future = (end: string, asked: string) => new Refusal('future', { params: { end, asked } })
