import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { Slug, Title, UnitKind } from '../src/events/forms.ts'
import { unitsAbove } from '../src/rules/units.ts'
import { bodyOf, defined, unitCommand } from './define.ts'

export const registerUnit = unitCommand({
  name: 'register-unit',
  summary: { fa: 'ثبت واحد', en: 'Register a unit' },
  roles: ['registrar'],
  body: bodyOf({
    unit: Slug,
    name: Title,
    kind: UnitKind,
    parent: Slug.optional(),
    province: Slug.optional(),
    groups: z.array(Slug).max(100).optional()
  }),
  decide: ({ unit: known, unitOf }, { letter: _letter, ...data }) => {
    const { unit, parent } = data
    if (known) throw new Refusal('unit-exists', { params: { id: unit } })
    if (parent === unit) throw new Refusal('unit-ring', { params: { unit, parent } })
    if (parent !== undefined) {
      if (!unitOf(parent)) throw new Refusal('unknown-unit', { params: { id: parent } })
      if (unitsAbove(parent, unitOf).ring) throw new Refusal('unit-ring', { params: { unit, parent } })
    }
    return [{ type: 'UnitRegistered', data: defined(data) }]
  }
})
