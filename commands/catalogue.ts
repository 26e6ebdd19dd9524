import { amendFramework } from './amend-framework.ts'
import { answerAppeal } from './answer-appeal.ts'
import { assignPanel } from './assign-panel.ts'
import { assignResponsibility } from './assign-responsibility.ts'
import { assignTarget } from './assign-target.ts'
import { attachEvidence } from './attach-evidence.ts'
import { claimNotApplicable } from './claim-not-applicable.ts'
import { type AnyCommand, prepare } from './command.ts'
import { completeReview } from './complete-review.ts'
import { confirmScores } from './confirm-scores.ts'
import { decideAppeal } from './decide-appeal.ts'
import { enterSelfScore } from './enter-self-score.ts'
import { escalateAppeal } from './escalate-appeal.ts'
import { fileAppeal } from './file-appeal.ts'
import { fileCase } from './file-case.ts'
import { finaliseEvaluation } from './finalise-evaluation.ts'
import { grantNotApplicable } from './grant-not-applicable.ts'
import { linkLineage } from './link-lineage.ts'
import { openEvaluation } from './open-evaluation.ts'
import { overrideScore } from './override-score.ts'
import { provideAppealInformation } from './provide-appeal-information.ts'
import { publishFigure } from './publish-figure.ts'
import { publishFramework } from './publish-framework.ts'
import { reclassifyUnit } from './reclassify-unit.ts'
import { recordScore } from './record-score.ts'
import { refuseNotApplicable } from './refuse-not-applicable.ts'
import { registerUnit } from './register-unit.ts'
import { reopenEvaluation } from './reopen-evaluation.ts'
import { requestAppealInformation } from './request-appeal-information.ts'
import { returnForCorrection } from './return-for-correction.ts'
import { revokeNotApplicable } from './revoke-not-applicable.ts'
import { submitSelfAssessment } from './submit-self-assessment.ts'
import { waiveAppeal } from './waive-appeal.ts'
import { withdrawAppeal } from './withdraw-appeal.ts'

/** Every command there is, one line each; the HTTP routes and the OpenAPI document come from this list. */
export const commands: readonly AnyCommand[] = [
  prepare(registerUnit),
  prepare(reclassifyUnit),
  prepare(publishFramework),
  prepare(amendFramework),
  prepare(linkLineage),
  prepare(openEvaluation),
  prepare(assignTarget),
  prepare(assignResponsibility),
  prepare(enterSelfScore),
  prepare(claimNotApplicable),
  prepare(attachEvidence),
  prepare(submitSelfAssessment),
  prepare(returnForCorrection),
  prepare(confirmScores),
  prepare(overrideScore),
  prepare(grantNotApplicable),
  prepare(refuseNotApplicable),
  prepare(revokeNotApplicable),
  prepare(completeReview),
  prepare(fileAppeal),
  prepare(fileCase),
  prepare(answerAppeal),
  prepare(assignPanel),
  prepare(requestAppealInformation),
  prepare(provideAppealInformation),
  prepare(decideAppeal),
  prepare(escalateAppeal),
  prepare(withdrawAppeal),
  prepare(waiveAppeal),
  prepare(finaliseEvaluation),
  prepare(reopenEvaluation),
  prepare(recordScore),
  prepare(publishFigure)
]

/** The command of a name, or undefined. */
export const commandNamed = (name: string): AnyCommand | undefined =>
  commands.find((command) => command.name === name)
