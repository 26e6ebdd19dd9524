import { parseArgs } from 'node:util'
import { projections } from '../projections/all.ts'
import type { Config } from '../src/config.ts'
import { type Attestation, keepAttestation } from '../src/store/attestation.ts'
import { openReader } from '../src/store/open.ts'
import { fileOfAttestation, removeAttested } from '../src/store/rows-files.ts'
import { attestRows, type Finding, NOBODY } from './attest/compare.ts'
import { openLive } from './attest/live.ts'
import { createProgress } from './demo/progress.ts'
import { Complaint, complain, EXIT, interruptions, runProgram, say } from './program.ts'

/*
 * Shows that the rows which everybody reads are what the events make of them: rebuilds all of them from the first
 * event and compares. The server may go on meanwhile, and tells what was found. Ends with status 1 where anything
 * differs.
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
      removeAttested(config.readModel)
      const findings = await attestRows({
        live,
        store,
        source: config,
        projections,
        scratch: fileOfAttestation(config.readModel),
        onProgress: (position) => progress.show(Number(position)),
        ...interruptions()
      }).finally(progress.end)
      if (!findings) {
        complain('Interrupted: nothing was attested, and what was found before stays as it was.')
        return EXIT.interrupted
      }
      await keep(config.readModel, attestationOf(findings, identity))
      return tell(findings)
    } finally {
      await store.close()
    }
  } finally {
    live.close()
  }
}

function attestationOf(findings: readonly Finding[], ledger: string): Attestation {
  const outcomeOf = (all: readonly Finding[]) =>
    all.every(({ differences }) => differences.length === 0) ? 'same' : 'differs'
  const positions = findings.filter(({ projection }) => projection !== NOBODY).map(({ position }) => position)
  const [lowest = 0n] = positions.sort((a, b) => (a < b ? -1 : 1))
  return {
    at: new Date().toISOString(),
    ledger,
    position: String(lowest),
    outcome: outcomeOf(findings),
    projections: findings.map((finding) => ({
      name: finding.projection,
      position: String(finding.position),
      outcome: outcomeOf([finding]),
      rows: finding.rows,
      sha256: finding.sha256
    }))
  }
}

/** Nothing that was found is less true because it could not be kept. */
async function keep(readModel: string, attestation: Attestation): Promise<void> {
  try {
    await keepAttestation(readModel, attestation)
  } catch (error) {
    complain(`What was found could not be kept beside ${readModel}: ${String(error)}`)
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
