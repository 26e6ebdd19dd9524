import type { LedgerEvent, StoredEvent } from '../src/events/catalogue.ts'
import { treeInForce } from '../src/rules/case.ts'
import type { Evaluation } from '../src/rules/evaluation.ts'
import { evolveEvaluation } from '../src/rules/evolve-evaluation.ts'
import { evolveFramework, type Framework } from '../src/rules/framework.ts'
import { subtree } from '../src/rules/tree.ts'
import { evolveUnit, type Unit } from '../src/rules/units.ts'
import type { EventStore } from '../src/store/event-store.ts'
import { evolvePersons, NOBODY, type Persons } from './persons.ts'
import { readForFold } from './read-once.ts'

/** The events one command appended to a stream. */
export interface Receipt {
  hash: string
  first: number
  last: number
}

/** One stream folded for decisions. Which of the states is there, the kind of stream says. */
export interface Loaded {
  revision: number | 'none'
  newest: string | null
  unit: Unit | null
  framework: Framework | null
  evaluation: Evaluation | null
  persons: Persons
  /** By command id. Grows with the stream and is shared between the folds of one stream. */
  receipts: Map<string, Receipt>
  /** Correlation ids by event id, shared likewise. */
  correlations: Map<string, string>
}

const FOLDED_STREAMS_MAX = 2_000

const nothing = (): Loaded => ({
  revision: 'none',
  newest: null,
  unit: null,
  framework: null,
  evaluation: null,
  persons: NOBODY,
  receipts: new Map(),
  correlations: new Map()
})

/** Folds a stream up to its end, reading only what is new since the last time. */
export type LoadStream = (stream: string) => Promise<Loaded>

/** Streams kept folded, the least recently used dropped first. `saw` is told the `recordedAt` of every event read. */
export function createStreams(
  store: Pick<EventStore, 'readStream' | 'known'>,
  saw: (recordedAt: string) => void = () => {}
): LoadStream {
  const folded = new Map<string, Loaded>()
  const keep = (stream: string, loaded: Loaded): void => {
    const known = folded.get(stream)
    if (known && after(known) > after(loaded)) return
    folded.delete(stream)
    folded.set(stream, loaded)
    const [oldest] = folded.keys()
    if (folded.size > FOLDED_STREAMS_MAX && oldest !== undefined) folded.delete(oldest)
  }
  const take = (loaded: Loaded, stored: StoredEvent): Promise<Loaded> => {
    const event = readForFold(stored)
    saw(event.metadata.recordedAt)
    return evolve(loaded, event, load)
  }
  const foldNews = async (stream: string, before: Loaded, news?: readonly StoredEvent[]): Promise<Loaded> => {
    let loaded = before
    if (news) for (const stored of news) loaded = await take(loaded, stored)
    else {
      for await (const stored of store.readStream(stream, { fromRevision: after(loaded) }))
        loaded = await take(loaded, stored)
    }
    if (loaded.revision !== 'none') keep(stream, loaded)
    return loaded
  }
  const load: LoadStream = (stream) => {
    const loaded = folded.get(stream) ?? nothing()
    const news = store.known?.(stream, after(loaded))
    if (news?.length !== 0) return foldNews(stream, loaded, news)
    // Most streams have not changed since the last time, and then nobody has to be waited for.
    keep(stream, loaded)
    return Promise.resolve(loaded)
  }
  return load
}

/** The revision of the next event. */
const after = ({ revision }: Loaded): number => (revision === 'none' ? 0 : revision + 1)

async function evolve(loaded: Loaded, event: LedgerEvent, load: LoadStream): Promise<Loaded> {
  const { commandId, commandHash, correlationId } = event.metadata
  const receipt = loaded.receipts.get(commandId)
  loaded.receipts.set(commandId, {
    hash: commandHash,
    first: receipt?.first ?? event.revision,
    last: Math.max(receipt?.last ?? 0, event.revision)
  })
  loaded.correlations.set(event.id, correlationId)
  const next = { ...loaded, revision: event.revision, newest: event.id }
  if (event.stream.startsWith('unit-')) return { ...next, unit: evolveUnit(loaded.unit, event) }
  if (event.stream.startsWith('framework-')) {
    return { ...next, framework: evolveFramework(loaded.framework, event) }
  }
  const persons = evolvePersons(loaded.persons, event, loaded.evaluation?.appeals ?? {})
  return { ...next, evaluation: await evolveOne(loaded.evaluation, event, load), persons }
}

/** Only a return asks for the tree, and by then the revision it is judged by is settled. */
async function evolveOne(
  state: Evaluation | null,
  event: LedgerEvent,
  load: LoadStream
): Promise<Evaluation | null> {
  if (event.type !== 'ReturnedForCorrection' || !state)
    return evolveEvaluation(state, event, (node) => [node])
  const { framework } = await load(`framework-${state.framework}`)
  const tree = framework && treeInForce(framework, state)
  return evolveEvaluation(state, event, (node) => (tree ? subtree(tree, node) : [node]))
}
