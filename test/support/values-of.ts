import type fastCheck from 'fast-check'
import type { z } from 'zod'

type Fc = typeof fastCheck
type Def = z.core.$ZodTypes['_zod']['def']

const defOf = (schema: z.core.$ZodType): Def => (schema as z.core.$ZodTypes)._zod.def

/** Values that a schema takes, canonical or not: whatever JSON can hold of them, in the order of the schema or another. */
export function valuesOf(fc: Fc, schema: z.core.$ZodType): fastCheck.Arbitrary<unknown> {
  const takes = (value: unknown) => (schema as z.ZodType).safeParse(value).success
  return kindsOf(fc, defOf(schema)).filter(takes)
}

function kindsOf(fc: Fc, def: Def): fastCheck.Arbitrary<unknown> {
  switch (def.type) {
    case 'string':
      return stringsOf(fc, def)
    case 'number':
      return fc.oneof(fc.nat(5), fc.nat())
    case 'boolean':
      return fc.boolean()
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries))
    case 'literal':
      return fc.constantFrom(...def.values)
    case 'nullable':
      return fc.option(valuesOf(fc, def.innerType))
    case 'array':
      return fc.array(valuesOf(fc, def.element), { maxLength: 3 })
    case 'union':
      return fc.oneof(...def.options.map((option) => valuesOf(fc, option)))
    case 'object':
      return membersOf(fc, def.shape)
    default:
      throw new Error(`no values of ${def.type}`)
  }
}

function membersOf(fc: Fc, shape: z.core.$ZodShape): fastCheck.Arbitrary<object> {
  const entries = Object.entries(shape).map(([name, schema]) => {
    const def = defOf(schema)
    const value = valuesOf(fc, def.type === 'optional' ? def.innerType : schema)
    const entry = fc.tuple(fc.constant(name), value)
    return def.type === 'optional' ? fc.option(entry) : entry
  })
  return fc
    .tuple(...entries)
    .map((members) => Object.fromEntries(members.filter((member) => member !== null)))
}

function stringsOf(fc: Fc, def: Def): fastCheck.Arbitrary<string> {
  const all = [def, ...(def.checks ?? []).map((check) => check._zod.def)]
  for (const each of all)
    if ('pattern' in each && each.pattern instanceof RegExp) return fc.stringMatching(each.pattern)
  const words = fc.constantFrom('گزارش', ' گزارش', 'نامه ', 'words', '\u{1F4C4}', '', ' ', '\u200c')
  return fc.oneof(words, fc.string({ unit: 'grapheme', maxLength: 12 }))
}
