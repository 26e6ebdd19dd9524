import type { Running } from '../../projections/batch.ts'
import type { Projection } from '../../projections/projection.ts'
import {
  type Gone,
  goThrough,
  meanEvents,
  type RebuildParts,
  type Rebuilt,
  settle
} from '../../projections/rebuild.ts'
import type { StoreAddress } from '../store/address.ts'
import type { ReadModel } from '../store/read-model.ts'
import { discardRowsFile } from '../store/read-model-file.ts'
import { type Second, startSecond } from './second.ts'

/*
 * A rebuild on two processors: while one thread goes through the ledger evaluation by evaluation, a second one builds the
 * rows of the projections that need its order, in a file of its own, out of which they are taken in the end. What each
 * of both does is a rebuild like any other.
 */

/** For shorter ledgers a thread is not worth starting. */
const EVENTS_LEAST = 50_000

export interface InTwo extends RebuildParts {
  rows: RebuildParts['rows'] & Pick<ReadModel, 'adopt'>
  /** The store, which the second thread opens, too. */
  source: { store: StoreAddress; streamPrefix: string }
  /** Where the ledger ends. */
  end: bigint
  /** The file of the rows; that of the second thread goes beside it, and is taken away again. */
  path: string
  /** Another least number of events: for tests. */
  eventsLeast?: number
}

/** Does what `rebuildRows` does; in two threads where there is enough for both. */
export async function rebuildInTwo(parts: InTwo): Promise<Rebuilt> {
  const others = othersOf(parts)
  return settle(parts.rows, await (others.length > 0 ? goTogether(parts, others) : goThrough(parts)))
}

/** Those for the second thread: none that has begun, and only where others are left and the store can be read twice. */
function othersOf({ rows, projections, source, path, end, eventsLeast = EVENTS_LEAST }: InTwo): Projection[] {
  const isEnough = source.store.kind === 'file' && path !== ':memory:' && end >= BigInt(eventsLeast)
  const others = projections.filter((each) => each.ordered && rows.checkpoint(each.name) === 0n)
  return isEnough && others.length < projections.length ? others : []
}

async function goTogether(parts: InTwo, others: readonly Projection[]): Promise<Gone> {
  const { rows, until, onProgress, isCancelled = () => false } = parts
  const { store, streamPrefix } = parts.source
  const path = `${parts.path}.second`
  const names = others.map(({ name }) => name)
  discardRowsFile(path)
  const second = startSecond({ store, streamPrefix, path, projections: names, until })
  try {
    const own = await goThrough({
      ...parts,
      projections: parts.projections.filter((each) => !others.includes(each)),
      onProgress: (position) => onProgress?.((position + second.shown()) / 2n),
      isCancelled: () => isCancelled() || second.hasFailed()
    })
    const rest = await second.outcome(() => {
      onProgress?.((parts.end + second.shown()) / 2n)
      return isCancelled() || !own.finished
    })
    onProgress?.((parts.end + second.shown()) / 2n)
    // Also what was built by then where somebody has interrupted it.
    rows.adopt(path, names)
    return {
      running: [...own.running, ...others.map((each) => standing(parts, each, rest))],
      finished: own.finished && rest.finished,
      events: meanEvents([own, rest])
    }
  } finally {
    await second.close()
    discardRowsFile(path)
  }
}

function standing(
  { rows, until }: InTwo,
  projection: Projection,
  { running }: Awaited<ReturnType<Second['outcome']>>
): Running {
  const { name } = projection
  const stopped = running.find((each) => each.name === name)?.stopped ?? null
  return { projection, position: rows.checkpoint(name), stopped, until: until?.get(name) ?? null }
}
