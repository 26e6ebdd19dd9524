import t, { type Test } from 'tap'
import { type Answer, startTestApp, type TestApp } from '../support/app.ts'
import {
  appealed,
  assessor,
  auditor,
  chair,
  EVALUATION,
  override,
  registrar,
  reviewed,
  submitted
} from '../support/insurance.ts'

const RACERS = 200
const racers = Array.from({ length: RACERS }, (_, i) => i)

const events = async ({ read }: TestApp): Promise<{ id: string; type: string }[]> =>
  (await read(auditor, `/v1/evaluations/${EVALUATION}/events?limit=500`)).items

/** One answer is 201; every other says no with one of these codes and names the event of the winner. */
async function oneWinner(t: Test, app: TestApp, answers: Answer[], type: string, codes: readonly string[]) {
  await app.settled()
  const won = answers.filter(({ statusCode }) => statusCode === 201)
  t.equal(won.length, 1, 'one winner')
  const winner = won[0]?.json().events.at(-1)
  const lost = answers.filter(({ statusCode }) => statusCode !== 201).map((answer) => answer.json())
  t.equal(lost.length, RACERS - 1, 'everybody is answered')
  for (const { status, code, event } of lost) {
    if (codes.includes(`${status} ${code}`) && event === winner.id) continue
    t.fail('a loser is told of the winner', { found: { status, code, event }, wanted: { codes, winner } })
  }
  const stored = (await events(app)).filter((event) => event.type === type)
  t.strictSame(
    stored.map(({ id }) => id),
    [winner.id],
    'and only that is stored'
  )
}

t.test('200 overrides of what the same person saw', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  const { revision } = await app.read(auditor, `/v1/evaluations/${EVALUATION}`)
  const answers = await Promise.all(
    racers.map((i) =>
      app.command(
        { id: `e-${i}`, role: 'expert', units: ['organisation'] },
        'override-score',
        { ...override, points: String(75 + i / 10) },
        { 'if-match': `"${revision}"` }
      )
    )
  )
  await oneWinner(t, app, answers, 'ScoreOverridden', ['412 stale'])
})

t.test('200 decisions of one appeal', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const appeal = await appealed(app)
  const body = { evaluation: EVALUATION, appeal }
  await app.act(registrar, 'assign-panel', { ...body, members: ['p-4'], chair: 'p-4' })
  const answers = await Promise.all(
    racers.map((i) =>
      app.command(chair, 'decide-appeal', {
        ...body,
        outcome: 'partly-upheld',
        points: String(76 + i / 10),
        reasons: `${i}`
      })
    )
  )
  await oneWinner(t, app, answers, 'AppealDecided', ['409 changed-meanwhile', '409 appeal-not-open'])
})

t.test('a decision and a withdrawal: whichever is first ends the appeal', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const appeal = await appealed(app)
  const body = { evaluation: EVALUATION, appeal }
  await app.act(registrar, 'assign-panel', { ...body, members: ['p-4'], chair: 'p-4' })
  const answers = await Promise.all([
    app.command(chair, 'decide-appeal', { ...body, outcome: 'rejected', reasons: 'r' }),
    app.command(assessor, 'withdraw-appeal', { ...body, reason: 'r' })
  ])
  t.strictSame(answers.map(({ statusCode }) => statusCode).sort(), [201, 409])
})
