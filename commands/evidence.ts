import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { Sha256 } from '../src/events/evidence-attached.ts'
import { Title, UlidId } from '../src/events/forms.ts'
import type { Circumstances, Decision } from './command.ts'
import { defined } from './define.ts'
import type { Open } from './situation.ts'

/** Evidence in a command: ids of what was attached before, or a document given on the spot. */
export const EvidenceInput = z
  .array(
    z.union([
      UlidId,
      z.strictObject({
        title: Title,
        sha256: Sha256.optional(),
        uri: z.string().min(1).max(2_000).optional()
      })
    ])
  )
  .max(200)
  .default([])
export type EvidenceInput = z.infer<typeof EvidenceInput>

/** The events that attach what was given on the spot, and the ids of all of it in the order given. */
export function attach(
  open: Open,
  nodes: readonly string[],
  evidence: EvidenceInput,
  { ulid }: Circumstances,
  firstUlid = 0
): { ids: string[]; attached: Decision[] } {
  const attached: Decision[] = []
  const ids = evidence.map((item) => {
    if (typeof item === 'string') {
      if (open.evaluation.evidence[item]) return item
      throw new Refusal('unknown-evidence', { params: { evidence: item } })
    }
    const id = ulid(firstUlid + attached.length)
    const afterSubmission = isAfterSubmission(open)
    const kind = item.uri === undefined ? ('file' as const) : ('link' as const)
    const data = defined({ evidence: id, nodes: [...nodes], kind, ...item, afterSubmission })
    attached.push({ type: 'EvidenceAttached', data })
    return id
  })
  return { ids, attached }
}

/** What comes after the first submission is marked as later. */
export const isAfterSubmission = ({ evaluation }: Open): boolean => evaluation.submittedAt !== null
