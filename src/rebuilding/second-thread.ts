import { parentPort, workerData } from 'node:worker_threads'
import { projections } from '../../projections/all.ts'
import type { Projection } from '../../projections/projection.ts'
import { goThrough } from '../../projections/rebuild.ts'
import { openReader } from '../store/open.ts'
import { openReadModel } from '../store/read-model.ts'
import { BUILDING } from '../store/read-model-options.ts'
import type { ProjectionSpec } from '../store/read-model-spec.ts'
import { type Outcome, sharedIn, type Task } from './protocol.ts'

/* The thread that builds a part of the rows of a rebuild, in a file of its own. */

const task = workerData as Task
const shared = sharedIn(task.shared)

async function build(): Promise<Outcome> {
  const named = (names: readonly string[]) => projections.filter(({ name }) => names.includes(name))
  const [ordered, divided] = [named(task.ordered), named(task.divided)]
  const store = await openReader(task.store, task)
  try {
    const specs = [...ordered, ...divided.map(withoutIndexes)]
    const rows = openReadModel(task.path, specs, { ...BUILDING, isScratch: true })
    try {
      const { until, shares } = task
      const { running, ...gone } = await goThrough({
        store,
        rows,
        projections: [...ordered, ...divided],
        shares,
        ...(until && { until }),
        onProgress: shared.show,
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
  } finally {
    await store.close()
  }
}

/** Rows that are put among others get their indexes there. */
const withoutIndexes = ({ name, version, tables }: Projection): ProjectionSpec => ({
  name,
  version,
  tables: tables.map((table) => ({ ...table, indexes: [] }))
})

const outcome = await build().catch(
  (error: unknown): Outcome => ({ error: error instanceof Error ? error : new Error(String(error)) })
)
parentPort?.postMessage(outcome)
