import type { Projection } from '../../projections/projection.ts'
import { withKeeper } from '../../projections/tracks.ts'
import { type InTwo, rebuildInTwo } from '../../src/rebuilding/rebuild-in-two.ts'
import type { EventReader } from '../../src/store/event-store.ts'
import { aboutFileLater } from '../../src/store/file-trouble.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { BUILDING } from '../../src/store/read-model-options.ts'
import { discardFree } from '../../src/store/rows-files.ts'
import { differencesOf, SCRATCH } from './differences.ts'
import { digestOf } from './digest.ts'
import { foreignTables, type Live, obstacle } from './live.ts'

export interface Finding {
  projection: string
  position: bigint
  rows: number
  /** Of the rows in the file; null where they could not be compared. */
  sha256: string | null
  /** Empty: the rows are what the events make of them. */
  differences: string[]
}

export interface AttestParts {
  live: Live
  store: EventReader
  /** The same store, as it is opened once more. */
  source: InTwo['source']
  projections: readonly Projection[]
  /** A file that does not exist; it is removed again. */
  scratch: string
  onProgress?: (position: bigint) => void
  isCancelled?: () => boolean
}

/**
 * Rebuilds every projection from the first event up to exactly where its rows are, in a file of its own, and compares
 * all columns of all its tables. Null when cancelled.
 */
export async function attestRows(parts: AttestParts): Promise<Finding[] | null> {
  try {
    return await compareAll(parts)
  } finally {
    // Also where there was no room to make it.
    discardFree(parts.scratch)
  }
}

async function compareAll(parts: AttestParts): Promise<Finding[] | null> {
  const { live, store, projections, scratch, ...asked } = parts
  const until = new Map(projections.map(({ name }) => [name, live.positions.get(name) ?? 0n]))
  const rows = openReadModel(scratch, withKeeper(projections), { ...BUILDING, isScratch: true })
  try {
    const parts = { store, rows, projections, until, path: scratch, end: await store.end() }
    const rebuilt = await aboutFileLater('The file beside the read model', scratch, () =>
      rebuildInTwo({ ...parts, ...asked })
    )
    if (!rebuilt.finished) return null
    rows.close()
    live.db.prepare(`ATTACH ? AS ${SCRATCH}`).run(scratch)
    const end = await store.end()
    const findings = projections.map((projection) => {
      const stopped = rebuilt.stopped.find((each) => each.projection === projection.name)
      const why = stopped && `stopped at event ${stopped.event}: ${stopped.error}`
      return compare(live, projection, until.get(projection.name) ?? 0n, end, why)
    })
    const foreign = foreignTables(live, withKeeper(projections)).map(
      (name) => `table ${name} belongs to no projection`
    )
    return foreign.length === 0 ? findings : [...findings, nobodys(foreign)]
  } finally {
    rows.close()
  }
}

/** Whose the tables are that no projection has. */
export const NOBODY = '(none)'

const nobodys = (differences: string[]): Finding => ({
  projection: NOBODY,
  position: 0n,
  rows: 0,
  sha256: null,
  differences
})

function compare(
  live: Live,
  projection: Projection,
  position: bigint,
  end: bigint,
  stopped: string | undefined
): Finding {
  const finding = { projection: projection.name, position, rows: 0, sha256: null }
  const why =
    (position > end ? `the rows go to position ${position}, the ledger ends at ${end}` : undefined) ??
    stopped ??
    obstacle(live, projection)
  if (why) return { ...finding, differences: [why] }
  const { rows, sha256 } = digestOf(live.db, projection.tables)
  const isSame = digestOf(live.db, projection.tables, SCRATCH).sha256 === sha256
  const differences = isSame ? [] : projection.tables.flatMap((table) => differencesOf(live.db, table))
  return { ...finding, rows, sha256, differences: isSame ? [] : [...differences, ...unnamed(differences)] }
}

/** The digest has the last word, also where no single row explains it. */
const unnamed = (differences: readonly string[]): string[] =>
  differences.length > 0 ? [] : ['the rows differ in a way that no comparison by key shows']
