import t from 'tap'
import { startTestApp } from '../support/app.ts'
import { EVALUATION, reviewed, submitted, assessor as unit } from '../support/insurance.ts'
import { mainOf, openForm, post, send, textOf, visit } from '../support/pages.ts'
import { assessor, enterClaims, openRehearsal, QAZVIN } from '../support/rehearsal.ts'

/* Forms that are refused: nothing that was typed is lost, and nothing of it is taken for something else. */

const SELF = `/evaluations/${QAZVIN}/self`

t.test('a refusal is told even where the page has no such form any more', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  await enterClaims(app)
  const url = `${SELF}?node=G.1.a`
  const open = await openForm(app, assessor, url, 'score')
  await app.act(assessor, 'submit-self-assessment', { evaluation: QAZVIN })
  await app.settled()
  const late = await post(app, assessor, open, { 'points:number': '12', note: 'a <b>long</b> note' })
  t.equal(late.statusCode, 409)
  const main = mainOf(late.payload)
  t.notMatch(main, 'id="score"')
  t.match(main, /id="refusal"[^>]*role="alert"/)
  t.match(textOf(main), 'آنچه فرستادید ثبت نشد')
  t.match(main, 'a &#60;b&#62;long&#60;/b&#62; note', 'what was typed stands there')
  t.ok(main.indexOf('id="refusal"') < main.indexOf('<h2>محورها'), 'before all else')
  t.equal(main.match(/id="refusal"/g)?.length, 1)
})

t.test('what came of a form is in sight', async (t) => {
  const app = await startTestApp(t)
  await submitted(app)
  await reviewed(app)
  const filing = `/evaluations/${EVALUATION}/appeal?node=S7`
  const { action } = await openForm(app, unit, filing, 'file-appeal')
  t.match(action, /#refusal$/)
  const claim = { 'claim.applicable:flag': '', 'claim.points:number': '100', grounds: 'too few' }
  const refused = mainOf((await send(app, unit, filing, 'file-appeal', claim)).payload)
  t.equal(refused.match(/id="refusal"/g)?.length, 1, 'the box stands in the form, and nowhere else')
  t.notMatch(textOf(refused), 'آنچه فرستادید')
  const taken = await send(app, unit, filing, 'file-appeal', { ...claim, 'claim.points:number': '150' })
  t.equal(taken.statusCode, 303)
  const location = String(taken.headers.location)
  t.match(location, /#done$/)
  t.match((await visit(app, unit, location)).main, /<p class="done" id="done"/)
})
