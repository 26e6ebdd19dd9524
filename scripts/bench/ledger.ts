import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { openReader } from '../../src/store/open.ts'
import { openTarget } from '../copy/endpoint.ts'
import { generateLedger, type LedgerPlan } from '../generate/ledger.ts'
import { amount, dataFolder } from './measure.ts'
import { widened } from './wider.ts'

/*
 * The ledgers that benchmarks read. Making one takes minutes, so they are kept, and one that was made before with the
 * same plan is taken again: the same plan gives the same bytes. Whoever changes the generator deletes them.
 */

/** The mix that the figures speak of; about a million events. */
export const MIX = { units: amount(2_000), years: 3, nodes: 80, appeals: 5, seed: '1' }

/** The path of an embedded store with such a ledger, made where it is not there yet. */
export async function benchLedger(plan: LedgerPlan): Promise<string> {
  return kept(nameOf(plan), () => generateLedger(plan))
}

/** The same with so many times the units, whose evaluations are those of the first ones again. */
export async function widerLedger(plan: LedgerPlan, times: number): Promise<string> {
  const path = await benchLedger(plan)
  return kept(`${nameOf(plan)}-x${times}`, async function* () {
    const store = await openReader({ kind: 'file', path }, { streamPrefix: '' })
    try {
      yield* widened(store.readAll(0n, STREAM_PREFIXES), plan.units, times)
    } finally {
      await store.close()
    }
  })
}

const nameOf = ({ units, years, nodes, appeals, seed, events }: LedgerPlan): string =>
  `ledger-${[units, years, nodes, appeals, seed, events ?? 'all'].join('-')}`

type Chunks = Iterable<StoredEvent[]> | AsyncIterable<StoredEvent[]>

async function kept(name: string, chunks: () => Chunks): Promise<string> {
  const folder = join(dataFolder(), 'bench-ledgers')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.db`)
  if (existsSync(path)) return path
  const making = `${path}.making-${process.pid}`
  const target = await openTarget({ kind: 'file', path: making }, { streamPrefix: '' })
  try {
    for await (const chunk of chunks()) await target.write(chunk)
    await target.finish()
  } finally {
    await target.close()
  }
  renameSync(making, path)
  rmSync(`${making}.lock`, { force: true })
  return path
}
