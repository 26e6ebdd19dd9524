import type { ProjectionSpec, TableSpec } from '../../src/store/read-model-spec.ts'

/** A table of more rows than wait for a commit. */
export const rows: TableSpec = { name: 'rows', key: ['node'], columns: { node: 'int', acts: 'int' } }
export const filling: ProjectionSpec = { name: 'filling', version: 1, tables: [rows] }
export const ROWS = 50_000
export const at = (position: bigint) => new Map([['filling', position]])
