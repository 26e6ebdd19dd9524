import type { StoredEvent } from '../src/events/catalogue.ts'
import {
  type AnyOrder,
  type EventHead,
  type EventReader,
  type EventStore,
  STREAM_PREFIXES
} from '../src/store/event-store.ts'
import { byEvaluation, evaluationOrder } from './by-evaluation.ts'
import { type BatchSize, gathered } from './gather.ts'
import { isOfShares, type Shares } from './shares.ts'

/* How a rebuild reads the ledger: event by event, or evaluation by evaluation in windows as large as can be. */

export type Readable = Pick<EventStore, 'readAll'> & Partial<Pick<EventReader, 'readPages' | 'anyOrder'>>

/** Events that stand together in the ledger. */
export interface Window {
  /** The newest of them, and the one before them all. */
  last: bigint
  before: bigint
  events: number
  /** With those between them that are of other shares. */
  passed: number
  /** Else stream after stream, see `byEvaluation`. */
  isInOrder: boolean
  pages: AsyncIterable<readonly StoredEvent[]> | Iterable<readonly StoredEvent[]>
}

export interface Span {
  after: bigint
  /** Null: as far as the ledger goes. */
  upTo: bigint | null
  /** As far as this in the order of the ledger; null: all of it. */
  inOrderUpTo: bigint | null
  /** Of a store that is read in any order: only what concerns these. */
  shares?: Shares | undefined
}

export interface WindowSizes {
  /** Of a store that finds any event as quickly as the next one: only where events stand is kept in memory. */
  heads: number
  /** Of any other store, whose events wait in memory. */
  waiting: BatchSize
}

/** All events of a span. */
export async function* windowsOf(store: Readable, span: Span, sizes: WindowSizes): AsyncGenerator<Window> {
  const { upTo, inOrderUpTo } = span
  let after = span.after
  if (inOrderUpTo === null || after < inOrderUpTo) {
    for await (const page of within(pagesOf(store, after), upTo)) {
      const before = after
      after = page.at(-1)?.position ?? after
      const { length } = page
      yield { before, last: after, events: length, passed: length, isInOrder: true, pages: [page] }
      if (inOrderUpTo !== null && after >= inOrderUpTo) break
    }
  }
  if (inOrderUpTo === null) return
  const { anyOrder } = store
  const rest = { ...span, after }
  yield* anyOrder ? byPlace(anyOrder, rest, sizes.heads) : inMemory(store, rest, sizes.waiting)
}

async function* byPlace(
  store: AnyOrder,
  { after, upTo, shares }: Span,
  most: number
): AsyncGenerator<Window> {
  let heads = waitingHeads(shares)
  for await (const page of within(store.heads(after, STREAM_PREFIXES), upTo)) {
    heads.add(page)
    if (heads.passed() < most) continue
    const window = heads.window(store)
    heads = waitingHeads(shares)
    yield window
  }
  if (heads.passed() > 0) yield heads.window(store)
}

/** Where the events of a window stand, in as few bytes as can be: there are two million of them. */
function waitingHeads(shares: Shares | undefined) {
  const order = evaluationOrder()
  let positions = new BigInt64Array(1_024)
  let [count, passed] = [0, 0]
  let [first, last] = [1n, 0n]
  return {
    passed: () => passed,
    add(page: readonly EventHead[]): void {
      if (passed === 0) first = page[0]?.position ?? first
      last = page.at(-1)?.position ?? last
      passed += page.length
      for (const head of page) {
        if (shares && !isOfShares(shares, head.stream)) continue
        order.add(head)
        if (count === positions.length)
          positions = new BigInt64Array(positions.buffer.transfer(2 * positions.byteLength))
        positions[count++] = head.position
      }
    },
    window(store: AnyOrder): Window {
      const places = BigInt64Array.from(order.places(), (place) => positions[place] ?? 0n)
      const pages = count === 0 ? [] : store.at(places)
      return { before: first - 1n, last, events: count, passed, isInOrder: false, pages }
    }
  }
}

async function* inMemory(store: Readable, { after, upTo }: Span, size: BatchSize): AsyncGenerator<Window> {
  const pages = within(pagesOf(store, after), upTo)
  for await (const { events } of gathered(pages, size, (page) => page))
    yield { ...edges(events), isInOrder: false, pages: chunks(byEvaluation(events)) }
}

const edges = (window: readonly EventHead[]): Pick<Window, 'last' | 'before' | 'events' | 'passed'> => ({
  last: window.at(-1)?.position ?? 0n,
  before: (window[0]?.position ?? 1n) - 1n,
  events: window.length,
  passed: window.length
})

/** As far as a position. */
async function* within<Event extends EventHead>(
  pages: AsyncIterable<readonly Event[]>,
  upTo: bigint | null
): AsyncGenerator<readonly Event[]> {
  for await (const page of pages) {
    const isOver = upTo !== null && (page.at(-1)?.position ?? 0n) >= upTo
    const wanted = isOver ? page.filter(({ position }) => position <= upTo) : page
    if (wanted.length > 0) yield wanted
    if (isOver) return
  }
}

/** In the pages of the store itself, where it can. */
const pagesOf = (store: Readable, after: bigint): AsyncIterable<readonly StoredEvent[]> =>
  store.readPages?.(after, STREAM_PREFIXES) ?? inPages(store.readAll(after, STREAM_PREFIXES))

const PAGE_EVENTS = 500

async function* inPages(events: AsyncIterable<StoredEvent>): AsyncGenerator<StoredEvent[]> {
  let page: StoredEvent[] = []
  for await (const event of events) {
    page.push(event)
    if (page.length < PAGE_EVENTS) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}

function* chunks(events: readonly StoredEvent[]): Generator<StoredEvent[]> {
  for (let from = 0; from < events.length; from += PAGE_EVENTS) yield events.slice(from, from + PAGE_EVENTS)
}
