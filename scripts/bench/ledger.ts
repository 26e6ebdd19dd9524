import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTarget } from '../copy/endpoint.ts'
import { generateLedger, type LedgerPlan } from '../generate/ledger.ts'

/*
 * The ledgers that benchmarks read. One that was made before with the same plan is taken again: the same plan gives the
 * same bytes.
 */

/** Units and years of the mix that the figures speak of; about a million events in three years. */
export const MIX = { units: 2_000, nodes: 80, appeals: 5, seed: '1' }

const FOLDER = join(tmpdir(), 'karnameh-bench')

/** The path of an embedded store with such a ledger, made where it is not there yet. */
export async function benchLedger(plan: LedgerPlan): Promise<string> {
  mkdirSync(FOLDER, { recursive: true })
  const { units, years, nodes, appeals, seed, events = 'all' } = plan
  const path = join(FOLDER, `ledger-${[units, years, nodes, appeals, seed, events].join('-')}.db`)
  if (existsSync(path)) return path
  const making = `${path}.making-${process.pid}`
  const target = await openTarget({ kind: 'file', path: making }, { streamPrefix: '' })
  try {
    for (const chunk of generateLedger(plan)) await target.write(chunk)
    await target.finish()
  } finally {
    await target.close()
  }
  renameSync(making, path)
  rmSync(`${making}.lock`, { force: true })
  return path
}

/** A file for rows that nobody keeps. */
export const scratchRows = (name: string): string => join(FOLDER, `rows-${name}-${process.pid}.db`)

export const removeScratch = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm', '.lock']) rmSync(path + suffix, { force: true })
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** One figure, as one line of JSON. */
export const tell = (figure: object): void => void process.stdout.write(`${JSON.stringify(figure)}\n`)

/** A whole number given as `--name 5`, or what stands for it. */
export function numberOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`)
  const value = at === -1 ? otherwise : Number(process.argv[at + 1])
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} takes a whole number`)
  return value
}
