import { projections } from '../../projections/all.ts'
import { rebuildRows } from '../../projections/rebuild.ts'
import { withKeeper } from '../../projections/tracks.ts'
import { STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { openReader } from '../../src/store/open.ts'
import { BUILDING, openReadModel } from '../../src/store/read-model.ts'
import { removeScratch, scratchRows } from './ledger.ts'

export interface RebuildRun {
  events: number
  seconds: number
  /** The largest resident memory seen, in MiB. */
  memory: number
}

/** Rebuilds all projections from the first event into a file of its own, as `npm run rebuild` does. */
export async function rebuildOnce(ledger: string): Promise<RebuildRun> {
  const path = scratchRows('rebuild')
  removeScratch(path)
  const store = await openReader({ kind: 'file', path: ledger }, { streamPrefix: '' })
  const rows = openReadModel(path, withKeeper(projections), BUILDING)
  let memory = 0
  const look = () => {
    memory = Math.max(memory, process.memoryUsage.rss())
  }
  const begun = performance.now()
  try {
    const { events, stopped } = await rebuildRows({ store, rows, projections, onProgress: look })
    if (stopped.length > 0) throw new Error(`stopped: ${JSON.stringify(stopped)}`)
    look()
    return { events, seconds: (performance.now() - begun) / 1000, memory: Math.round(memory / 2 ** 20) }
  } finally {
    rows.close()
    await store.close()
    removeScratch(path)
  }
}

/** So many events are parsed at a time; only the parsing is timed, not the reading. */
const CHUNK_EVENTS = 20_000

/** `JSON.parse` alone over the data and metadata of the first events of a ledger: seconds for each million. */
export async function parseOnce(ledger: string, most: number): Promise<number> {
  const store = await openReader({ kind: 'file', path: ledger }, { streamPrefix: '' })
  let [events, milliseconds] = [0, 0]
  let texts: string[] = []
  const parse = () => {
    const begun = performance.now()
    for (const text of texts) JSON.parse(text)
    milliseconds += performance.now() - begun
    texts = []
  }
  try {
    for await (const { data, metadata } of store.readAll(0n, STREAM_PREFIXES)) {
      texts.push(data, metadata)
      events += 1
      if (texts.length >= 2 * CHUNK_EVENTS) parse()
      if (events >= most) break
    }
    parse()
  } finally {
    await store.close()
  }
  return (milliseconds / events) * 1_000
}
