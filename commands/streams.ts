import type { LedgerEvent, StoredEvent } from '../src/events/catalogue.ts'
import { treeInForce } from '../src/rules/case.ts'
import type { Evaluation } from '../src/rules/evaluation.ts'
import { evolveEvaluation } from '../src/rules/evolve-evaluation.ts'
import type { Below } from '../src/rules/evolve-stage.ts'
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
  const take = (stored: StoredEvent): LedgerEvent => {
    const event = readForFold(stored)
    saw(event.metadata.recordedAt)
    return event
  }
  const foldNews = async (
    stream: string,
    before: Loaded,
    news: Iterable<StoredEvent> | AsyncIterable<StoredEvent>
  ): Promise<Loaded> => {
    let loaded = before
    for await (const stored of news) {
      const event = take(stored)
      loaded = evolve(loaded, event, await belowOf(loaded.evaluation, event, load))
    }
    if (loaded.revision !== 'none') keep(stream, loaded)
    return loaded
  }
  const load: LoadStream = async (stream) => {
    let loaded = folded.get(stream) ?? nothing()
    const from = after(loaded)
    const news = store.known?.(stream, from)
    if (!news) return foldNews(stream, loaded, store.readStream(stream, { fromRevision: from }))
    if (news.some(isReturn)) return foldNews(stream, loaded, news)
    // Most streams have changed little since the last time, or not at all, and then nobody has to be waited for.
    for (const stored of news) loaded = evolve(loaded, take(stored), alone)
    keep(stream, loaded)
    return loaded
  }
  return load
}

/** The revision of the next event. */
const after = ({ revision }: Loaded): number => (revision === 'none' ? 0 : revision + 1)

function evolve(loaded: Loaded, event: LedgerEvent, below: Below): Loaded {
  const { revision, stream, id: newest, metadata } = event
  const { unit, framework, evaluation, persons, receipts, correlations } = loaded
  const receipt = receipts.get(metadata.commandId)
  receipts.set(metadata.commandId, {
    hash: metadata.commandHash,
    first: receipt?.first ?? revision,
    last: Math.max(receipt?.last ?? 0, revision)
  })
  correlations.set(newest, metadata.correlationId)
  const [isUnit, isFramework] = [stream.startsWith('unit-'), stream.startsWith('framework-')]
  const isEvaluation = !isUnit && !isFramework
  return {
    revision,
    newest,
    unit: isUnit ? evolveUnit(unit, event) : unit,
    framework: isFramework ? evolveFramework(framework, event) : framework,
    evaluation: isEvaluation ? evolveEvaluation(evaluation, event, below) : evaluation,
    persons: isEvaluation ? evolvePersons(persons, event, evaluation?.appeals ?? {}) : persons,
    receipts,
    correlations
  }
}

const isReturn = ({ type }: { type: string }): boolean => type === 'ReturnedForCorrection'

const alone: Below = (node) => [node]

/** Only a return asks for the tree, and by then the revision it is judged by is settled. */
async function belowOf(state: Evaluation | null, event: LedgerEvent, load: LoadStream): Promise<Below> {
  if (!isReturn(event) || !state) return alone
  const { framework } = await load(`framework-${state.framework}`)
  const tree = framework && treeInForce(framework, state)
  return tree ? (node) => subtree(tree, node) : alone
}
