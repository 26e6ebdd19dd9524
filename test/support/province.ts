import type { DataOf } from '../../src/events/catalogue.ts'
import type { Actor } from '../../src/events/envelope.ts'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { fact } from './given.ts'
import { claimed, type Happening, node, opened, published } from './history.ts'

/*
 * A small province that the tests of commands act in: `qazvin` below `organisation`, an office below it, and a
 * framework with the leaves G.a.1 (40), G.a.2 (20) and G.b (40).
 */

export const registrar: Actor = { id: 'r-5', role: 'registrar', units: [] }
export const assessor: Actor = { id: 'a-3', role: 'assessor', units: ['qazvin'] }
export const expert: Actor = { id: 'e-17', role: 'expert', units: ['organisation'] }

export const FRAMEWORK = '1402-x'
export const EVALUATION = '1402-x.qazvin'

export const registered = (
  unit: string,
  parent?: string,
  more: Partial<DataOf<'UnitRegistered'>> = {}
): Happening =>
  fact('UnitRegistered', {
    unit,
    name: { fa: unit },
    kind: 'organisation',
    ...(parent === undefined ? {} : { parent }),
    ...more
  })

/** Events 1 to 4. */
export const units: Happening[] = [
  registered('organisation'),
  registered('qazvin', 'organisation'),
  registered('qazvin-office', 'qazvin'),
  registered('tehran', 'organisation')
]

export const nodes: FrameworkNode[] = [
  node('G', null, '100', { kind: 'set' }),
  node('G.a', 'G', '60'),
  node('G.a.1', 'G.a', '40'),
  node('G.a.2', 'G.a', '20'),
  node('G.b', 'G', '40')
]

/** Events 1 to 6: the units, a framework of these nodes, and its evaluation in self-assessment. */
export const live = (
  definitions: FrameworkNode[] = nodes,
  more: Partial<DataOf<'FrameworkPublished'>> = {}
): Happening[] => [
  ...units,
  published(FRAMEWORK, definitions, more),
  opened(FRAMEWORK, 'qazvin', { origin: 'live' })
]

export const imported = (
  definitions: FrameworkNode[] = nodes,
  more: Partial<DataOf<'FrameworkPublished'>> = {}
): Happening[] => [...units, published(FRAMEWORK, definitions, more), opened(FRAMEWORK, 'qazvin')]

/** What the unit enters for a leaf. */
export const entered = (
  code: string,
  points: string,
  more: Partial<DataOf<'SelfScoreEntered'>> = {}
): Happening => ({ ...claimed(code, points, more), by: assessor })

export const submitted = (blank: DataOf<'SelfAssessmentSubmitted'>['blank'] = []): Happening =>
  fact('SelfAssessmentSubmitted', { frameworkRevision: '0', blank }, assessor)

/** Events 1 to 10: every leaf was claimed in full and submitted. */
export const inReview = (): Happening[] => [
  ...live(),
  entered('G.a.1', '40'),
  entered('G.a.2', '20'),
  entered('G.b', '40'),
  submitted()
]

export const confirmed = (code: string, points: string, confirms: string): Happening =>
  fact('ScoreConfirmed', { node: code, points, confirms }, expert)

export const overridden = (
  code: string,
  points: string,
  more: Partial<DataOf<'ScoreOverridden'>> = {}
): Happening =>
  fact(
    'ScoreOverridden',
    { node: code, points, previous: null, reasonCode: 'calculation', reason: 'sum', evidence: [], ...more },
    expert
  )

/** Events 1 to 13: every leaf overridden, to 30, 20 and 40. */
export const judged = (): Happening[] => [
  ...inReview(),
  overridden('G.a.1', '30'),
  overridden('G.a.2', '20'),
  overridden('G.b', '40')
]

/** Events 1 to 14; the window for appeals runs until the given instant. */
export const inAppeal = (appealClosesAt = '2024-03-30T20:30:00.000Z'): Happening[] => [
  ...judged(),
  fact('ReviewCompleted', { appealClosesAt }, expert)
]

/** A claim, grant, refusal or revocation of not applicable. */
export const exempt = (
  type: 'NotApplicableClaimed' | 'NotApplicableGranted' | 'NotApplicableRefused' | 'NotApplicableRevoked',
  code: string
): Happening => {
  if (type === 'NotApplicableClaimed') {
    return fact(type, { node: code, reasonCode: 'no-subject', reason: 'none here', evidence: [] }, assessor)
  }
  if (type === 'NotApplicableGranted')
    return fact(type, { node: code, reasonCode: 'no-subject', reason: 'none' }, expert)
  return fact(type, { node: code, reasonCode: 'definition', reason: 'it does apply' }, expert)
}

export const returned = (...codes: string[]): Happening =>
  fact('ReturnedForCorrection', { nodes: codes, reason: 'the list is missing' }, expert)

export const reopened = (): Happening =>
  fact('EvaluationReopened', {
    reason: 'a mistake was found',
    authority: { body: 'council', number: '12', date: '2024-05-01' }
  })
