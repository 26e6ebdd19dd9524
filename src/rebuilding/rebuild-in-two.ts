import { isSource, type Projection } from '../../projections/projection.ts'
import {
  type Gone,
  goThrough,
  meanEvents,
  type RebuildParts,
  type Rebuilt,
  settle
} from '../../projections/rebuild.ts'
import type { Running } from '../../projections/running.ts'
import { SHARES } from '../../projections/shares.ts'
import type { StoreAddress } from '../store/address.ts'
import type { Divisible } from '../store/read-model-adopt.ts'
import { discardRowsFile, filesOfSecond } from '../store/rows-files.ts'
import type { Part, PartGone } from './protocol.ts'
import { startSecond } from './second.ts'

/*
 * A rebuild on two processors. A second thread builds the rows of the projections that need the order of the ledger, in
 * a file of its own, out of which they are taken. Both go through it evaluation by evaluation for all others, each for a
 * part of the evaluations, and both parts are put together. What each thread does is a rebuild like any other.
 */

/** For shorter ledgers a thread is not worth starting. */
const EVENTS_LEAST = 50_000

/** Of the evaluations the first thread takes so many shares, as many as make both end at the same time. */
const FIRST_SHARES = 12

export interface InTwo extends RebuildParts {
  rows: RebuildParts['rows'] & Divisible
  /** The store, which the second thread opens, too. */
  source: { store: StoreAddress; streamPrefix: string }
  /** Where the ledger ends. */
  end: bigint
  /** The file of the rows; those of the second thread go beside it, and are taken away again. */
  path: string
  /** Another least number of events, and of shares for the first thread: for tests. */
  eventsLeast?: number
  firstShares?: number
}

/** Who builds what. */
interface Plan {
  /** By the second thread alone. */
  ordered: readonly Projection[]
  /** By the first thread alone. */
  own: readonly Projection[]
  /** By both, each for its shares of the evaluations. */
  divided: readonly Projection[]
}

/** Does what `rebuildRows` does; in two threads where there is enough for both. */
export async function rebuildInTwo(parts: InTwo): Promise<Rebuilt> {
  const plan = planOf(parts)
  return settle(parts.rows, await (plan ? goTogether(parts, plan) : goThrough(parts)))
}

/** Null where one thread does it. For the second one none that has begun, and only where the store can be read twice. */
function planOf({ rows, projections, source, path, end, eventsLeast = EVENTS_LEAST }: InTwo): Plan | null {
  const isEnough = source.store.kind === 'file' && path !== ':memory:' && end >= BigInt(eventsLeast)
  if (!isEnough) return null
  const isNew = ({ name }: Projection): boolean => rows.checkpoint(name) === 0n
  const ordered = projections.filter((each) => each.ordered && isNew(each))
  const rest = projections.filter((each) => !ordered.includes(each))
  // Whoever follows evaluations and has nobody to keep them, or waits for one who is elsewhere, goes by itself.
  const canDivide = rest.every((each) => isNew(each) && !each.ordered) && rest.some(isSource)
  if (canDivide) return { ordered, own: [], divided: rest }
  return ordered.length > 0 && rest.length > 0 ? { ordered, own: rest, divided: [] } : null
}

async function goTogether(parts: InTwo, plan: Plan): Promise<Gone> {
  const { until, isCancelled = () => false, firstShares = FIRST_SHARES } = parts
  const { store, streamPrefix } = parts.source
  const files = filesOfSecond(parts.path)
  parts.rows.divide(namesOf(plan.divided))
  const ordered: Part = { path: files[0], names: namesOf(plan.ordered) }
  const divided: Part = {
    path: files[1],
    names: namesOf(plan.divided),
    shares: { from: firstShares, to: SHARES }
  }
  const wanted = [ordered, divided].filter(({ names }) => names.length > 0)
  const second = startSecond({ store, streamPrefix, parts: wanted, until })
  const onProgress = (position: bigint) => parts.onProgress?.((position + second.shown()) / 2n)
  let isWhole = false
  try {
    const own = await goThrough({
      ...parts,
      projections: [...plan.own, ...plan.divided],
      shares: plan.divided.length > 0 ? { from: 0, to: firstShares } : undefined,
      onProgress,
      isCancelled: () => isCancelled() || second.hasFailed()
    })
    // While the second thread is still at work.
    if (own.end === 'done') parts.rows.settle(namesOf([...plan.own, ...plan.divided]))
    const next = () =>
      second.next(() => {
        onProgress(parts.end)
        return isCancelled() || own.end === 'cancelled'
      })
    const gone = await putTogether(parts, plan, own, { ordered, divided, next })
    onProgress(parts.end)
    isWhole = true
    return gone
  } finally {
    await second.close()
    for (const each of files) discardRowsFile(each)
    if (!isWhole) tryToDrop(parts, plan)
  }
}

function tryToDrop(parts: InTwo, plan: Plan): void {
  try {
    dropParts(parts, plan)
  } catch {
    // There was an error before this one. Whoever opens the file next finds nothing of these rows.
  }
}

const namesOf = (projections: readonly Projection[]): string[] => projections.map(({ name }) => name)

/** What the second thread makes. */
interface Theirs {
  ordered: Part
  divided: Part
  /** Waits for the next of these of which there is something. */
  next(): Promise<PartGone>
}

/** What both threads have made; of what was divided only where each of both has made the whole of its part. */
async function putTogether(parts: InTwo, plan: Plan, own: Gone, theirs: Theirs): Promise<Gone> {
  const { rows } = parts
  const went: Pick<Gone, 'end' | 'events'>[] = [own]
  const running = [...own.running]
  if (plan.ordered.length > 0) {
    const gone = await theirs.next()
    // Also what was built by then where somebody has interrupted it.
    rows.adopt(theirs.ordered.path, theirs.ordered.names)
    went.push(gone)
    running.push(...plan.ordered.map((each) => standing(parts, each, gone)))
  }
  if (plan.divided.length > 0) {
    const gone = await theirs.next()
    went.push(gone)
    if (own.end !== 'done' || gone.end !== 'done') return alone(parts, plan, running, went)
    rows.merge(theirs.divided.path, theirs.divided.names)
  }
  return { running, end: endOf(went), events: meanEvents(went) }
}

const endOf = (went: readonly Pick<Gone, 'end'>[]): Gone['end'] =>
  went.some(({ end }) => end === 'cancelled') ? 'cancelled' : 'done'

/** Where the parts of what was divided are not whole: an event that stops somebody is found only by who goes through all. */
async function alone(
  parts: InTwo,
  plan: Plan,
  running: readonly Running[],
  went: readonly Pick<Gone, 'end' | 'events'>[]
): Promise<Gone> {
  dropParts(parts, plan)
  const [, ...ordered] = went
  const others = running.filter(({ projection }) => !plan.divided.includes(projection))
  if (endOf(went) === 'cancelled') return { running: others, end: 'cancelled', events: meanEvents(went) }
  const again = await goThrough({ ...parts, projections: plan.divided })
  return {
    running: [...again.running, ...others],
    end: again.end,
    events: meanEvents([again, ...ordered])
  }
}

function dropParts({ rows }: InTwo, { divided }: Plan): void {
  for (const name of namesOf(divided)) rows.clear(name)
}

function standing({ rows, until }: InTwo, projection: Projection, { running }: PartGone): Running {
  const { name } = projection
  const stopped = running.find((each) => each.name === name)?.stopped ?? null
  return { projection, position: rows.checkpoint(name), stopped, until: until?.get(name) ?? null }
}
