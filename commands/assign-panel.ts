import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { ownMember } from '../src/own-member.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import { appealOf, nodesOfAppeal, requireOpenAppeal } from './appeal.ts'
import { bodyOf, evaluationCommand, NamedPerson } from './define.ts'
import { requireMayDecide } from './panel.ts'
import type { Open } from './situation.ts'

export const assignPanel = evaluationCommand({
  name: 'assign-panel',
  summary: { fa: 'تعیین هیئت رسیدگی', en: 'Name who decides an appeal' },
  roles: ['registrar'],
  body: bodyOf({ ...appealOf, members: z.array(NamedPerson).min(1).max(100), chair: NamedPerson }),
  nodes: nodesOfAppeal,
  decide: (open, { appeal: id, members, chair }, { actor }) => {
    const appeal = requireOpenAppeal(open, id, actor)
    if (new Set(members).size < members.length || !members.includes(chair)) throw new Refusal('bad-panel')
    requireNotFiler(appeal, actor.id)
    for (const person of members) requireMayDecide(open, appeal, person, knownUnits(open, person))
    const named = members.map((person) => ({ id: person, units: [...knownUnits(open, person)] }))
    const data = { appeal: appeal.appeal, instance: appeal.instance, members: named, chair }
    return [{ type: 'PanelAssigned', data, causedBy: appeal.newest }]
  }
})

/** The units a person has acted for in this evaluation; none for somebody nothing is known of. */
const knownUnits = ({ persons }: Open, person: string): readonly string[] =>
  ownMember(persons.units, person) ?? []

/** Whoever filed an appeal on behalf of the unit does not choose its judges. */
function requireNotFiler({ onBehalf, filedBy, filed }: AppealFile, person: string): void {
  if (onBehalf && filedBy === person) throw new Refusal('filed-on-behalf', { event: filed })
}
