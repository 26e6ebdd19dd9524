import t, { type Test } from 'tap'
import { startTestApp, type TestApp } from '../support/app.ts'
import {
  assessor,
  auditor,
  enterClaims,
  expert,
  openRehearsal,
  QAZVIN,
  registrar,
  viewer,
  YAZD,
  yazdi
} from '../support/rehearsal.ts'

/** Self, expert, final, standing and gap of a node, as printed. */
interface Card {
  stage: string
  status: string
  total: Shown
  nodes: Shown[]
}
interface Shown {
  code: string
  applicable: boolean
  partial: boolean
  applicableCeiling: string
  gap: { points: string } | null
  [level: string]: unknown
}

const pointsAt = (node: Shown, level: string) => (node[level] as { points: string } | null)?.points ?? '-'

/** One line for a node of a scorecard: self, expert, final, standing, gap. */
const line = (node: Shown) =>
  [
    ...['self', 'expert', 'final', 'standing'].map((level) => pointsAt(node, level)),
    node.gap?.points ?? '-'
  ].join(' ')

const lines = ({ nodes, total }: Card) =>
  Object.fromEntries([...nodes, total].map((node) => [node.code, line(node)]))

t.test('a live evaluation from opening to reopening, by several people', async (t) => {
  const app = await startTestApp(t)
  const card = (evaluation = QAZVIN): Promise<Card> => app.read(viewer, `/v1/evaluations/${evaluation}`)
  await openRehearsal(app)
  t.match(await card(), {
    stage: 'self-assessment',
    status: 'provisional',
    total: { standing: null, partial: true }
  })

  await enterClaims(app)
  const claimed = await card()
  t.strictSame(lines(claimed), {
    G: '86.25 - - 86.25 0',
    'G.1': '50 - - 50 0',
    'G.1.a': '20 - - 20 0',
    'G.1.b': '18.75 - - 18.75 0',
    'G.1.c': '11.25 - - 11.25 0',
    'G.2': '36.25 - - 36.25 0',
    'G.2.a': '25 - - 25 0',
    'G.2.b': '11.25 - - 11.25 0',
    total: '86.25 - - 86.25 0'
  })
  await app.act({ id: 'a-4', role: 'assessor', units: ['qazvin'] }, 'submit-self-assessment', {
    evaluation: QAZVIN
  })
  t.match(await card(), { stage: 'review', submittedAt: String, returned: [] })

  await app.act(expert, 'return-for-correction', {
    evaluation: QAZVIN,
    nodes: ['G.1.b'],
    reason: 'a list is missing'
  })
  t.match(await card(), { stage: 'review', returned: ['G.1.b'] })
  const measurement = { numerator: '56', denominator: '100' }
  await app.act(assessor, 'enter-self-score', { evaluation: QAZVIN, node: 'G.1.b', measurement })
  await app.act(assessor, 'submit-self-assessment', { evaluation: QAZVIN })
  t.match(lines(await card()), { 'G.1.b': '17.5 - - 17.5 0', total: '85 - - 85 0' })

  await app.act(expert, 'override-score', {
    evaluation: QAZVIN,
    node: 'G.1.a',
    points: '12.5',
    reasonCode: 'evidence-insufficient',
    reason: 'half of the files have no date',
    letter: { number: '1402/77', date: '2024-04-01' }
  })
  const other = { id: 'e-18', role: 'expert' as const, units: ['organisation'] }
  await app.act(other, 'confirm-scores', { evaluation: QAZVIN, rest: true })
  const reviewed = await card()
  t.match(lines(reviewed), {
    'G.1.a': '20 12.5 - 12.5 7.5',
    'G.1': '48.75 41.25 - 41.25 7.5',
    total: '85 77.5 - 77.5 7.5'
  })

  await app.act(expert, 'complete-review', { evaluation: QAZVIN })
  t.match(await card(), { stage: 'appeal', appealClosesAt: String })
  await app.act({ id: 'r-6', role: 'registrar' }, 'finalise-evaluation', { evaluation: QAZVIN })
  const final = await card()
  t.match(final, {
    stage: 'final',
    status: 'final',
    finalisedAt: String,
    total: { standing: { percent: '77.50' } }
  })
  t.match(lines(final), { 'G.1.a': '20 12.5 12.5 12.5 7.5', total: '85 77.5 77.5 77.5 7.5' })
  await t.test('why the total is what it is', (t) => whyTotal(t, app))
  await t.test('the other unit, with a node that does not apply', (t) => yazdStory(t, app))
  await t.test('open again', (t) => reopening(t, app))
})

/** The steps of the total: 85 claimed in the end, 77.5 standing, and one act that took 7.5. */
async function whyTotal(t: Test, { read }: TestApp): Promise<void> {
  const why = await read(auditor, `/v1/evaluations/${QAZVIN}/nodes/total`)
  t.match(why, {
    self: { points: '85' },
    standing: { points: '77.5' },
    gap: { points: '7.5', percent: '7.50' }
  })
  const moving = why.steps.filter(({ delta }: { delta: string | null }) => delta !== null && delta !== '0')
  t.match(moving, [
    {
      type: 'ScoreOverridden',
      delta: '-7.5',
      before: '85',
      after: '77.5',
      by: 'e-17',
      letter: { number: '1402/77' }
    }
  ])
  const path = why.steps.map(({ after }: { after: string }) => after)
  t.strictSame(path.slice(0, 5), ['20', '38.75', '50', '75', '86.25'], 'claim by claim')
}

/** `G.2.b` does not apply to Yazd: `G.2` keeps its 40 points, and 10 of 25 become 16 of 40. */
async function yazdStory(t: Test, { act, read }: TestApp): Promise<void> {
  const evaluation = YAZD
  const enter = (node: string, claim: object) =>
    act(yazdi, 'enter-self-score', { evaluation, node, ...claim })
  await enter('G.1.a', { points: '8.2' })
  await enter('G.1.b', { measurement: { numerator: '9', denominator: '10' } })
  await enter('G.2.a', { measurement: { numerator: '50' } })
  const claim = {
    evaluation,
    node: 'G.2.b',
    reasonCode: 'no-subject',
    reason: 'there is none in the province'
  }
  await act(yazdi, 'claim-not-applicable', claim)
  const blank = [{ node: 'G.1.c', reason: 'the census was late' }]
  await act(yazdi, 'submit-self-assessment', { evaluation, blank })
  const partial = await read(viewer, `/v1/evaluations/${evaluation}`)
  t.match(partial.total, {
    partial: true,
    standing: { points: '43.2' },
    rollUp: { partial: true, atMost: '73.2' }
  })

  await act(expert, 'grant-not-applicable', { ...claim, reason: 'as the census shows' })
  const zero = { node: 'G.1.c', points: '0', reasonCode: 'evidence-missing', reason: 'nothing was sent' }
  await act(expert, 'override-score', { evaluation, ...zero })
  await act(expert, 'confirm-scores', { evaluation, rest: true })
  const card: Card = await read(viewer, `/v1/evaluations/${evaluation}`)
  t.match(lines(card), {
    'G.1': '33.2 33.2 - 33.2 0',
    'G.2': '16 16 - 16 0',
    'G.2.b': '- - - - -',
    total: '49.2 49.2 - 49.2 0'
  })
  t.match(
    card.nodes.map(({ code, applicable, applicableCeiling }) => [code, applicable, applicableCeiling]),
    [
      ['G', true, '100'],
      ['G.1', true, '60'],
      [],
      [],
      [],
      ['G.2', true, '40'],
      ['G.2.a', true, '25'],
      ['G.2.b', false, '0']
    ]
  )
  await act(expert, 'complete-review', { evaluation })
  await act(yazdi, 'waive-appeal', { evaluation })
  await act(registrar, 'finalise-evaluation', { evaluation })
  const events = await read(auditor, `/v1/evaluations/${evaluation}/events?limit=500`)
  t.match(events.items.at(-1), {
    type: 'EvaluationFinalised',
    data: { basis: 'waived', total: { points: '49.2', applicableCeiling: '100' } }
  })
  const league = await read(viewer, '/v1/league?period=1402')
  t.match(league.items, [
    { rank: 1, unit: 'qazvin', percent: '77.50', grade: { fa: 'خوب' }, status: 'final' },
    { rank: 2, unit: 'yazd', percent: '49.20', grade: { fa: 'ضعیف' }, status: 'final' }
  ])
}

/** Reopened on the authority of a council, judged again, and final once more. */
async function reopening(t: Test, { act, read }: TestApp): Promise<void> {
  const evaluation = QAZVIN
  const authority = { body: 'council', number: '12', date: '2024-06-01' }
  const reopened = await act(registrar, 'reopen-evaluation', {
    evaluation,
    reason: 'a file was found',
    authority
  })
  t.match(reopened.json().touches, { total: { points: '77.5', percent: '77.50' }, ranks: [] })
  t.strictSame(reopened.json().touches.nodes, ['G.1.a', 'G.1.b', 'G.1.c', 'G.2.a', 'G.2.b'])
  const open = await read(viewer, `/v1/evaluations/${evaluation}`)
  t.match(open, { stage: 'review', status: 'provisional', finalisedAt: null, total: { final: null } })
  t.match(open.total.standing, { points: '77.5' })
  const found = { node: 'G.1.a', points: '15', reasonCode: 'data-corrected', reason: 'the file was found' }
  await act(expert, 'override-score', { evaluation, ...found })
  await act(expert, 'complete-review', { evaluation })
  await act(registrar, 'finalise-evaluation', { evaluation })
  const card = await read(viewer, `/v1/evaluations/${evaluation}`)
  t.match(lines(card), { 'G.1.a': '20 15 15 15 5', total: '85 80 80 80 5' })
  const why = await read(auditor, `/v1/evaluations/${evaluation}/nodes/G.1.a`)
  t.match(
    why.steps.map(({ type, delta }: { type: string; delta: string | null }) => `${type} ${delta}`),
    ['SelfScoreEntered 0', 'ScoreOverridden -7.5', 'ScoreOverridden 2.5']
  )
}
