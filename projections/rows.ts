import type { Reader, Table } from './projection.ts'

type Cells = readonly (string | number | bigint | null)[]
type Key = readonly (string | number | bigint)[]

/** What the runner needs of the place where rows are kept; `src/store/read-model.ts` is one. */
export interface Rows {
  bindStore(identity: string, end: bigint): void
  /** Tells of an event of the ledger that the rows are of. */
  meet(known: { position: bigint; event: string }): void
  get(table: Table, key: Key): object | undefined
  /** The row as handlers see it, who may be building new rows while `get` gives older ones. */
  latest(table: Table, key: Key): object | undefined
  all(table: Table, clause: string, parameters?: Cells): object[]
  some(table: Table, columns: readonly string[], clause: string, parameters?: Cells): object[]
  members(
    table: Table,
    columns: readonly string[],
    member: string,
    clause: string,
    parameters?: Cells
  ): object[]
  counts(
    table: Table,
    counted: { by: readonly string[]; greatest: string },
    clause: string,
    parameters?: Cells
  ): object[]
  put(table: Table, row: object): void
  delete(table: Table, key: Key): void
  commit(checkpoints: ReadonlyMap<string, bigint>): void
  rollback(): void
  /** Makes the indexes that were left for later. */
  complete(): void
  /** Up to where handlers have applied the ledger. */
  checkpoint(projection: string): bigint
  /** Up to where the rows go that are read. */
  served(projection: string): bigint
  isBuilding(projection: string): boolean
  switchTo(projections: readonly string[]): void
  /** Drops the rows of a projection and its checkpoint. */
  clear(projection: string): void
}

/** The rows as queries read them. */
export const readerOf = (rows: Pick<Rows, 'get' | 'all' | 'some' | 'members' | 'counts'>): Reader => ({
  // A table's rows are only ever put as its own row type.
  get: (table, ...key) => rows.get(table as unknown as Table, key) as never,
  all: (table, clause, parameters) => rows.all(table as unknown as Table, clause, parameters) as never,
  some: (table, ...asked) => rows.some(table as unknown as Table, ...asked) as never,
  members: (table, ...asked) => rows.members(table as unknown as Table, ...asked) as never,
  counts: (table, ...asked) => rows.counts(table as unknown as Table, ...asked) as never
})

/** The rows as handlers read them. */
export const handlerGet = (rows: Rows): Reader['get'] => {
  return (table, ...key) => rows.latest(table as unknown as Table, key) as never
}
