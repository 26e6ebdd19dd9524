import { z } from 'zod'
import { ownMember } from '../own-member.ts'
import { isSha256, isUuid } from './hex.ts'

/*
 * Reading a million events is mostly checking what was checked when it was written. So each schema also makes a quick
 * check, of closures, that knows the usual case: a value which the schema would give back as it is. Whatever it does
 * not know goes to the schema, which alone says what is wrong with a value and how it is put right.
 */

type Check = (value: unknown) => boolean

/**
 * True only where a value is surely what its schema would make of it, with the members in the same order (zod builds
 * objects anew in the order of the schema, and answers and rows show that order). False says nothing. Only for what
 * `JSON.parse` gave: there are no undefined members, no holes and no prototypes but those of plain values in it.
 */
export type Exact<T> = (value: unknown) => value is T

const unknown: Check = () => false

type Schema = z.core.$ZodType
type Def = z.core.$ZodTypes['_zod']['def']
type CheckDef = z.core.$ZodChecks['_zod']['def'] | z.core.$ZodCustomDef

/** The quick check of a schema; what it cannot follow in one, it does not know in values. */
export const exactly = <S extends Schema>(schema: S) => checkOf(schema) as Exact<z.output<S>>

function checkOf(schema: Schema): Check {
  const { def } = (schema as z.core.$ZodTypes)._zod
  return [kindOf(schema, def), ...checksOf(def).map(limitOf)].reduce(both)
}

const both = (first: Check, second: Check): Check => {
  if (first === unknown || second === unknown) return unknown
  return (value) => first(value) && second(value)
}

function kindOf(schema: Schema, def: Def): Check {
  if ('coerce' in def && def.coerce) return unknown
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string'
    case 'number':
      return (value) => typeof value === 'number' && Number.isFinite(value)
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'enum':
    case 'literal': {
      const { values } = schema._zod
      return values ? (value) => (values as ReadonlySet<unknown>).has(value) : unknown
    }
    case 'nullable': {
      const inner = checkOf(def.innerType)
      return (value) => value === null || inner(value)
    }
    case 'optional':
      return checkOf(def.innerType)
    case 'array': {
      const element = checkOf(def.element)
      return (value) => Array.isArray(value) && value.every(element)
    }
    case 'object':
      return membersOf(def)
    case 'union':
      return oneOf(def.options)
    default:
      return unknown
  }
}

/** Formats and integers are kinds and checks in one. */
const checksOf = (def: Def): CheckDef[] => [
  ...('check' in def ? [def as CheckDef] : []),
  ...(def.checks ?? []).map((check) => check._zod.def as CheckDef)
]

/** Formats that are their pattern and nothing else. */
const PATTERNS: ReadonlySet<string> = new Set(['regex', 'ulid', 'uuid', 'date', 'datetime'])

/** By the source of a pattern, what is quicker and takes nothing that the pattern would not. */
const QUICKER: ReadonlyMap<string, (text: string) => boolean> = new Map([
  [z.regexes.uuid().source, isUuid],
  ['^[0-9a-f]{64}$', isSha256]
])

function limitOf(def: CheckDef): Check {
  switch (def.check) {
    case 'string_format': {
      const { format, pattern } = def
      // Of a pattern with flags zod may reset the place where it stopped.
      if (!pattern || !PATTERNS.has(format) || pattern.flags !== '') return unknown
      const test = QUICKER.get(pattern.source) ?? ((text) => pattern.test(text))
      return (value) => typeof value === 'string' && test(value)
    }
    case 'min_length':
      return (value) => leastLength(value) >= def.minimum
    case 'max_length':
      return (value) => mostLength(value) <= def.maximum
    case 'number_format':
      return def.format === 'safeint' ? Number.isSafeInteger : unknown
    case 'greater_than':
      return isBeyond(def, 1)
    case 'less_than':
      return isBeyond(def, -1)
    case 'overwrite':
      return (value) => Object.is(def.tx(value), value)
    case 'custom':
      return refinement(def)
    default:
      return unknown
  }
}

// A string is measured in code points, of which it has at most one for each unit and at least one for two.
const leastLength = (value: unknown): number =>
  typeof value === 'string' ? Math.ceil(value.length / 2) : Array.isArray(value) ? value.length : -1
const mostLength = (value: unknown): number =>
  typeof value === 'string' || Array.isArray(value) ? value.length : Number.POSITIVE_INFINITY

/** Above the bound for the sign 1, below it for −1. */
function isBeyond({ value: bound, inclusive }: { value: unknown; inclusive: boolean }, sign: number): Check {
  if (typeof bound !== 'number') return unknown
  return (value) =>
    typeof value === 'number' && ((value - bound) * sign > 0 || (inclusive && value === bound))
}

/** Of the custom checks those of `refine`, which are functions of a value. */
function refinement({ fn }: Partial<z.core.$ZodCustomDef>): Check {
  return fn === undefined ? unknown : (value) => fn(value) === true
}

const isStrict = ({ catchall }: z.core.$ZodObjectDef): boolean => catchall?._zod.def.type === 'never'

/** Left out it stays out, and nothing is put in its place. */
const mayBeAbsent = ({ _zod }: Schema): boolean => _zod.optin === 'optional' && _zod.optout === 'optional'

/** The members of a strict object, none but those and in that order. */
function membersOf(def: z.core.$ZodObjectDef): Check {
  // A name that every object has, `__proto__` above all, is never simply there or not.
  const isOdd = (name: string | symbol) => typeof name === 'symbol' || name in {}
  if (!isStrict(def) || Reflect.ownKeys(def.shape).some(isOdd)) return unknown
  const members = Object.entries(def.shape).map(([name, schema]) => ({
    name,
    isExact: checkOf(schema),
    optional: mayBeAbsent(schema)
  }))
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    let next = 0
    for (const name in value) {
      let member = members[next++]
      while (member?.optional && member.name !== name) member = members[next++]
      if (member?.name !== name || !member.isExact((value as Record<string, unknown>)[name])) return false
    }
    while (members[next]?.optional) next++
    return next === members.length
  }
}

/**
 * The first option that takes a value makes of it what it likes, so an option can be trusted only where every other
 * one would refuse.
 */
function oneOf(options: readonly Schema[]): Check {
  const isClear = options.every((a, i) => options.slice(i + 1).every((b) => areApart(a, b)))
  if (!isClear) return unknown
  const exact = options.map(checkOf)
  return (value) => exact.some((isExact) => isExact(value))
}

/** No value passes both: they share no value, or no value of some member, or one needs what the other does not know. */
function areApart(a: Schema, b: Schema): boolean {
  if (a._zod.values && b._zod.values) return a._zod.values.isDisjointFrom(b._zod.values)
  const [one, other] = [a, b].map((schema) => (schema as z.core.$ZodTypes)._zod.def)
  if (one?.type !== 'object' || other?.type !== 'object' || !isStrict(one) || !isStrict(other)) return false
  const names = [...Object.keys(one.shape), ...Object.keys(other.shape)]
  return names.some((name) => {
    const [here, there] = [ownMember(one.shape, name), ownMember(other.shape, name)]
    if (here && there) return here._zod.values !== undefined && areApart(here, there)
    return (here ?? there)?._zod.optin === undefined
  })
}
