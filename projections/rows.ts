import type { Reader, Table } from './projection.ts'

/** What the runner needs of the place where rows are kept; `src/store/read-model.ts` is one. */
export interface Rows {
  bindStore(identity: string): void
  get(table: Table, key: readonly (string | number | bigint)[]): object | undefined
  all(table: Table, clause: string, parameters?: readonly (string | number | bigint | null)[]): object[]
  put(table: Table, row: object): void
  delete(table: Table, key: readonly (string | number | bigint)[]): void
  commit(checkpoints: ReadonlyMap<string, bigint>): void
  rollback(): void
  checkpoint(projection: string): bigint
}

/** The rows as queries and handlers read them. */
export const readerOf = (rows: Rows): Reader => ({
  // A table's rows are only ever put as its own row type.
  get: (table, ...key) => rows.get(table as unknown as Table, key) as never,
  all: (table, clause, parameters) => rows.all(table as unknown as Table, clause, parameters) as never
})
