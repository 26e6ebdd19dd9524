import { type Change, put, type Reader, type Table, table } from './projection.ts'

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

/** Which volumes there are of one table. */
export interface Volumes {
  size: number
  volumes: Table<VolumeRow>
}

/** The volumes of a table that has `volume` and `position` among its columns, whose owner counts its rows. */
export const volumesOf = (name: string, size = VOLUME_ROWS): Volumes => ({
  size,
  volumes: table<VolumeRow>({
    name: `${name}_volumes`,
    key: ['volume'],
    columns: { volume: 'int' },
    once: true
  })
})

/** The volume of the row that comes after so many; the first one of a volume brings it along. */
export function volumeAfter({ size, volumes }: Volumes, rows: number): { volume: number; changes: Change[] } {
  const volume = Math.floor(rows / size)
  return { volume, changes: rows % size === 0 ? [put(volumes, { volume })] : [] }
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
