import type { Projection, Reader } from '../../projections/projection.ts'
import { apply } from '../../projections/projection.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { openReadModel } from '../../src/store/read-model.ts'

/** What a projection made of events, in real tables. */
export interface Projected extends Reader {
  /** Every row of every table, so that two rebuilds can be compared byte for byte. */
  dump(): string
}

/** Rows as the read model keeps them, written in batches of a size. */
export function projected(
  t: { teardown: (close: () => void) => void },
  projection: Projection,
  events: readonly LedgerEvent[],
  batch = 7
): Projected {
  const model = openReadModel(':memory:', [projection], { freeze: true })
  t.teardown(() => model.close())
  // Rows of a table are objects of that table's type; only the declared type is lost on the way through the file.
  const get = ((table, ...key) => model.get(table, key)) as Reader['get']
  const all = ((table, clause, parameters) => model.all(table, clause, parameters)) as Reader['all']
  const members = ((table, ...asked) => model.members(table, ...asked)) as Reader['members']
  events.forEach((event, i) => {
    for (const change of apply(projection, event, get)) {
      if ('put' in change) model.put(change.table, change.put)
      else model.delete(change.table, change.delete)
    }
    if ((i + 1) % batch === 0) model.commit(new Map([[projection.name, event.position]]))
  })
  model.commit(new Map())
  const dump = () =>
    projection.tables
      .flatMap(({ name }) => model.query(`select '${name}' as "table", * from "${name}"`))
      .map((row) => JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value)))
      .join('\n')
  return { get, all, members, dump }
}
