import type { TestApp, Who } from './app.ts'
import { claims, FRAMEWORK, QAZVIN, registerUnits, rehearsalFramework, YAZD } from './rehearsal.ts'

/*
 * A small ledger with something of everything that a read may have to show. Whatever readers of figures may not see,
 * persons, reasons, letters, documents, contains the letters `zxzx`; nothing else does. (Two of them would be in one random key
 * of a hundred.)
 */

export const SECRET = /zxzx/
/** With markup in it, as a person may write it. */
const secret = (what: string) => `zxzx ${what} <i>"'&</i>`
const reason = secret('reason')
const letter = { number: 'zxzx/77', date: '2024-04-01', signatory: 'zxzx-signatory' }

const registrar: Who = { id: 'zxzx-r', role: 'registrar' }
const expert: Who = { id: 'zxzx-e', role: 'expert', units: ['organisation'] }
/** The persons of the units, and one who sits on the panel of Qazvin's appeal. */
export const ofQazvin: Who = { id: 'zxzx-a', role: 'assessor', units: ['qazvin'] }
export const ofYazd: Who = { id: 'zxzx-y', role: 'assessor', units: ['yazd'] }
export const member: Who = { id: 'zxzx-p', role: 'panelist' }

export const EARLIER = '1401-rehearsal'
export const CITY = `${EARLIER}.qazvin-city`

const source = { document: 'The report of 1401', place: 'table 6', digits: 2 }

/** Windows that stay open as long as the test runs. */
const framework = {
  ...rehearsalFramework,
  appeal: { windowDays: 10, escalationDays: 5, decisionDays: 15, instances: 2 }
}

const earlier = (code: string, parent: string | null, kind: string, ceiling: string) => ({
  code,
  parent,
  kind,
  title: { fa: code },
  ceiling
})

const earlierFramework = {
  ...rehearsalFramework,
  framework: EARLIER,
  period: { id: '1401', title: { fa: '۱۴۰۱' }, startsOn: '2022-03-21', endsOn: '2023-03-20' },
  issuedOn: '2022-06-01',
  nodes: [
    earlier('H', null, 'set', '100'),
    earlier('H.1', 'H', 'axis', '60'),
    earlier('H.1.a', 'H.1', 'indicator', '20'),
    earlier('H.1.b', 'H.1', 'indicator', '40'),
    earlier('H.2', 'H', 'axis', '40'),
    earlier('H.2.a', 'H.2', 'indicator', '25'),
    earlier('H.2.b', 'H.2', 'indicator', '15')
  ]
}

/**
 * Two periods with lineage, three units, and everything that `live`, `imported` and `appealed` add. `atStage` is told
 * when the ledger stands at one of several stages on the way.
 */
export async function seedAllKinds(
  app: TestApp,
  atStage: () => Promise<void> = async () => {}
): Promise<void> {
  await registerUnits(app)
  const city = {
    unit: 'qazvin-city',
    name: { fa: 'شهر <i>قزوین</i>', en: 'Qazvin <i>"city"</i>' },
    kind: 'office',
    parent: 'qazvin'
  }
  await app.act(registrar, 'register-unit', city)
  await app.act(registrar, 'publish-framework', earlierFramework)
  await app.act(registrar, 'publish-framework', framework)
  await imported(app)
  await atStage()
  await link(app)
  await live(app)
  await atStage()
  await appealed(app)
  await app.act(registrar, 'reclassify-unit', { unit: 'yazd', groups: ['rehearsal', 'east'], reason, letter })
}

async function link({ act }: TestApp): Promise<void> {
  const links: [node: string, relation: string, ...before: string[]][] = [
    ['G', 'same', 'H'],
    ['G.1', 'same', 'H.1'],
    ['G.1.a', 'same', 'H.1.a'],
    ['G.1.b', 'split', 'H.1.b'],
    ['G.1.c', 'split', 'H.1.b'],
    ['G.2', 'same', 'H.2'],
    ['G.2.a', 'merged', 'H.2.a', 'H.2.b'],
    ['G.2.b', 'new']
  ]
  for (const [node, relation, ...before] of links) {
    const predecessors = before.map((code) => ({ framework: EARLIER, node: code }))
    await act(registrar, 'link-lineage', { framework: FRAMEWORK, node, relation, predecessors })
  }
  await act(registrar, 'link-lineage', {
    framework: EARLIER,
    node: 'H.2.b',
    relation: 'retired',
    predecessors: []
  })
}

async function imported({ act }: TestApp): Promise<void> {
  for (const unit of ['qazvin', 'yazd', 'qazvin-city'])
    await act(registrar, 'open-evaluation', { unit, framework: EARLIER, origin: 'imported', source })
  const record = (unit: string, node: string, level: string, points: string, more = {}) =>
    act(registrar, 'record-score', { evaluation: `${EARLIER}.${unit}`, node, level, points, source, ...more })
  const publish = (about: object, figure: object) =>
    act(registrar, 'publish-figure', {
      evaluation: `${EARLIER}.qazvin`,
      about,
      source,
      printed: '-',
      letter,
      ...figure
    })
  await record('qazvin', 'H.1', 'self', '55')
  await record('qazvin', 'H.1.a', 'self', '20', { note: secret('note') })
  await record('qazvin', 'H.1.b', 'self', '30', { measurement: { numerator: '3', denominator: '4', source } })
  await record('qazvin', 'H.1.a', 'final', '18.2')
  await record('qazvin', 'H.1.b', 'final', '30')
  await record('qazvin', 'H.2.a', 'final', '25')
  await act(registrar, 'grant-not-applicable', {
    evaluation: `${EARLIER}.qazvin`,
    node: 'H.2.b',
    reasonCode: 'not-stated',
    source
  })
  const rank = { place: '2', of: '31', population: 'all provinces' }
  await publish({ node: 'total' }, { level: 'final', points: '73.20', percent: '86.21', rank })
  await publish(
    { node: 'H.1' },
    { level: 'final', points: '84.2', percent: '84.20', ceiling: '60', printed: '84.2 | 60' }
  )
  await publish({ node: 'H' }, { count: '4', growthPercent: '5.2', grade: 'good' })
  await publish({ node: 'X.9' }, { level: 'self', points: '10' })
  await publish({ label: 'table 29' }, { percent: '91' })
  await act(registrar, 'finalise-evaluation', { evaluation: `${EARLIER}.qazvin`, letter })
  await record('yazd', 'H.1.a', 'final', '20')
  await record('qazvin-city', 'H', 'final', '73.2')
}

async function live({ act }: TestApp): Promise<void> {
  for (const unit of ['qazvin', 'yazd'])
    await act(registrar, 'open-evaluation', { unit, framework: FRAMEWORK, origin: 'live' })
  const evaluation = QAZVIN
  await act(registrar, 'assign-target', { evaluation, node: 'G.1.c', target: '20', baseline: '200' })
  const domain = { fa: 'معاونت توسعه' }
  await act(registrar, 'assign-responsibility', {
    evaluation,
    node: 'G.1.a',
    domain,
    part: 'main',
    person: 'zxzx-dr'
  })
  const document = { title: { fa: secret('document') }, sha256: 'ab'.repeat(32) }
  for (const [node, claim] of Object.entries(claims).filter(([node]) => node !== 'G.2.b'))
    await act(ofQazvin, 'enter-self-score', {
      evaluation,
      node,
      ...claim,
      note: secret('note'),
      evidence: [document]
    })
  await act(ofQazvin, 'claim-not-applicable', { evaluation, node: 'G.2.b', reasonCode: 'no-subject', reason })
  await act(ofQazvin, 'attach-evidence', {
    evaluation,
    nodes: ['G.1'],
    kind: 'minutes',
    ...document,
    uri: 'zxzx://a'
  })
  await act(ofQazvin, 'submit-self-assessment', { evaluation, letter })
  await act(expert, 'refuse-not-applicable', { evaluation, node: 'G.2.b', reasonCode: 'definition', reason })
  await act(expert, 'override-score', {
    evaluation,
    node: 'G.2.b',
    points: '3',
    reasonCode: 'other',
    reason,
    letter
  })
  const cut = {
    node: 'G.1.a',
    points: '12.5',
    reasonCode: 'evidence-insufficient',
    reason,
    ruleReference: secret('rule')
  }
  await act(expert, 'override-score', { evaluation, ...cut, evidence: [document], letter })
  await act(expert, 'confirm-scores', { evaluation, rest: true, letter })
  await act(expert, 'complete-review', { evaluation, letter })

  await act(ofYazd, 'enter-self-score', {
    evaluation: YAZD,
    node: 'G.1.a',
    points: '8',
    note: secret('note')
  })
  await act(expert, 'grant-not-applicable', {
    evaluation: YAZD,
    node: 'G.2.b',
    reasonCode: 'no-subject',
    reason
  })
  const blank = ['G.1.b', 'G.1.c', 'G.2.a'].map((node) => ({ node, reason }))
  await act(ofYazd, 'submit-self-assessment', { evaluation: YAZD, blank })
  await act(expert, 'return-for-correction', { evaluation: YAZD, nodes: ['G.1.b'], reason, letter })
}

/** Three appeals: one decided for 15 points after a question to the unit, one taken back, one that is open. */
async function appealed({ act }: TestApp): Promise<void> {
  const evaluation = QAZVIN
  const file = async (node: string, claim: object): Promise<string> => {
    const filed = await act(ofQazvin, 'file-appeal', { evaluation, node, claim, grounds: reason, letter })
    return filed.json().created.appeals[0]
  }
  const appeal = await file('G.1.a', { points: '20' })
  const body = { evaluation, appeal, letter }
  await act(expert, 'answer-appeal', { ...body, position: 'contest', text: reason })
  await act(registrar, 'assign-panel', { ...body, members: [member.id, 'zxzx-q'], chair: member.id })
  await act(member, 'request-appeal-information', { ...body, of: 'unit', question: reason })
  await act(ofQazvin, 'provide-appeal-information', { ...body, answer: reason })
  const result = { outcome: 'partly-upheld', points: '15' }
  await act(member, 'decide-appeal', {
    ...body,
    ...result,
    reasons: reason,
    dissent: reason,
    present: [member.id]
  })
  const taken = await file('G.1.b', { points: '25' })
  await act(ofQazvin, 'withdraw-appeal', { evaluation, appeal: taken, reason })
  await file('G.2.b', { applicable: false })
}
