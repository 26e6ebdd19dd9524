import type { FrameworkNode } from '../../src/events/forms.ts'
import type { TestApp, Who } from './app.ts'

/*
 * A rehearsal of one year: two directorates below an organisation, a framework with a node of every kind of rule, and
 * windows of 0 days, so that nobody has to wait.
 */

export const registrar: Who = { id: 'r-5', role: 'registrar' }
export const assessor: Who = { id: 'a-3', role: 'assessor', units: ['qazvin'] }
export const yazdi: Who = { id: 'a-8', role: 'assessor', units: ['yazd'] }
export const expert: Who = { id: 'e-17', role: 'expert', units: ['organisation'] }
export const auditor: Who = { id: 'm-9', role: 'auditor' }
export const viewer: Who = { id: 'v-2', role: 'viewer' }
export const panelist: Who = { id: 'p-4', role: 'panelist' }

export const FRAMEWORK = '1402-rehearsal'
export const QAZVIN = `${FRAMEWORK}.qazvin`
export const YAZD = `${FRAMEWORK}.yazd`

const node = (
  code: string,
  parent: string | null,
  kind: FrameworkNode['kind'],
  ceiling: string,
  more: Partial<FrameworkNode> = {}
): FrameworkNode => ({
  code,
  parent,
  kind,
  title: { fa: `گره ${code}`, en: `Node ${code}` },
  ceiling,
  ...more
})

/** `G.1` takes out what does not apply, `G.2` spreads it. */
export const rehearsalNodes: FrameworkNode[] = [
  node('G', null, 'set', '100'),
  node('G.1', 'G', 'axis', '60'),
  node('G.1.a', 'G.1', 'indicator', '20'),
  node('G.1.b', 'G.1', 'indicator', '25', { rule: { kind: 'ratio', target: '80' }, unitOfMeasure: 'درصد' }),
  node('G.1.c', 'G.1', 'indicator', '15', { rule: { kind: 'growth', target: '10' } }),
  node('G.2', 'G', 'axis', '40', { notApplicable: 'spread' }),
  node('G.2.a', 'G.2', 'indicator', '25', {
    rule: {
      kind: 'bands',
      bands: [
        { from: '50', points: '10' },
        { from: '80', points: '25' }
      ]
    }
  }),
  node('G.2.b', 'G.2', 'indicator', '15', { rule: { kind: 'ratio', target: '30', direction: 'lower' } })
]

export const rehearsalFramework = {
  framework: FRAMEWORK,
  period: { id: '1402', title: { fa: '۱۴۰۲' }, startsOn: '2023-03-21', endsOn: '2024-03-19' },
  title: { fa: 'ارزیابی آزمایشی', en: 'Rehearsal' },
  issuedBy: 'organisation',
  nodes: rehearsalNodes,
  appeal: { windowDays: 0, escalationDays: 0, decisionDays: 0, instances: 2 },
  grades: [
    { from: '75', title: { fa: 'خوب' } },
    { from: '0', title: { fa: 'ضعیف' } }
  ],
  notApplicable: 'remove'
}

export async function registerUnits({ act }: TestApp): Promise<void> {
  const organisation = { unit: 'organisation', name: { fa: 'سازمان' }, kind: 'organisation' }
  await act(registrar, 'register-unit', organisation)
  for (const [unit, fa] of [
    ['qazvin', 'قزوین'],
    ['yazd', 'یزد']
  ]) {
    const place = { parent: 'organisation', province: unit, groups: ['rehearsal'] }
    await act(registrar, 'register-unit', { unit, name: { fa }, kind: 'directorate', ...place })
  }
}

/** The units, the framework, and an evaluation of both in self-assessment. */
export async function openRehearsal(app: TestApp, framework: object = rehearsalFramework): Promise<void> {
  await registerUnits(app)
  await app.act(registrar, 'publish-framework', framework)
  for (const unit of ['qazvin', 'yazd'])
    await app.act(registrar, 'open-evaluation', { unit, framework: FRAMEWORK, origin: 'live' })
}

/** What Qazvin claims: 20, 18.75, 11.25, 25 and 11.25 points by the rules, 86.25 in all. */
export const claims: Record<string, object> = {
  'G.1.a': { points: '20' },
  'G.1.b': { measurement: { numerator: '60', denominator: '100' } },
  'G.1.c': { measurement: { numerator: '230' } },
  'G.2.a': { measurement: { numerator: '80', denominator: '100' } },
  'G.2.b': { measurement: { numerator: '40' } }
}

/** Qazvin enters all its claims; its target for the growth of `G.1.c` is 20 % over 200. */
export async function enterClaims({ act }: TestApp): Promise<void> {
  const target = { evaluation: QAZVIN, node: 'G.1.c', target: '20', baseline: '200' }
  await act(registrar, 'assign-target', target)
  for (const [code, claim] of Object.entries(claims))
    await act(assessor, 'enter-self-score', { evaluation: QAZVIN, node: code, ...claim })
}

/** Everything up to the review: claimed and submitted. */
export async function submitRehearsal(app: TestApp, framework: object = rehearsalFramework): Promise<void> {
  await openRehearsal(app, framework)
  await enterClaims(app)
  await app.act(assessor, 'submit-self-assessment', { evaluation: QAZVIN })
}
