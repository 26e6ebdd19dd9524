import t from 'tap'
import { startTestApp } from '../support/app.ts'
import { auditor, EVALUATION, registrar, reviewed, submitted } from '../support/insurance.ts'

t.test('a paper letter: who filed it and whose letter it was both stay visible', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const letter = { number: '402/77', date: '2024-06-01', signatory: 'director' }
  const onBehalf = { person: 'a-9', letter }
  await app.act(registrar, 'file-appeal', {
    ...{ evaluation: EVALUATION, node: 'S6', claim: { points: '150' }, grounds: 'as the letter says' },
    onBehalf
  })
  const { steps } = await app.read(auditor, `/v1/evaluations/${EVALUATION}/nodes/S6`)
  t.match(steps.at(-1), { type: 'AppealFiled', by: registrar.id, onBehalf })
  const { items } = await app.read(auditor, `/v1/evaluations/${EVALUATION}/trail?node=S6`)
  t.match(items.at(-1), { type: 'AppealFiled', by: registrar.id, onBehalf })
})
