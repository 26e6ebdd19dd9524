import type { Case } from '../src/rules/case.ts'
import { caseNow } from './cases.ts'
import { ledgerList } from './ledger-list.ts'
import type { Reader } from './projection.ts'
import { scorecardCases } from './scorecard.ts'

/**
 * The case of an evaluation as it stands, where neither it nor its framework has moved since a position: so it stood there,
 * too, and no stream has to be played. Null where something has moved, or where rows cannot tell: the ledger's own may be
 * behind those of evaluations.
 */
export function unmovedSince(reader: Reader, evaluation: string, position: bigint): Case | null {
  const found = caseNow(scorecardCases, reader, evaluation)
  if (!found) return null
  const { framework } = found
  const ends = [
    { stream: `evaluation-${evaluation}`, revision: found.evaluation.revision },
    { stream: `framework-${framework.framework}`, revision: framework.revision }
  ]
  return ends.every((end) => isEndAt(reader, end, position)) ? found : null
}

/** Whether the stream ended with this revision at a position already. */
function isEndAt(
  reader: Reader,
  { stream, revision }: { stream: string; revision: number },
  position: bigint
): boolean {
  const span = { after: 0n, before: AFTER_ALL, order: 'newest', limit: 1 } as const
  const [newest] = ledgerList(reader, { stream }, span)
  return newest?.revision === revision && newest.position <= position
}

/** Positions are integers of 64 bits. */
const AFTER_ALL = 2n ** 63n - 1n
