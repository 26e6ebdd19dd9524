import { ownMember } from '../src/own-member.ts'
import type { Evaluation } from '../src/rules/evaluation.ts'

/** A document as the file of an appeal lists it. */
export function evidenceView(evaluation: Evaluation, evidence: string) {
  const file = ownMember(evaluation.evidence, evidence)
  return {
    evidence,
    title: file?.title ?? null,
    kind: file?.kind ?? null,
    sha256: file?.sha256 ?? null,
    uri: file?.uri ?? null,
    nodes: [...(file?.nodes ?? [])],
    afterSubmission: file?.afterSubmission ?? null,
    by: file?.by ?? null,
    at: file?.at ?? null
  }
}
