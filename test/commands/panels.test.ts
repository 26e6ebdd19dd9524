import t from 'tap'
import type { Actor } from '../../src/events/envelope.ts'
import {
  APPEAL,
  answered,
  appealed,
  chair,
  decided,
  escalated,
  filed,
  withPanel
} from '../support/appealing.ts'
import { fact, given } from '../support/given.ts'
import { eventNumber, type Happening } from '../support/history.ts'
import {
  assessor,
  expert,
  inAppeal,
  inReview,
  live,
  overridden,
  registrar,
  reopened
} from '../support/province.ts'

const at = (name: string, common: object, facts: Happening[]) => (more: object, who: Actor, now?: string) =>
  given(...facts).when(name, { appeal: APPEAL, ...common, ...more }, who, now)

const over = [...withPanel(), decided('rejected')]

t.test('a panel is named, and named again until the decision', async (t) => {
  const panel = { members: ['p-2', 'p-4'], chair: 'p-2' }
  const members = ['p-2', 'p-4'].map((id) => ({ id, units: [] }))
  const assigned = {
    type: 'PanelAssigned' as const,
    data: { appeal: APPEAL, instance: 1, members, chair: 'p-2' }
  }
  const ask = (facts: Happening[], more: object = {}, who = registrar) =>
    at('assign-panel', panel, facts)(more, who)
  ask(appealed()).expect(t, { ...assigned, causedBy: eventNumber(15) })
  ask(withPanel()).expect(t, { ...assigned, causedBy: eventNumber(16) })
  ask([...over, escalated()], { members: ['p-4'], chair: 'p-4' }).expect(t, {
    type: 'PanelAssigned',
    data: { appeal: APPEAL, instance: 2, members: [{ id: 'p-4', units: [] }], chair: 'p-4' }
  })
  ask(over).refused(t, 'appeal-not-open', 17)
  ask(appealed(), { chair: 'p-9' }).refused(t, 'bad-panel')
  ask(appealed(), { members: ['p-2', 'p-2'] }).refused(t, 'bad-panel')
})

t.test('nobody sits who acted on the node, decided it, or is of the unit', async (t) => {
  const ask = (member: string, facts: Happening[] = appealed(), who = registrar, appeal = APPEAL) =>
    at('assign-panel', { members: [member], chair: member }, facts)({ appeal }, who)
  ask(expert.id).refused(t, 'member-acted', 11, { person: expert.id })
  ask(assessor.id).refused(t, 'member-acted', 7)
  ask('e-18', [...appealed(), { ...answered(), by: { ...expert, id: 'e-18' } }]).refused(
    t,
    'member-acted',
    16
  )
  ask('p-2', [...over, escalated()]).refused(t, 'member-acted')
  // Who acted elsewhere in the tree may sit; who is known to be of the unit may not.
  const elsewhere = { ...overridden('G.b', '1'), by: { ...expert, id: 'e-18' } }
  const history = [...inReview(), elsewhere, overridden('G.a.1', '30'), overridden('G.a.2', '20')]
  const review = fact('ReviewCompleted', { appealClosesAt: '2024-03-30T20:30:00.000Z' }, expert)
  ask('e-18', [...history, review, filed()]).decide()
  const office = { ...elsewhere, by: { ...expert, id: 'e-18', units: ['qazvin-office'] } }
  ask('e-18', [...inReview(), office, ...history.slice(11), review, filed()]).refused(t, 'member-of-unit')
  // Another appeal about the same node, in a later round.
  const again = '01J00000000000000000000007'
  const later = [...over, reopened(), overridden('G.a.1', '20'), review, filed({ appeal: again })]
  ask('p-2', later, registrar, again).refused(t, 'member-acted', 17)
  const onBehalf = { person: 'a-4', letter: { number: '1', date: '2024-03-21' } }
  const byRegistrar = [...inAppeal(), filed({ onBehalf }, registrar)]
  ask('p-2', byRegistrar).refused(t, 'filed-on-behalf', 15)
  ask('p-2', byRegistrar, { ...registrar, id: 'r-6' }).decide()
  ask('a-4', byRegistrar, { ...registrar, id: 'r-6' }).refused(t, 'member-acted', 15)
})

t.test('a body names nobody by half a character; what is stored of such names is still read', async (t) => {
  for (const name of ['\ud800', 'p\udc00']) {
    const panel = (members: string[], chair: string) =>
      at('assign-panel', { members, chair }, appealed())({}, registrar)
    panel(['p-2', name], 'p-2').malformed(t)
    panel(['p-2'], name).malformed(t)
    const present = { outcome: 'rejected', reasons: 'r', present: [name] }
    at('decide-appeal', present, withPanel())({}, chair).malformed(t)
    const onBehalf = { person: name, letter: { number: '1', date: '2024-03-21' } }
    const filing = { node: 'G.b', claim: { applicable: false }, grounds: 'g', onBehalf }
    given(...inAppeal())
      .when('file-appeal', filing, registrar)
      .malformed(t)
    const duty = { node: 'G.b', domain: { fa: 'د' }, part: 'main', person: name }
    given(...live())
      .when('assign-responsibility', duty, registrar)
      .malformed(t)
    const [decision] = at(
      'decide-appeal',
      { outcome: 'rejected', reasons: 'r' },
      withPanel(name)
    )({}, chair).decide()
    t.match(decision?.data, { present: ['p-2', name] })
  }
  const whole = '\u{1f58b}'
  t.equal(
    at('assign-panel', { members: [whole], chair: whole }, appealed())({}, registrar).decide().length,
    1
  )
})
