import { join } from 'node:path'
import { projections } from '../../projections/all.ts'
import { withKeeper } from '../../projections/tracks.ts'
import { rebuildInTwo } from '../../src/rebuilding/rebuild-in-two.ts'
import { STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { openReader } from '../../src/store/open.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { BUILDING } from '../../src/store/read-model-options.ts'
import { inFolder, type Round } from './measure.ts'

/** Rebuilds all projections from the first event into a file of its own, as `npm run rebuild` does; how many events. */
export const rebuildOnce = (ledger: string): Promise<number> =>
  inFolder(async (folder) => {
    const source = { store: { kind: 'file', path: ledger }, streamPrefix: '' } as const
    const store = await openReader(source.store, source)
    const path = join(folder, 'rows.db')
    const rows = openReadModel(path, withKeeper(projections), BUILDING)
    try {
      const end = await store.end()
      const { events, stopped } = await rebuildInTwo({ source, path, end, store, rows, projections })
      if (stopped.length > 0) throw new Error(`stopped: ${JSON.stringify(stopped)}`)
      return events
    } finally {
      rows.close()
      await store.close()
    }
  })

/** The most that this process has ever had in memory, as the system counts it. */
export const residentMemoryMiB = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

/** So many events are parsed at a time; only the parsing is timed, not the reading. */
const CHUNK_EVENTS = 20_000

/** `JSON.parse` alone over the data and metadata of the first events of a ledger. */
export async function parseOnce(
  ledger: string,
  most = Number.POSITIVE_INFINITY
): Promise<Exclude<Round, number>> {
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
  return { things: events, seconds: milliseconds / 1_000 }
}
