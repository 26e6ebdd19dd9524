import { apply, type Change, isSource, type Projection, type Reader } from '../../projections/projection.ts'
import { readerOf } from '../../projections/rows.ts'
import { scorecard } from '../../projections/scorecard.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { openReadModel } from '../../src/store/read-model.ts'

/** What a projection made of events, in real tables. */
export interface Projected extends Reader {
  /** Every row of every table, so that two rebuilds can be compared byte for byte. */
  dump(): string
}

/** Rows as the read model keeps them, written in batches of a size; with evaluations, for whoever follows or reads those. */
export function projected(
  t: { teardown: (close: () => void) => void },
  projection: Projection,
  events: readonly LedgerEvent[],
  batch = 7
): Projected {
  const all = isSource(projection) ? [projection] : [scorecard, projection]
  const model = openReadModel(':memory:', all, { freeze: true })
  t.teardown(() => model.close())
  const reader = readerOf(model)
  const write = (changes: readonly Change[]): void => {
    for (const change of changes) {
      if ('put' in change) model.put(change.table, change.put)
      else model.delete(change.table, change.delete)
    }
  }
  events.forEach((event, i) => {
    const { changes, moved } = scorecard.follow(event, reader.get)
    write(changes)
    if (projection !== scorecard)
      for (const group of moved) write(apply(projection, event, reader.get, group))
    if ((i + 1) % batch === 0) model.commit(new Map([[projection.name, event.position]]))
  })
  model.commit(new Map())
  const dump = () =>
    projection.tables
      .flatMap(({ name, key }) =>
        model.query(`select '${name}' as "table", * from "${name}" order by ${key.join()}`)
      )
      .map((row) => JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value)))
      .join('\n')
  return { ...reader, dump }
}
