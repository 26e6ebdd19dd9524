import { type Change, type Get, put, type Reader, type Table, table } from './projection.ts'

/*
 * Ids of events and commands are in no order, and evaluations take turns in any: in an index over the whole ledger each
 * event has its entries on pages of their own, which a batch then writes all. Rows that are put in the order of their
 * positions are therefore counted off into volumes, and such an index begins with the volume: its new entries stand on
 * a few pages, however long the ledger grows. What is looked for is looked up in one volume after the other.
 */

/** More would be more pages to a batch, fewer more volumes to look through: some thirty to a million rows. */
const VOLUME_ROWS = 32_768

interface VolumeRow {
  volume: number
}

interface CountRow {
  id: 'newest'
  rows: number
}

/** Which volumes there are of one table, and how many rows. */
export interface Volumes {
  size: number
  volumes: Table<VolumeRow>
  count: Table<CountRow>
}

/** The tables that count the rows of another one, which has `volume` and `position` among its columns. */
export const volumesOf = (name: string, size = VOLUME_ROWS): Volumes => ({
  size,
  volumes: table<VolumeRow>({
    name: `${name}_volumes`,
    key: ['volume'],
    columns: { volume: 'int' },
    once: true
  }),
  count: table<CountRow>({ name: `${name}_count`, key: ['id'], columns: { id: 'text', rows: 'int' } })
})

/** The volume of the row that comes next, and what counts it. Of several rows of one event call it once. */
export function nextVolume(
  { size, volumes, count }: Volumes,
  get: Get
): { volume: number; changes: Change[] } {
  const rows = get(count, 'newest')?.rows ?? 0
  const volume = Math.floor(rows / size)
  const changes = [put(count, { id: 'newest', rows: rows + 1 })]
  if (rows % size === 0) changes.push(put(volumes, { volume }))
  return { volume, changes }
}

export interface Wanted {
  /** Over the columns of the table: what an index that begins with the volume goes on with is among it. */
  conditions: readonly string[]
  parameters: readonly (string | number | bigint)[]
  order: 'oldest' | 'newest'
  limit: number
}

/** Rows in the order of their positions; volumes that are not needed to have enough of them are not looked into. */
export function inVolumes<Row extends { volume: number; position: bigint }>(
  { all }: Reader,
  of: Table<Row>,
  { volumes }: Volumes,
  { conditions, parameters, order, limit }: Wanted
): Row[] {
  const direction = order === 'newest' ? ' desc' : ''
  const found = [
    `select position from ${volumes.name} each cross join ${of.name} rows`,
    `where ${['rows.volume = each.volume', ...conditions].join(' and ')}`,
    `order by each.volume${direction}, position${direction} limit ?`
  ].join(' ')
  return all(of, `where position in (${found}) order by position${direction}`, [...parameters, limit])
}

/** A short number for a long text, for indexes; two texts may have the same one. */
export function numberOf(text: string): number {
  // FNV-1a.
  let number = 0x811c9dc5
  for (let i = 0; i < text.length; i++) number = Math.imul(number ^ text.charCodeAt(i), 0x01000193)
  return number | 0
}
