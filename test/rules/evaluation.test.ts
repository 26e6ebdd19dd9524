import t from 'tap'
import { type Evaluation, fileOf, standingEntry } from '../../src/rules/evaluation.ts'
import { fold } from '../support/fold.ts'
import { fact } from '../support/given.ts'
import { eventNumber, eventsOf, type Happening, recorded } from '../support/history.ts'
import {
  assessor,
  EVALUATION,
  entered,
  exempt,
  imported,
  inAppeal,
  inReview,
  judged,
  live,
  overridden,
  registrar,
  reopened,
  returned,
  submitted
} from '../support/province.ts'

function after(...facts: Happening[]): Evaluation {
  const state = fold(eventsOf(facts)).evaluations[EVALUATION]
  if (!state) throw new Error('no evaluation')
  return state
}

const standing = (state: Evaluation, code: string) => standingEntry(state, code)?.points ?? null
const APPEAL = '01J00000000000000000000009'

const filed = (code: string): Happening =>
  fact(
    'AppealFiled',
    {
      appeal: APPEAL,
      node: code,
      claim: { points: '40' },
      disputed: { points: '30', applicable: true, event: eventNumber(11) },
      grounds: 'grounds',
      evidence: []
    },
    assessor
  )

const decided = (result: { points?: string; applicable?: boolean }): Happening =>
  fact(
    'AppealDecided',
    {
      appeal: APPEAL,
      instance: 1,
      outcome: 'upheld',
      ...result,
      reasons: 'reasons',
      evidenceConsidered: [],
      present: []
    },
    { id: 'p-2', role: 'panelist' }
  )

const finalised: Happening = fact(
  'EvaluationFinalised',
  {
    nodes: [{ node: 'G.b', points: '40', applicable: true, event: eventNumber(13) }],
    total: { points: '90', applicableCeiling: '100' },
    basis: 'lapsed',
    decidedAt: '9'
  },
  registrar
)

t.test('live: the latest act in stream order stands, else the claim', async (t) => {
  t.equal(standing(after(...live()), 'G.b'), null)
  t.equal(standing(after(...live(), entered('G.b', '10'), entered('G.b', '12')), 'G.b'), 120_000)
  const twice = after(...inReview(), overridden('G.b', '5'), overridden('G.b', '7'))
  t.equal(standing(twice, 'G.b'), 70_000)
  t.equal(fileOf(twice, 'G.b').self?.points, 400_000, 'the claim stays beside it')
  const panel = [...judged(), filed('G.a.1'), decided({ points: '35' })]
  t.equal(standing(after(...panel), 'G.a.1'), 350_000)
  t.equal(standing(after(...panel, reopened(), overridden('G.a.1', '1')), 'G.a.1'), 10_000)
})

t.test('imported: the highest level recorded stands, in whatever order it came', async (t) => {
  const state = after(...imported(), recorded('G.b', 'final', '30'), recorded('G.b', 'self', '40'))
  t.equal(standing(state, 'G.b'), 300_000)
  const expert = recorded('G.b', 'expert', '1')
  t.equal(standing(after(...imported(), recorded('G.b', 'self', '40'), expert), 'G.b'), 10_000)
  t.equal(standing(after(...imported(), recorded('G.b', 'final', '30'), expert), 'G.b'), 300_000)
})

t.test('a return voids what experts did on the nodes and below, and opens the claim again', async (t) => {
  const before = [
    ...live(),
    entered('G.a.1', '40'),
    exempt('NotApplicableClaimed', 'G.a.2'),
    entered('G.b', '40'),
    submitted(),
    overridden('G.a.1', '1'),
    exempt('NotApplicableGranted', 'G.a.2'),
    overridden('G.b', '2')
  ]
  const state = after(...before, returned('G.a'))
  t.equal(standing(state, 'G.a.1'), 400_000)
  t.match(fileOf(state, 'G.a.2'), { granted: null, claim: { reasonCode: 'no-subject' } })
  t.equal(standing(state, 'G.b'), 20_000, 'the others keep theirs')
  t.equal(state.stage, 'review')
  t.match(after(...before, returned('G.a'), submitted()), { returned: null, stage: 'review' })
})

t.test('a claim that was refused, or granted and revoked, is open again after a return', async (t) => {
  const claimed = [...live(), exempt('NotApplicableClaimed', 'G.b'), submitted()]
  const refused = after(...claimed, exempt('NotApplicableRefused', 'G.b'))
  t.equal(fileOf(refused, 'G.b').claim, null)
  for (const acts of [['NotApplicableRefused'], ['NotApplicableGranted', 'NotApplicableRevoked']] as const) {
    const state = after(...claimed, ...acts.map((act) => exempt(act, 'G.b')), returned('G.b'))
    t.match(fileOf(state, 'G.b'), { claim: { by: assessor.id }, granted: null }, acts.join(', '))
  }
})

t.test('a grant moves nothing that a revocation would not bring back', async (t) => {
  const granted = [...inReview(), overridden('G.b', '5'), exempt('NotApplicableGranted', 'G.b')]
  t.ok(fileOf(after(...granted), 'G.b').granted)
  const revoked = after(...granted, exempt('NotApplicableRevoked', 'G.b'))
  t.equal(standing(revoked, 'G.b'), 50_000)
  t.equal(fileOf(revoked, 'G.b').granted, null)
})

t.test('a panel gives points, takes a node out or brings it back; a return does not void that', async (t) => {
  const out = [...judged(), filed('G.b'), decided({ applicable: false })]
  t.ok(fileOf(after(...out), 'G.b').granted)
  t.ok(
    fileOf(after(...out, reopened(), returned('G.b')), 'G.b').granted,
    'what experts did is void, not this'
  )
  const back = after(
    ...judged(),
    exempt('NotApplicableGranted', 'G.b'),
    filed('G.b'),
    decided({ applicable: true })
  )
  t.equal(fileOf(back, 'G.b').granted, null)
  const rejected = after(...judged(), filed('G.b'), decided({}))
  t.equal(fileOf(rejected, 'G.b').decision, null, 'a rejection moves nothing')
})

t.test('reopening a live evaluation clears its final level, an imported one keeps it', async (t) => {
  t.equal(fileOf(after(...judged(), finalised), 'G.b').final?.points, 400_000)
  const waived = fact('AppealWaived', {}, assessor)
  const open = after(...judged(), waived, finalised, reopened())
  t.match(open, { stage: 'review', finalisedAt: null, waived: null, appealClosesAt: null })
  t.equal(fileOf(open, 'G.b').final, null)
  const stuck = after(...inAppeal(), waived, reopened())
  t.match(stuck, { stage: 'review', waived: null, appealClosesAt: null }, 'also one that never became final')
  const kept = after(...imported(), recorded('G.b', 'final', '30'), finalised, reopened())
  t.match(kept, { stage: 'imported' })
  t.equal(fileOf(kept, 'G.b').final?.points, 300_000)
})

t.test('a live evaluation keeps the revision it was first submitted under', async (t) => {
  t.equal(after(...live()).judgedRevision, null)
  const later = fact('SelfAssessmentSubmitted', { frameworkRevision: '3', blank: [] }, assessor)
  t.equal(after(...live(), submitted(), returned('G.b'), later).judgedRevision, 0)
  t.equal(after(...imported()).judgedRevision, 0)
})

t.test('a node called like something every object has is a node like any other', async (t) => {
  const state = after(...imported(), recorded('valueOf', 'final', '3'))
  t.equal(standing(state, 'valueOf'), 30_000)
  t.equal(standing(state, 'constructor'), null)
})
