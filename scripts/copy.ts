import { parseArgs } from 'node:util'
import type { Config } from '../src/config.ts'
import { type AnyAddress, parseAddress } from '../src/store/address.ts'
import { type Copied, copyLedger } from './copy/copy-ledger.ts'
import { openSource, openTarget } from './copy/endpoint.ts'
import { createProgress } from './demo/progress.ts'
import { Complaint, complain, EXIT, interruptions, runProgram, say } from './program.ts'

/*
 * Copies a whole ledger to another back end, to a backup file, or back. It may be interrupted and run again; a second
 * run adds what is new.
 */

const USAGE = `Usage: npm run copy -- --from <store> --to <store>
  <store>  file:<path>    an embedded store (as a source it may be in use, as a target not)
           esdb://…       EventStoreDB, streams under KARNAMEH_STREAM_PREFIX
           ndjson:<path>  a backup file`

function readAddresses(): { from: AnyAddress; to: AnyAddress } {
  try {
    const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } })
    const [from, to] = [parseAddress(values.from ?? ''), parseAddress(values.to ?? '')]
    if (from && to) return { from, to }
    throw new Error(`bad or missing: ${from ? '--to' : '--from'}`)
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}

async function copy(config: Config): Promise<number> {
  const { from, to } = readAddresses()
  const source = await openSource(from, config)
  try {
    if (source.note !== undefined) complain(source.note)
    const target = await openTarget(to, config)
    const { end, ...told } = progressOf(source.total)
    try {
      return tell(await copyLedger(source, target, { ...told, ...interruptions() }))
    } finally {
      end()
      await target.close()
    }
  } finally {
    await source.close()
  }
}

/** One bar while it copies, and one while it compares, which takes as long. */
function progressOf(total: number | null) {
  let progress = createProgress(total, 'Copy')
  let isComparing = false
  return {
    onProgress: (events: number) => progress.show(events),
    onCompared(events: number, of: number) {
      if (!isComparing) {
        progress.end()
        progress = createProgress(of, 'Compare')
        isComparing = true
      }
      progress.show(events)
    },
    end: () => progress.end()
  }
}

function tell({ finished, unlooked, found, added, sha256 }: Copied): number {
  if (!finished) {
    const next = unlooked
      ? 'All were copied, but not compared: run it again for that.'
      : 'Run it again to go on.'
    complain(`Interrupted: ${found + added} events are there. ${next}`)
    return EXIT.interrupted
  }
  say(`Copied ${added} events; ${found} were there before.`)
  say(`Both hold the same ${found + added} events, compared one by one; sha256 ${sha256}`)
  return EXIT.ok
}

await runProgram(copy)
