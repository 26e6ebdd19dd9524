import { parseArgs } from 'node:util'
import { projections } from '../projections/all.ts'
import type { Rebuilt } from '../projections/rebuild.ts'
import { withKeeper } from '../projections/tracks.ts'
import type { Config } from '../src/config.ts'
import { rebuildInTwo } from '../src/rebuilding/rebuild-in-two.ts'
import { idAtIn } from '../src/store/event-at.ts'
import { aboutFile, aboutFileLater } from '../src/store/file-trouble.ts'
import { openReader } from '../src/store/open.ts'
import { openReadModel } from '../src/store/read-model.ts'
import { BUILDING } from '../src/store/read-model-options.ts'
import { createProgress } from './demo/progress.ts'
import { Complaint, complain, EXIT, interruptions, runProgram, say } from './program.ts'

/*
 * Builds the rows of projections anew from the events, beside the ones there are, which stay until it is done. It may
 * be interrupted: the next run, or the server, goes on from there.
 */

const READ_MODEL = 'The read model'
const NAMES = projections.map(({ name }) => name)
const USAGE = `Usage: npm run rebuild [-- <projection>…]
  <projection>  ${NAMES.join(', ')}; all of them unless named`

function readNames(): string[] {
  const fail = (why: string) => new Complaint(`${why}\n${USAGE}`)
  try {
    const { positionals } = parseArgs({ allowPositionals: true, options: {} })
    const unknown = positionals.find((name) => !NAMES.includes(name))
    if (unknown !== undefined) throw fail(`There is no projection ${unknown}`)
    return positionals.length > 0 ? positionals : NAMES
  } catch (error) {
    throw error instanceof Complaint ? error : fail(error instanceof Error ? error.message : String(error))
  }
}

async function rebuild(config: Config): Promise<number> {
  const names = readNames()
  const store = await openReader(config.store, config)
  try {
    const [identity, end] = [await store.identity(), await store.end()]
    const rows = openReadModel(config.readModel, withKeeper(projections), { rebuild: names, ...BUILDING })
    try {
      const idAt = idAtIn(store)
      const known = rows.known()
      const holdsKnown = known === null || (await idAt(known.position)) === known.event
      aboutFile(READ_MODEL, config.readModel, () => rows.bindStore(identity, end, holdsKnown))
      const newest = await idAt(end)
      if (newest !== null) rows.meet({ position: end, event: newest })
      const wanted = projections.filter(({ name }) => names.includes(name))
      const progress = createProgress(Number(end), 'Rebuild')
      const begun = performance.now()
      const onProgress = (position: bigint) => progress.show(Number(position))
      const parts = { source: config, path: config.readModel, end, store, rows, projections: wanted }
      const result = await aboutFileLater(READ_MODEL, config.readModel, () =>
        rebuildInTwo({ ...parts, onProgress, ...interruptions() })
      ).finally(progress.end)
      return tell(names, result, rows.served(names[0] ?? ''), performance.now() - begun)
    } finally {
      rows.close()
    }
  } finally {
    await store.close()
  }
}

function tell(names: readonly string[], result: Rebuilt, position: bigint, milliseconds: number): number {
  if (!result.finished) {
    complain(
      `Interrupted after ${result.events} events; the rows of before are in place. The next rebuild goes on with what two threads had not divided, and begins the rest again.`
    )
    return EXIT.interrupted
  }
  for (const { projection, event, position: at, error } of result.stopped) {
    complain(`${projection} stopped at event ${event} (position ${at}): ${error}`)
  }
  if (result.stopped.length > 0) return EXIT.differs
  const seconds = (milliseconds / 1000).toFixed(1)
  say(`Rebuilt ${names.join(', ')} up to position ${position}: ${result.events} events in ${seconds} s`)
  return EXIT.ok
}

await runProgram(rebuild)
