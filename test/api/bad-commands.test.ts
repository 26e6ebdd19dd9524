import t from 'tap'
import { startTestApp, type Who } from '../support/app.ts'
import { refused } from '../support/refused.ts'
import {
  assessor,
  auditor,
  expert,
  FRAMEWORK,
  QAZVIN,
  registrar,
  rehearsalFramework,
  submitRehearsal,
  YAZD,
  yazdi
} from '../support/rehearsal.ts'

const NOBODY = '01J00000000000000000000000'
const claim = (more: object) => ({ evaluation: YAZD, node: 'G.1.a', points: '1', ...more })
const opening = { unit: 'yazd', framework: FRAMEWORK, origin: 'live' }
const override = { evaluation: QAZVIN, node: 'G.1.a', points: '1', reasonCode: 'other', reason: 'so' }
const answer = { evaluation: QAZVIN, appeal: NOBODY, position: 'concede', text: 'so' }
const moved = { unit: 'yazd', parent: 'nowhere', reason: 'so' }
const printed = { document: 'the report', place: 'table 1' }
const [, , leaf] = rehearsalFramework.nodes
const amended = { framework: FRAMEWORK, put: [{ ...leaf, ceiling: '21' }], reason: 'so' }

/** A name, who asks for what, and the refusal. */
type Case = [name: string, who: Who, command: string, body: object, status: number, code: string]

const aboutWhat: Case[] = [
  ['a unit', registrar, 'open-evaluation', { ...opening, unit: 'nowhere' }, 404, 'unknown-unit'],
  ['a parent', registrar, 'reclassify-unit', moved, 404, 'unknown-unit'],
  [
    'a framework',
    registrar,
    'open-evaluation',
    { ...opening, framework: '1399-x' },
    404,
    'unknown-framework'
  ],
  [
    'an evaluation',
    yazdi,
    'enter-self-score',
    claim({ evaluation: '1402-x.qom' }),
    404,
    'unknown-evaluation'
  ],
  ['an appeal', expert, 'answer-appeal', answer, 404, 'unknown-appeal'],
  ['a node', yazdi, 'enter-self-score', claim({ node: 'G.9' }), 409, 'unknown-node'],
  [
    'a node that objects have',
    yazdi,
    'enter-self-score',
    claim({ node: 'constructor' }),
    409,
    'unknown-node'
  ],
  ['evidence', yazdi, 'enter-self-score', claim({ evidence: [NOBODY] }), 409, 'unknown-evidence'],
  ['the total as a node', yazdi, 'enter-self-score', claim({ node: 'total' }), 400, 'malformed'],
  ['a branch as a leaf', yazdi, 'enter-self-score', claim({ node: 'G.1' }), 409, 'not-a-leaf'],
  ['what is open', registrar, 'open-evaluation', opening, 409, 'evaluation-exists'],
  ['what is published', registrar, 'publish-framework', rehearsalFramework, 409, 'framework-exists'],
  ['a tree that does not add up', registrar, 'amend-framework', amended, 409, 'bad-tree']
]

const now: Case[] = [
  ['a claim', assessor, 'enter-self-score', claim({ evaluation: QAZVIN }), 409, 'wrong-stage'],
  ['a confirmation', expert, 'confirm-scores', { evaluation: YAZD, rest: true }, 409, 'wrong-stage'],
  ['an end', registrar, 'finalise-evaluation', { evaluation: QAZVIN }, 409, 'wrong-stage'],
  ['a reopening', registrar, 'reopen-evaluation', reopening(), 409, 'wrong-stage'],
  ['an appeal', assessor, 'file-appeal', filing(), 409, 'wrong-stage'],
  [
    'a submission that lacks leaves',
    yazdi,
    'submit-self-assessment',
    { evaluation: YAZD },
    409,
    'incomplete'
  ],
  ['a review of nothing', expert, 'complete-review', { evaluation: QAZVIN }, 409, 'unjudged'],
  [
    'a record of what is live',
    registrar,
    'record-score',
    claim({ level: 'self', source: printed }),
    409,
    'wrong-origin'
  ]
]

const words: Case[] = [
  ['a field too many', yazdi, 'enter-self-score', claim({ actor: 'e-18' }), 400, 'malformed'],
  [
    'the time of the caller',
    yazdi,
    'enter-self-score',
    claim({ recordedAt: '2020-01-01' }),
    400,
    'malformed'
  ],
  ['an unknown reason code', expert, 'override-score', { ...override, reasonCode: 'mood' }, 400, 'malformed'],
  ['a reason of blanks', expert, 'override-score', { ...override, reason: '  ' }, 400, 'malformed'],
  [
    'a letter without a date',
    yazdi,
    'enter-self-score',
    claim({ letter: { number: '1' } }),
    400,
    'malformed'
  ],
  [
    'a title without Persian',
    registrar,
    'register-unit',
    { unit: 'qom', name: { en: 'Qom' }, kind: 'office' },
    400,
    'malformed'
  ],
  [
    'an id with capitals',
    registrar,
    'register-unit',
    { unit: 'Qom', name: { fa: 'قم' }, kind: 'office' },
    400,
    'malformed'
  ]
]

const who: Case[] = [
  ['the wrong role', auditor, 'enter-self-score', claim({}), 403, 'forbidden-role'],
  ['another unit', assessor, 'enter-self-score', claim({}), 403, 'not-your-unit'],
  ['a judge of the own unit', { ...expert, units: ['qazvin'] }, 'override-score', override, 403, 'own-unit']
]

function reopening() {
  return { evaluation: QAZVIN, reason: 'so', authority: { body: 'council', number: '1', date: '2024-05-01' } }
}

function filing() {
  return { evaluation: QAZVIN, node: 'G.1.a', claim: { points: '20' }, grounds: 'so' }
}

t.test('a command that cannot be is refused, and changes nothing', async (t) => {
  const app = await startTestApp(t)
  await submitRehearsal(app)
  const lists = {
    'what it is about': aboutWhat,
    'when it comes': now,
    'how it is put': words,
    'who asks': who
  }
  for (const [title, cases] of Object.entries(lists)) {
    await t.test(title, async (t) => {
      for (const [name, person, command, body, status, code] of cases)
        await refused(t, app, name, (headers) => app.command(person, command, body, headers), status, code)
    })
  }
  const malformed = await app.command(yazdi, 'enter-self-score', claim({ points: '۱', note: '', more: 1 }))
  const pointers = malformed.json().errors.map(({ pointer }: { pointer: string }) => pointer)
  t.strictSame(pointers.sort(), ['/more', '/note', '/points'], 'every broken place is named')

  const { items } = await app.read(auditor, `/v1/evaluations/${QAZVIN}/events`)
  const late = await app.command(assessor, 'enter-self-score', claim({ evaluation: QAZVIN }))
  t.equal(late.json().event, items.at(-1).id, 'the submission is what forbids it')
})
