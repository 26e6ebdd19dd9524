import { parseArgs } from 'node:util'
import { projections } from '../projections/all.ts'
import type { Config } from '../src/config.ts'
import { openReader } from '../src/store/open.ts'
import { attestRows, type Finding } from './attest/compare.ts'
import { openLive } from './attest/live.ts'
import { createProgress } from './demo/progress.ts'
import { Complaint, complain, EXIT, interruptions, runProgram, say } from './program.ts'

/*
 * Shows that the rows which everybody reads are what the events make of them: rebuilds all of them from the first
 * event and compares. The server may go on meanwhile. Ends with status 1 where anything differs.
 */

const USAGE = `Usage: npm run attest
  compares the rows at KARNAMEH_READ_MODEL with a rebuild from the ledger at KARNAMEH_STORE`

async function attest(config: Config): Promise<number> {
  try {
    parseArgs({ options: {} })
  } catch (error) {
    throw new Complaint(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
  const live = openLive(config.readModel)
  try {
    const store = await openReader(config.store, config)
    try {
      const identity = await store.identity()
      const ofStore = identity === 'empty' ? '' : identity
      if (live.identity !== '' && live.identity !== ofStore) {
        complain(`The rows of ${config.readModel} are of another ledger.`)
        return EXIT.differs
      }
      const newest = [...live.positions.values()].reduce((most, each) => (each > most ? each : most), 0n)
      const progress = createProgress(Number(newest), 'Attestation')
      const findings = await attestRows({
        live,
        store,
        projections,
        scratch: `${config.readModel}.attest-${process.pid}`,
        onProgress: (position) => progress.show(Number(position)),
        ...interruptions()
      }).finally(progress.end)
      return findings ? tell(findings) : EXIT.interrupted
    } finally {
      await store.close()
    }
  } finally {
    live.close()
  }
}

function tell(findings: readonly Finding[]): number {
  for (const { projection, position, rows, sha256, differences } of findings) {
    const verdict = differences.length === 0 ? 'same' : 'DIFFERS'
    const figures = sha256 === null ? '' : `  ${rows} rows, sha256 ${sha256}`
    say(`${projection.padEnd(14)} ${verdict.padEnd(8)} position ${position}${figures}`)
    for (const line of differences) say(`  ${line}`)
  }
  const bad = findings.filter(({ differences }) => differences.length > 0)
  say(
    bad.length === 0
      ? `The rows of all ${findings.length} projections are what the events make of them.`
      : `Not attested: ${bad.map(({ projection }) => projection).join(', ')}.`
  )
  return bad.length === 0 ? EXIT.ok : EXIT.differs
}

await runProgram(attest)
