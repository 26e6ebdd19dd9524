import t from 'tap'
import { commands } from '../../commands/catalogue.ts'
import { Role } from '../../src/events/forms.ts'
import { assessor, registrar } from '../support/province.ts'
import { startShell } from '../support/shell.ts'

const unit = { unit: 'qazvin', name: { fa: 'قزوین' }, kind: 'directorate' }

t.test('every command may only be called in its roles', async (t) => {
  const { ask } = startShell()
  const who: Record<string, string> = {
    'register-unit': 'registrar',
    'reclassify-unit': 'registrar',
    'publish-framework': 'registrar',
    'amend-framework': 'registrar',
    'link-lineage': 'registrar',
    'open-evaluation': 'registrar',
    'assign-target': 'registrar',
    'assign-responsibility': 'registrar',
    'enter-self-score': 'assessor',
    'claim-not-applicable': 'assessor',
    'attach-evidence': 'assessor expert',
    'submit-self-assessment': 'assessor',
    'return-for-correction': 'expert',
    'confirm-scores': 'expert',
    'override-score': 'expert',
    'grant-not-applicable': 'expert registrar',
    'refuse-not-applicable': 'expert',
    'revoke-not-applicable': 'expert registrar',
    'complete-review': 'expert',
    'file-appeal': 'assessor registrar',
    'file-case': 'assessor registrar',
    'answer-appeal': 'expert',
    'assign-panel': 'registrar',
    'request-appeal-information': 'panelist',
    'provide-appeal-information': 'assessor expert',
    'decide-appeal': 'panelist',
    'escalate-appeal': 'assessor',
    'withdraw-appeal': 'assessor',
    'waive-appeal': 'assessor',
    'finalise-evaluation': 'registrar',
    'reopen-evaluation': 'registrar',
    'record-score': 'registrar',
    'publish-figure': 'registrar'
  }
  t.strictSame(commands.map(({ name }) => name).sort(), Object.keys(who).sort())
  for (const { name, roles, body } of commands) {
    t.strictSame([...roles].sort().join(' '), who[name], `${name} is for ${roles.join(', ')}`)
    const issues = body.safeParse({ letter: { number: 1 } }).error?.issues ?? []
    t.ok(
      issues.some(({ path }) => path.join('.') === 'letter.number'),
      `${name} takes a letter`
    )
    for (const role of Role.options.filter((each) => !roles.includes(each))) {
      await t.rejects(ask(name, {}, { actor: { ...assessor, role } }), {
        code: 'forbidden-role',
        status: 403
      })
    }
  }
})

t.test('a body that does not have its form names every broken place', async (t) => {
  const { ask } = startShell()
  await t.rejects(ask('register-unit', { ...unit, unit: 'Q', 'a/b': 1 }), {
    code: 'malformed',
    status: 400,
    errors: [{ pointer: '/unit' }, { pointer: '/a~1b' }]
  })
  await t.rejects(ask('forget-unit', unit, { actor: registrar }), { code: 'no-route', status: 404 })
})
