import type { Projection } from '../../projections/projection.ts'
import { type Runner, startRunner } from '../../projections/runner.ts'
import { withKeeper } from '../../projections/tracks.ts'
import { createClock } from '../../src/clock.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { acting } from './counting.ts'

/** Appends what `acting` makes, from one event on and up to another. */
export async function fill(store: EventStore, from: number, to: number): Promise<void> {
  // Stores in one process take appends in the order in which they are called.
  await Promise.all(
    acting(to)
      .slice(from)
      .map(({ stream, events, revision }) =>
        store.append(stream, events, { expectedRevision: revision === 0 ? 'none' : revision - 1 })
      )
  )
}

/** All rows of some projections, as the file has them. */
export const dump = (rows: ReadModel, projections: readonly Projection[]): string =>
  projections
    .flatMap(({ tables }) => tables)
    .flatMap(({ name, key }) =>
      rows.query(`select '${name}' as "table", * from "${name}" order by ${key.join()}`)
    )
    .map((row) => JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value)))
    .join('\n')

export interface Run {
  runner: Runner
  rows: ReadModel
  trouble: string[]
  close(): Promise<void>
}

/** The same store, whose subscriptions yield a few events at a time. */
export const inSmallPages = (store: EventStore, size: number): EventStore => ({
  ...store,
  async *subscribe(...asked) {
    for await (const { events, checkpoint, caughtUp } of store.subscribe(...asked)) {
      while (events.length > size) {
        const page = events.splice(0, size)
        yield { events: page, checkpoint: page.at(-1)?.position ?? 0n, caughtUp: false }
      }
      yield { events, checkpoint, caughtUp }
    }
  }
})

/** A runner over rows in a file; `tamper` may change what it is given of them. */
export async function run(
  store: EventStore,
  path: string,
  projections: readonly Projection[],
  { events = 3, tamper = (rows: ReadModel): ReadModel => rows } = {}
): Promise<Run> {
  const rows = openReadModel(path, withKeeper(projections))
  const trouble: string[] = []
  const runner = await startRunner({
    store,
    rows: tamper(rows),
    projections,
    clock: createClock(),
    onTrouble: (message, error) => trouble.push(`${message}: ${String(error)}`),
    batch: { events, characters: 1_000_000 }
  })
  const close = async () => {
    await runner.stop()
    rows.close()
  }
  return { runner, rows, trouble, close }
}
