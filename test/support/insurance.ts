import { readFileSync } from 'node:fs'
import type { FrameworkNode } from '../../src/events/forms.ts'
import type { TestApp, Who } from './app.ts'

/*
 * The dispute about indicator S6, rehearsed as a live evaluation in a framework of its own: ten specific indicators of
 * 1000 points and one general one. The counts, the target and the province's words are those of the sample.
 */

export const registrar: Who = { id: 'r-5', role: 'registrar' }
export const assessor: Who = { id: 'a-3', role: 'assessor', units: ['qazvin'] }
export const expert: Who = { id: 'e-17', role: 'expert', units: ['organisation'] }
export const chair: Who = { id: 'p-4', role: 'panelist', units: ['ministry'] }
export const auditor: Who = { id: 'm-9', role: 'auditor' }

const FRAMEWORK = 'rehearsal-1402-specific'
export const EVALUATION = `${FRAMEWORK}.qazvin`

const sample = JSON.parse(
  readFileSync(new URL('../../scripts/sample/qazvin/dispute-insurance.json', import.meta.url), 'utf8')
).dispute
/** The province's own words. */
export const argument: string = sample.argument.fa
export const measurement = { numerator: sample.figures.insured, denominator: sample.figures.eligible }
export const target: string = sample.figures.nationalTargetPercent

const node = (
  code: string,
  parent: string | null,
  kind: FrameworkNode['kind'],
  ceiling: string,
  more: Partial<FrameworkNode> = {}
): FrameworkNode => ({ code, parent, kind, title: { fa: code }, ceiling, ...more })

const indicators: Record<string, string> = {
  S1: '100',
  S2: '100',
  S3: '100',
  S4: '100',
  S5: '150',
  S7: '150',
  S8: '50',
  S9: '50',
  S10: '50'
}

const framework = {
  framework: FRAMEWORK,
  period: { id: 'rehearsal-1402', title: { fa: '۱۴۰۲' }, startsOn: '2023-03-21', endsOn: '2024-03-19' },
  title: { fa: 'شاخص‌های اختصاصی، تمرین' },
  issuedBy: 'organisation',
  nodes: [
    node('S', null, 'set', '1000'),
    ...Object.entries(indicators).map(([code, ceiling]) => node(code, 'S', 'indicator', ceiling)),
    node('S6', 'S', 'indicator', '150', { rule: { kind: 'ratio', target }, unitOfMeasure: 'درصد' }),
    node('G', null, 'set', '1000'),
    node('G1', 'G', 'indicator', '1000')
  ],
  appeal: { windowDays: 10, escalationDays: 10, decisionDays: 30, instances: 2 },
  grades: [
    { from: '0', title: { fa: 'متوسط' } },
    { from: '86', title: { fa: 'خوب' } },
    { from: '95', title: { fa: 'عالی' } }
  ],
  notApplicable: 'remove'
}

/** Units, framework, claims and submission: everything is claimed in full but G1. */
export async function submitted({ act }: TestApp): Promise<void> {
  for (const [unit, kind, parent] of [
    ['ministry', 'ministry'],
    ['organisation', 'organisation', 'ministry'],
    ['qazvin', 'directorate', 'organisation']
  ])
    await act(registrar, 'register-unit', { unit, name: { fa: unit }, kind, parent })
  await act(registrar, 'publish-framework', framework)
  await act(registrar, 'open-evaluation', { unit: 'qazvin', framework: FRAMEWORK, origin: 'live' })
  for (const [code, points] of [...Object.entries(indicators), ['G1', '800']])
    await act(assessor, 'enter-self-score', { evaluation: EVALUATION, node: code, points })
  await act(assessor, 'enter-self-score', { evaluation: EVALUATION, node: 'S6', measurement })
  await act(assessor, 'submit-self-assessment', { evaluation: EVALUATION })
}

export const override = {
  evaluation: EVALUATION,
  node: 'S6',
  points: '75',
  reasonCode: 'definition',
  reason: 'عنوان شاخص، افزایش نسبت را می‌خواهد نه سطح آن را'
}

/** S6 is overridden to 75 and S7 to 135.12, the rest confirmed; the specific set stands at 910.12. */
export async function reviewed({ act }: TestApp): Promise<void> {
  await act(expert, 'override-score', override)
  const calculation = { points: '135.12', reasonCode: 'calculation', reason: 'جمع واحدها' }
  await act(expert, 'override-score', { evaluation: EVALUATION, node: 'S7', ...calculation })
  await act(expert, 'confirm-scores', { evaluation: EVALUATION, rest: true })
  await act(expert, 'complete-review', { evaluation: EVALUATION })
}

/** The province disputes S6 in its own words. */
export async function appealed({ act }: TestApp): Promise<string> {
  const filed = await act(assessor, 'file-appeal', {
    evaluation: EVALUATION,
    node: 'S6',
    claim: { measurement },
    grounds: argument,
    case: 'letter-371',
    evidence: [{ title: { fa: 'آمار بیمه‌شدگان' }, sha256: 'ab'.repeat(32) }],
    letter: { number: '371', date: '2024-04-02' }
  })
  return filed.json().created.appeals[0]
}
