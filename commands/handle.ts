import { z } from 'zod'
import type { Clock } from '../src/clock.ts'
import { Refusal } from '../src/errors.ts'
import { type LedgerEvent, readEvent } from '../src/events/catalogue.ts'
import { commandHash, commandId } from '../src/ids.ts'
import { APPEND_BYTES_MAX, type EventStore, type NewEvent, WrongRevision } from '../src/store/event-store.ts'
import { outcomeOf, type Place, replayedOutcome, storedOutcome } from './answer.ts'
import { commandNamed } from './catalogue.ts'
import type { AnyCommand, Prepared } from './command.ts'
import { type Loading, loadSituation } from './load.ts'
import { malformed } from './malformed.ts'
import type { Handle, Outcome, Request, WrittenEvent } from './outcome.ts'
import { requireUnconcerned } from './race.ts'
import { createStreams, type LoadStream } from './streams.ts'
import { createTwins, type Twins } from './twins.ts'
import { type Act, toStore, write } from './write.ts'

export interface World {
  store: EventStore
  clock: Clock
  newUlid: () => string
  /** The stream a command id was used for, as far as this process has applied the ledger. */
  findCommand: (commandId: string) => string | undefined
  /** Folded streams shared with others that ask of them; its own unless given. */
  load?: LoadStream
}

/** Races lost in a row before the caller is told to come back. Every loss means that somebody else succeeded. */
const ATTEMPTS_MAX = 200

/**
 * The only impure step of any command: read, decide, append at the revision read. Ids and the clock are drawn once;
 * the same key with the same body gives the first answer, from the events themselves.
 */
export function createHandle(world: World): Handle {
  const load = world.load ?? createStreams(world.store, (recordedAt) => world.clock.saw(recordedAt))
  const twins = createTwins()
  return async (name, raw, request) => {
    const command = commandNamed(name)
    if (!command) throw new Refusal('no-route')
    requireRole(command, request)
    if (request.key === null && !request.dryRun) throw new Refusal('missing-idempotency-key')
    const prepared = parse(command, raw)
    const stream = `${command.target}-${prepared.id}`
    return decideAndAppend(world, load, { command, prepared, request, stream, twins })
  }
}

function requireRole({ roles }: AnyCommand, { actor }: Request): void {
  if (roles.includes(actor.role)) return
  throw new Refusal('forbidden-role', { params: { role: actor.role, roles: roles.join(', ') } })
}

function parse(command: AnyCommand, raw: unknown): Prepared {
  try {
    return command.prepare(raw)
  } catch (error) {
    if (error instanceof z.ZodError) throw malformed(error)
    throw error
  }
}

interface Job {
  command: AnyCommand
  prepared: Prepared
  request: Request
  stream: string
  twins: Twins
}

function drawOnce({ clock, newUlid }: World, { command, prepared, request }: Job): Act {
  const ulids: string[] = []
  const ulid = (index: number): string => {
    while (ulids.length <= index) ulids.push(newUlid())
    return ulids[index] ?? ''
  }
  return {
    // A dry run without a key still shows ids of the right form.
    commandId: commandId(request.actor.id, request.key ?? newUlid()),
    commandHash: commandHash(command.name, prepared.body),
    circumstances: { actor: request.actor, now: clock.now(), ulid },
    letter: Object(prepared.body).letter
  }
}

/** A key that was used for another stream was used for another body. */
function requireFreshKey({ findCommand }: World, { commandId }: Act, stream: string): void {
  const used = findCommand(commandId)
  if (used !== undefined && used !== stream) throw new Refusal('key-reused')
}

async function decideAndAppend(world: World, load: LoadStream, job: Job): Promise<Outcome> {
  const { command, prepared, request, stream, twins } = job
  const loadNow = () => loadSituation(load, command.target, prepared, request.actor)
  const loading = await loadNow()
  // Only now: the clock must not be behind what the streams tell.
  const act = drawOnce(world, job)
  requireFreshKey(world, act, stream)
  const twin = twins.begin(act.commandId)
  try {
    return await untilAppended(world, load, job, { act, loading, loadNow, isFirstTold: twin.isFirstTold })
  } finally {
    twin.end()
  }
}

interface Trying {
  act: Act
  loading: Loading
  loadNow: () => Promise<Loading>
  isFirstTold: () => boolean
}

async function untilAppended(world: World, load: LoadStream, job: Job, trying: Trying): Promise<Outcome> {
  const { command, prepared, request, stream } = job
  const { act, loadNow, isFirstTold } = trying
  let { loading } = trying
  let lost: Loading | null = null
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const place = doneBefore(loading, act, stream)
    if (place) return replayedOutcome(world.store, load, place, { ...job, target: command.target })
    if (loading.own.revision !== 'none') requireMatch(loading, request)
    if (lost) await requireStillFree(world, job, lost)
    const decisions = prepared.decide(loading.situation, act.circumstances)
    // Of what is not there it is said that it is not there, and only then at which revision it is not.
    requireMatch(loading, request)
    const events = write(stream, loading.own, decisions, act)
    if (request.dryRun) return outcomeOf(events, loading, true)
    const last = await append(world, stream, loading, events)
    if (last !== null) {
      world.clock.saw(act.circumstances.now)
      const first = last - events.length + 1
      const place = { stream, commandId: act.commandId, first, last }
      const outcome = requireOurs(await storedOutcome(world.store, place, loading), act)
      return { ...outcome, replayed: !(isOwn(outcome, act) && isFirstTold()) }
    }
    lost = loading
    loading = await loadNow()
  }
  throw new Refusal('overloaded')
}

/** A store compares ids, and those come from the key alone: what it took for ours may rest on another body. */
function requireOurs(outcome: Outcome, { commandHash }: Act): Outcome {
  if (outcome.events.some(({ metadata }) => metadata.commandHash !== commandHash))
    throw new Refusal('key-reused')
  return outcome
}

/** Whether what is stored was drawn for this request, not for another one with its key, here or elsewhere. */
const isOwn = ({ events }: Outcome, { circumstances }: Act): boolean =>
  events.every(({ metadata }) => metadata.recordedAt === circumstances.now)

/** Where the events of this very command stand already; another body under the same key is refused. */
function doneBefore({ own }: Loading, { commandId, commandHash }: Act, stream: string): Place | null {
  const receipt = own.receipts.get(commandId)
  if (!receipt) return null
  if (receipt.hash !== commandHash) throw new Refusal('key-reused')
  return { stream, commandId, first: receipt.first, last: receipt.last }
}

function requireMatch({ own }: Loading, { ifMatch }: Request): void {
  if (ifMatch === undefined || ifMatch === String(own.revision)) return
  const params = { revision: own.revision, expected: ifMatch }
  throw new Refusal('stale', { params, event: own.newest })
}

/** After a lost race: may the same decision be taken anew? */
async function requireStillFree(world: World, { prepared, stream }: Job, lost: Loading): Promise<void> {
  const { revision } = lost.own
  const newer: LedgerEvent[] = []
  const fromRevision = revision === 'none' ? 0 : revision + 1
  for await (const stored of world.store.readStream(stream, { fromRevision })) newer.push(readEvent(stored))
  // A stream that did not exist has no nodes that a command could name.
  const nodes = revision === 'none' ? null : prepared.nodes(lost.situation)
  requireUnconcerned(newer, nodes, lost.situation.evaluation)
}

/** The revision of the last event, or null after a lost race. */
async function append(
  { store }: World,
  stream: string,
  { own }: Loading,
  events: readonly WrittenEvent[]
): Promise<number | null> {
  const stored = events.map(toStore)
  if (isTooMuch(stored)) throw new Refusal('too-many-events')
  try {
    const { revision } = await store.append(stream, stored, { expectedRevision: own.revision })
    return revision
  } catch (error) {
    if (error instanceof WrongRevision) return null
    throw error
  }
}

/** Only what could be too much is measured: a unit of UTF-16 never takes more than three bytes of UTF-8. */
function isTooMuch(events: readonly NewEvent[]): boolean {
  const sum = (length: (text: string) => number) =>
    events.reduce((total, { data, metadata }) => total + length(data) + length(metadata), 0)
  return sum((text) => text.length * 3) > APPEND_BYTES_MAX && sum(byteLength) > APPEND_BYTES_MAX
}

const encoder = new TextEncoder()
const byteLength = (text: string): number => encoder.encode(text).length
