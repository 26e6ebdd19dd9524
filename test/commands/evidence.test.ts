import t from 'tap'
import { fact, given, ulidNumber } from '../support/given.ts'
import type { Happening } from '../support/history.ts'
import {
  assessor,
  expert,
  imported,
  inAppeal,
  inReview,
  live,
  registrar,
  returned
} from '../support/province.ts'

const document = { nodes: ['G.a', 'G.b'], kind: 'minutes', title: { fa: 'صورت‌جلسه' } } as const

const attached = (afterSubmission: boolean) => ({
  type: 'EvidenceAttached' as const,
  data: { evidence: ulidNumber(0), ...document, nodes: [...document.nodes], afterSubmission }
})

t.test('both sides attach documents until the end; what comes after submission says so', async (t) => {
  const stages: [Happening[], boolean][] = [
    [live(), false],
    [imported(), false],
    [inReview(), true],
    [[...inReview(), returned('G.b')], true],
    [inAppeal(), true]
  ]
  for (const [facts, later] of stages) {
    for (const who of [assessor, expert]) {
      given(...facts)
        .when('attach-evidence', document, who)
        .expect(t, attached(later))
    }
  }
})

t.test('not once it is final, not for another unit, not on nodes that are not there', async (t) => {
  const finalised = fact(
    'EvaluationFinalised',
    { nodes: [], total: { points: '0', applicableCeiling: '0' }, basis: 'lapsed', decidedAt: '8' },
    registrar
  )
  given(...inAppeal(), finalised)
    .when('attach-evidence', document, expert)
    .refused(t, 'wrong-stage', 15)
  const known = given(...live())
  known.when('attach-evidence', document, { ...assessor, units: ['tehran'] }).refused(t, 'not-your-unit')
  known.when('attach-evidence', { ...document, nodes: ['G.b', 'X'] }, expert).refused(t, 'unknown-node')
  known.when('attach-evidence', { ...document, nodes: [] }, expert).malformed(t)
  known.when('attach-evidence', { ...document, sha256: 'A'.repeat(64) }, expert).malformed(t)
})

t.test('everything that is said about a document is kept', async (t) => {
  const more = {
    sha256: '0'.repeat(64),
    bytes: 12,
    mediaType: 'application/pdf',
    uri: 'https://example.org/a'
  }
  const [decided] = given(...live())
    .when('attach-evidence', { ...document, ...more, letter: { number: '1', date: '2024-01-01' } }, assessor)
    .decide()
  t.strictSame(decided?.data, { ...attached(false).data, ...more }, 'the letter is no part of it')
})
