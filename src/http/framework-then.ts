import { ledgerList } from '../../projections/ledger-list.ts'
import { readEvent } from '../events/catalogue.ts'
import { evolveFramework, type Framework } from '../rules/framework.ts'
import type { Moment } from './moment.ts'
import type { Reads } from './reads.ts'

/**
 * A framework as it was at a moment by which it had been published: as it stands, where nothing has moved it since, else
 * its stream is played up to there.
 */
export async function frameworkAt(
  { reader, store }: Reads,
  now: Framework,
  { at }: Moment
): Promise<Framework> {
  if (at === null) return now
  const stream = `framework-${now.framework}`
  const [then] = ledgerList(reader, { stream }, { after: 0n, before: at + 1n, order: 'newest', limit: 1 })
  if (then?.revision === now.revision) return now
  let state: Framework | null = null
  for await (const stored of store.readStream(stream)) {
    if (stored.position > at) break
    state = evolveFramework(state, readEvent(stored))
  }
  return state ?? now
}
