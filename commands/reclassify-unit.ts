import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { Slug, Text, Title } from '../src/events/forms.ts'
import { canonicalJson } from '../src/ids.ts'
import { isWithin, type Unit, type UnitLookup, unitsAbove } from '../src/rules/units.ts'
import { bodyOf, defined, unitCommand } from './define.ts'

export const reclassifyUnit = unitCommand({
  name: 'reclassify-unit',
  summary: { fa: 'تغییر نام، جایگاه یا گروه واحد', en: 'Rename a unit, move it, or change its groups' },
  roles: ['registrar'],
  body: bodyOf({
    unit: Slug,
    name: Title.optional(),
    parent: Slug.nullable().optional(),
    groups: z.array(Slug).max(100).optional(),
    reason: Text
  }),
  decide: ({ unit: known, unitOf }, { letter: _letter, unit, ...data }) => {
    if (!known) throw new Refusal('unknown-unit', { params: { id: unit } })
    if (data.parent != null) requireParent(unit, data.parent, unitOf)
    if (!changes(known, data)) throw new Refusal('nothing-changes')
    return [{ type: 'UnitReclassified', data: defined(data) }]
  }
})

function requireParent(unit: string, parent: string, unitOf: UnitLookup): void {
  if (!unitOf(parent)) throw new Refusal('unknown-unit', { params: { id: parent } })
  if (isWithin(parent, unit, unitOf) || unitsAbove(parent, unitOf).ring) {
    throw new Refusal('unit-ring', { params: { unit, parent } })
  }
}

type Changes = Partial<Pick<Unit, 'name' | 'parent' | 'groups'>>

const changes = (
  unit: Unit,
  {
    name = unit.name,
    parent = unit.parent,
    groups = unit.groups
  }: { [K in keyof Changes]: Changes[K] | undefined }
): boolean => canonicalJson([name, parent, groups]) !== canonicalJson([unit.name, unit.parent, unit.groups])
