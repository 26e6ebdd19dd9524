import type { Role } from '../../src/events/forms.ts'
import { EARLIER } from './all-kinds.ts'
import { FRAMEWORK, QAZVIN, YAZD } from './rehearsal.ts'

/*
 * One well-formed body of every command, about the ledger of all kinds: chosen so that nothing but who asks can make
 * it a 403. `appeal` is one that is open and has a panel.
 */

const source = { document: 'The report of 1401', place: 'table 6' }
const letter = { number: '1', date: '2024-04-01' }
const authority = { body: 'council', number: '1', date: '2024-04-01' }
const reasoned = { reasonCode: 'other', reason: 'counted anew' }
const node = { code: 'Z', parent: null, kind: 'set', title: { fa: 'z' }, ceiling: '1' }
const period = { id: '1405', title: { fa: '۱۴۰۵' }, startsOn: '2026-03-21', endsOn: '2027-03-20' }

export function commandBodies(appeal: string, role: Role): Record<string, object> {
  const aboutAppeal = { evaluation: QAZVIN, appeal }
  const claim = { points: '19' }
  // Only a registrar files for somebody else.
  const behalf = role === 'registrar' ? { onBehalf: { person: 'a-3', letter } } : {}
  const filing = { node: 'G.1.a', claim, grounds: 'g', evidence: [] }
  return {
    'register-unit': { unit: 'semnan', name: { fa: 'سمنان' }, kind: 'office' },
    'reclassify-unit': { unit: 'yazd', name: { fa: 'یزد نو' }, reason: 'r' },
    'publish-framework': {
      ...{ framework: '1405-x', period, title: { fa: 'x' }, issuedBy: 'centre', notApplicable: 'remove' },
      nodes: [node]
    },
    'amend-framework': { framework: FRAMEWORK, put: [], remove: [], reason: 'r' },
    'link-lineage': { framework: FRAMEWORK, node: 'G.1', relation: 'new', predecessors: [] },
    'open-evaluation': { unit: 'organisation', framework: FRAMEWORK, origin: 'live' },
    'assign-target': { evaluation: YAZD, node: 'G.1.c', target: '5' },
    'assign-responsibility': { evaluation: YAZD, node: 'G.1.c', domain: { fa: 'd' }, part: 'main' },
    'enter-self-score': { evaluation: YAZD, node: 'G.1.b', measurement: { numerator: '1' } },
    'claim-not-applicable': { evaluation: YAZD, node: 'G.1.b', reasonCode: 'no-subject', reason: 'r' },
    'attach-evidence': { evaluation: YAZD, nodes: ['G.1.b'], kind: 'file', title: { fa: 't' } },
    'submit-self-assessment': { evaluation: YAZD },
    'return-for-correction': { evaluation: YAZD, nodes: ['G.1.a'], reason: 'r' },
    'confirm-scores': { evaluation: YAZD, nodes: ['G.1.a'] },
    'override-score': { evaluation: YAZD, node: 'G.1.a', points: '7', ...reasoned },
    'grant-not-applicable': { evaluation: YAZD, node: 'G.1.a', ...reasoned, source },
    'refuse-not-applicable': { evaluation: YAZD, node: 'G.1.a', ...reasoned, source },
    'revoke-not-applicable': { evaluation: YAZD, node: 'G.2.b', ...reasoned, source },
    'complete-review': { evaluation: YAZD },
    'file-appeal': { evaluation: QAZVIN, ...filing, ...behalf },
    'file-case': { evaluation: QAZVIN, case: 'c-1', appeals: [filing], ...behalf },
    'answer-appeal': { ...aboutAppeal, position: 'contest', text: 't' },
    'assign-panel': { ...aboutAppeal, members: ['p-9'], chair: 'p-9' },
    'request-appeal-information': { ...aboutAppeal, of: 'unit', question: 'q' },
    'provide-appeal-information': { ...aboutAppeal, answer: 'a' },
    'decide-appeal': { ...aboutAppeal, outcome: 'rejected', reasons: 'r' },
    'escalate-appeal': { ...aboutAppeal, grounds: 'g' },
    'withdraw-appeal': { ...aboutAppeal, reason: 'r' },
    'waive-appeal': { evaluation: QAZVIN },
    'finalise-evaluation': { evaluation: `${EARLIER}.yazd` },
    'reopen-evaluation': { evaluation: QAZVIN, reason: 'r', authority },
    'record-score': { evaluation: `${EARLIER}.yazd`, node: 'H.1.b', level: 'final', points: '1', source },
    'publish-figure': { evaluation: `${EARLIER}.yazd`, about: { label: 'x' }, printed: '-', source }
  }
}
