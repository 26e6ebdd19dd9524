import { parentPort, workerData } from 'node:worker_threads'
import { projections } from '../../projections/all.ts'
import type { Projection } from '../../projections/projection.ts'
import { goThrough, type RebuildParts } from '../../projections/rebuild.ts'
import { openReader } from '../store/open.ts'
import { openReadModel } from '../store/read-model.ts'
import { BUILDING } from '../store/read-model-options.ts'
import type { ProjectionSpec } from '../store/read-model-spec.ts'
import { type Part, type PartGone, type Said, sharedIn, type Task } from './protocol.ts'

/* The thread that builds some of the rows of a rebuild, part after part, each in a file of its own. */

const task = workerData as Task
const shared = sharedIn(task.shared)
const say = (said: Said): void => parentPort?.postMessage(said)

async function buildAll(): Promise<void> {
  const store = await openReader(task.store, task)
  try {
    let before = 0n
    for (const part of task.parts) {
      let last = 0n
      const onProgress = (position: bigint) => {
        last = position
        shared.show((before + position) / BigInt(task.parts.length))
      }
      say(await build(store, part, onProgress))
      before += last
    }
  } finally {
    await store.close()
  }
}

async function build(
  store: RebuildParts['store'],
  { path, names, shares }: Part,
  onProgress: (position: bigint) => void
): Promise<PartGone> {
  const own = projections.filter(({ name }) => names.includes(name))
  const rows = openReadModel(path, shares ? own.map(withoutIndexes) : own, { ...BUILDING, isScratch: true })
  try {
    const { until } = task
    const { running, ...gone } = await goThrough({
      store,
      rows,
      projections: own,
      shares,
      ...(until && { until }),
      onProgress,
      isCancelled: shared.isCancelled
    })
    rows.complete()
    // Whoever follows evaluations has the one who keeps them beside it, and needs no other.
    return {
      ...gone,
      running: running.map(({ projection, stopped }) => ({ name: projection.name, stopped }))
    }
  } finally {
    rows.close()
  }
}

/** Rows that are put among others get their indexes there. */
const withoutIndexes = ({ name, version, tables }: Projection): ProjectionSpec => ({
  name,
  version,
  tables: tables.map((table) => ({ ...table, indexes: [] }))
})

await buildAll().catch((error: unknown) =>
  say({ error: error instanceof Error ? error : new Error(String(error)) })
)
