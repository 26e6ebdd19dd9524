import { open, readFile, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import { Instant, Position } from '../events/forms.ts'

/*
 * What the last attestation found, beside the rows that it attested. A file of its own: whoever attests must not
 * write into rows that a server goes on with.
 */

const Attestation = z.object({
  /** When it was finished. */
  at: Instant,
  /** The identity of the ledger. */
  ledger: z.string(),
  /** Everything up to here was compared. */
  position: Position,
  outcome: z.enum(['same', 'differs']),
  projections: z.array(
    z.object({
      name: z.string(),
      position: Position,
      outcome: z.enum(['same', 'differs']),
      rows: z.int(),
      /** Of the rows that are read; null where they could not be compared. */
      sha256: z.string().nullable()
    })
  )
})
export type Attestation = z.infer<typeof Attestation>

/** Several read models may stand in one folder. */
const pathOf = (readModel: string): string => `${readModel}.attestation.json`

/** Keeps what an attestation of the rows at a path found; whoever reads meanwhile sees the one before, or this one. */
export async function keepAttestation(readModel: string, attestation: Attestation): Promise<void> {
  const path = pathOf(readModel)
  const draft = `${path}.${process.pid}`
  try {
    const file = await open(draft, 'w')
    try {
      await file.writeFile(`${JSON.stringify(attestation, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** What the last attestation of the rows at a path found; null where there is none that can be read. */
export async function lastAttestation(readModel: string): Promise<Attestation | null> {
  try {
    return Attestation.parse(JSON.parse(await readFile(pathOf(readModel), 'utf8')))
  } catch {
    return null
  }
}
