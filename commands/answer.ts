import type { StoredEvent } from '../src/events/catalogue.ts'
import type { EventStore } from '../src/store/event-store.ts'
import type { Prepared, Target } from './command.ts'
import { type Loading, loadSituation } from './load.ts'
import type { Outcome, Request, WrittenEvent } from './outcome.ts'
import { readForAnswer } from './read-once.ts'
import { createStreams, type LoadStream } from './streams.ts'
import { touchesOf } from './touches.ts'
import { createdBy } from './write.ts'

/** Where the events of one command stand in their stream. */
export interface Place {
  stream: string
  commandId: string
  /** Revisions, both inclusive. */
  first: number
  last: number
}

/** The answer of a command whose events are these; nothing is stored yet. */
export function outcomeOf(events: WrittenEvent[], loading: Loading, dryRun: boolean): Outcome {
  const outcome: Outcome = {
    events,
    revision: events.at(-1)?.revision ?? 0,
    position: 0n,
    replayed: false,
    dryRun,
    created: createdBy(events)
  }
  const { evaluation, frameworkOf } = loading.situation
  const framework = evaluation && frameworkOf(evaluation.framework)
  if (evaluation && framework && events.some(({ type }) => type === 'EvaluationReopened')) {
    outcome.touches = touchesOf(framework, evaluation)
  }
  return outcome
}

/**
 * The answer of a command that was appended, from the stored events: after an append whose fate was unknown they may
 * be those of an earlier try, with the ids and the time of that one.
 */
export async function storedOutcome(store: EventStore, place: Place, loading: Loading): Promise<Outcome> {
  const events: WrittenEvent[] = []
  let newest = 0n
  const take = (stored: StoredEvent): void => {
    if (stored.revision > place.last) return
    const { position, ...event } = readForAnswer(stored)
    if (event.metadata.commandId === place.commandId) events.push(event)
    newest = position
  }
  const known = store.known?.(place.stream, place.first)
  if (known) known.forEach(take)
  else {
    for await (const stored of store.readStream(place.stream, { fromRevision: place.first })) {
      if (stored.revision > place.last) break
      take(stored)
    }
  }
  return { ...outcomeOf(events, loading, false), position: newest }
}

/** The first answer again, for a command that was done before. */
export async function replayedOutcome(
  store: EventStore,
  load: LoadStream,
  place: Place,
  { target, prepared, request }: { target: Target; prepared: Prepared; request: Request }
): Promise<Outcome> {
  const outcome = await storedOutcome(
    store,
    place,
    await loadSituation(load, target, prepared, request.actor)
  )
  const replayed = { ...outcome, dryRun: request.dryRun === true, replayed: true }
  if (!outcome.events.some(({ type }) => type === 'EvaluationReopened')) return replayed
  // What a reopening touched is told from the state in which it found the evaluation.
  const before = createStreams(endingBefore(store, place))
  const found = await loadSituation(before, target, prepared, request.actor)
  const { touches } = outcomeOf(outcome.events, found, false)
  return touches ? { ...replayed, touches } : replayed
}

/** The same store, one stream of it as it was before a command. */
const endingBefore = (store: EventStore, { stream, first }: Place): Pick<EventStore, 'readStream'> => ({
  async *readStream(name, options) {
    for await (const stored of store.readStream(name, options)) {
      if (name === stream && stored.revision >= first) return
      yield stored
    }
  }
})
