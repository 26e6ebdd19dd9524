import { formatPoints } from '../src/points.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import { isLeaf } from '../src/rules/tree.ts'
import { isMeasured } from './scoring.ts'
import type { Open } from './situation.ts'

/*
 * Bodies that ask for as little as can be, for finding out whether a command could succeed at all. What a person would
 * write stands as a word that nobody writes.
 */

/** Bodies to try by command, without the evaluation; `of` is what they are about. */
export type Probes<Of> = Readonly<Record<string, (of: Of, open: Open) => object[]>>

const WORDS = '\u2026'
const DAY = '2000-01-01'
const SOURCE = { document: WORDS, place: WORDS }
const ON_BEHALF = { person: WORDS, letter: { number: WORDS, date: DAY } }
const MEASUREMENT = { numerator: '1', denominator: '1', baseline: '1' }

/** Commands about the evaluation as a whole. */
export const wholeProbes: Probes<null> = {
  'submit-self-assessment': () => [{}],
  'complete-review': () => [{}],
  'waive-appeal': () => [{}],
  'finalise-evaluation': () => [{}],
  'reopen-evaluation': () => [{ reason: WORDS, authority: { body: WORDS, number: WORDS, date: DAY } }],
  'publish-figure': () => [{ about: { label: WORDS }, printed: WORDS, source: SOURCE }]
}

/** With and without a letter of the unit: who may file in which way, the decision says. */
const eitherWay = (bodies: readonly object[]): object[] =>
  bodies.flatMap((body) => [body, { ...body, onBehalf: ON_BEHALF }])

/** Everything that an appeal can ask for. */
const filings = (node: string, { tree }: Open): object[] => {
  const points = formatPoints(tree.nodes.get(node)?.ceiling ?? 0)
  const claims = [
    { points },
    { applicable: false },
    { applicable: true },
    ...(isLeaf(tree, node) ? [{ applicable: true, points }] : [])
  ]
  return claims.map((claim) => ({ node, claim, grounds: WORDS }))
}

const exemption = (reasonCode: string) => (node: string) => [
  { node, reasonCode, reason: WORDS },
  { node, reasonCode, reason: WORDS, source: SOURCE }
]

const earned = (node: string, { tree }: Open): object => {
  const found = tree.nodes.get(node)
  return found && isMeasured(found) ? { measurement: MEASUREMENT } : { points: '0' }
}

/** Commands about one node. */
export const nodeProbes: Probes<string> = {
  'assign-target': (node) => [{ node, target: '1' }],
  'assign-responsibility': (node) => [{ node, domain: { fa: WORDS }, part: 'main' }],
  'enter-self-score': (node, open) => [{ node, ...earned(node, open) }],
  'claim-not-applicable': (node) => [{ node, reasonCode: 'other', reason: WORDS }],
  'attach-evidence': (node) => [{ nodes: [node], kind: 'file', title: { fa: WORDS } }],
  'return-for-correction': (node) => [{ nodes: [node], reason: WORDS }],
  'confirm-scores': (node) => [{ nodes: [node] }],
  'override-score': (node) => [{ node, points: '0', reasonCode: 'other', reason: WORDS }],
  'grant-not-applicable': exemption('other'),
  'refuse-not-applicable': exemption('other'),
  'revoke-not-applicable': exemption('other'),
  'file-appeal': (node, open) => eitherWay(filings(node, open)),
  'file-case': (node, open) =>
    eitherWay(filings(node, open).map((filing) => ({ case: 'case', appeals: [filing] }))),
  'publish-figure': (node) => [{ about: { node }, printed: WORDS, source: SOURCE }],
  'record-score': (node) => [{ node, level: 'final', points: '0', source: SOURCE }]
}

/** Commands about one appeal. */
export const appealProbes: Probes<AppealFile> = {
  'answer-appeal': ({ appeal }) => [{ appeal, position: 'contest', text: WORDS }],
  'assign-panel': ({ appeal }) => [{ appeal, members: [WORDS], chair: WORDS }],
  'request-appeal-information': ({ appeal }) => [{ appeal, of: 'unit', question: WORDS }],
  'provide-appeal-information': ({ appeal }) => [{ appeal, answer: WORDS }],
  'decide-appeal': ({ appeal }) => [{ appeal, outcome: 'rejected', reasons: WORDS }],
  'escalate-appeal': ({ appeal }) => [{ appeal, grounds: WORDS }],
  'withdraw-appeal': ({ appeal }) => [{ appeal, reason: WORDS }]
}
