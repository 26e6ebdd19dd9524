import { parentPort, workerData } from 'node:worker_threads'
import { projections } from '../../projections/all.ts'
import { goThrough } from '../../projections/rebuild.ts'
import { openReader } from '../store/open.ts'
import { BUILDING, openReadModel } from '../store/read-model.ts'
import { type Outcome, sharedIn, type Task } from './protocol.ts'

/* The thread that builds a part of the rows of a rebuild, in a file of its own. */

const task = workerData as Task
const shared = sharedIn(task.shared)

async function build(): Promise<Outcome> {
  const wanted = projections.filter(({ name }) => task.projections.includes(name))
  const store = await openReader(task.store, task)
  try {
    const rows = openReadModel(task.path, wanted, { ...BUILDING, isScratch: true })
    try {
      const { until } = task
      const { running, ...gone } = await goThrough({
        store,
        rows,
        projections: wanted,
        ...(until && { until }),
        onProgress: shared.show,
        isCancelled: shared.isCancelled
      })
      rows.complete()
      // Who follows evaluations is never among them, and so no keeper.
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

const outcome = await build().catch(
  (error: unknown): Outcome => ({ error: error instanceof Error ? error : new Error(String(error)) })
)
parentPort?.postMessage(outcome)
