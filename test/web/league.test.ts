import t from 'tap'
import { startTestApp } from '../support/app.ts'
import { visit } from '../support/pages.ts'
import { auditor, submitRehearsal } from '../support/rehearsal.ts'

t.test('the league names its population and every unit in it', async (t) => {
  const app = await startTestApp(t)
  t.match((await visit(app, auditor, '/')).text, 'هنوز شیوه‌نامه‌ای ابلاغ نشده است')
  await submitRehearsal(app)
  const page = await visit(app, auditor, '/')
  t.equal(page.status, 200)
  t.match(page.text, '۲ واحد')
  t.match(page.text, 'قزوین')
  t.match(page.text, '۸۶٫۲۵')
  const english = await visit(app, auditor, '/?lang=en')
  t.match(english.text, '2 units')
  t.match(english.html, 'dir="ltr"')
})
