import fc from 'fast-check'

/*
 * Values for a schema of the API's own description: mostly what it asks for, with ids that the ledger really has, now
 * and then something else.
 */

export interface Schema {
  type?: string
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  pattern?: string
  format?: string
  maxLength?: number
  minimum?: number
  maximum?: number
  items?: Schema
  maxItems?: number
  minItems?: number
  properties?: Record<string, Schema>
  required?: string[]
}

/** Values by the name of the member, the parameter or the place in a path that they are for. */
export type Pools = Record<string, readonly string[]>

type Json = fc.Arbitrary<unknown>

const WORDS = [
  '',
  ' ',
  'x',
  'ی',
  '۱۲',
  '=1+1',
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  "a'b",
  '%',
  '../..'
]
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 12 }))
const junk = fc.oneof(word, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, -1, 1e300, true, [], {}))

/** What a schema asks for; `name` is the member it stands at. */
export function anyOfSchema(schema: Schema, name: string, pools: Pools): Json {
  return fc.oneof({ weight: 30, arbitrary: asked(schema, name, pools) }, { weight: 1, arbitrary: junk })
}

function asked(schema: Schema, name: string, pools: Pools): Json {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => asked(choice, name, pools)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object':
      return objectOf(schema, pools)
    case 'array':
      return fc.array(anyOfSchema(schema.items ?? {}, name.replace(/s$/, ''), pools), {
        minLength: Math.min(schema.minItems ?? 0, 2),
        maxLength: 2
      })
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -3, max: Math.min(schema.maximum ?? 9, 9) })
    case 'null':
      return fc.constant(null)
    case 'string':
      return textOf(schema, name, pools)
    default:
      return junk
  }
}

function objectOf({ properties = {}, required = [] }: Schema, pools: Pools): Json {
  const members = (isNeeded: boolean) =>
    Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name) === isNeeded)
        .map(([name, schema]) => [name, anyOfSchema(schema, name, pools)])
    )
  const parts = fc.tuple(fc.record(members(true)), fc.record(members(false), { requiredKeys: [] }))
  return parts.map(([needed, others]) => ({ ...needed, ...others }))
}

/** Waiting for what has not been takes its time by design, so nothing asks for that. */
const ONLY_KNOWN: ReadonlySet<string> = new Set(['waitFor'])

function textOf({ pattern, maxLength = 40 }: Schema, name: string, pools: Pools): Json {
  const known = pools[name]
  if (known && ONLY_KNOWN.has(name)) return fc.constantFrom(...known)
  const free = pattern
    ? fc.stringMatching(new RegExp(pattern))
    : fc.string({ maxLength: Math.min(maxLength, 40) })
  return known ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...known) }, free) : free
}

/** A body that is right, with one member taken out, replaced or added. */
export const spoiled = (body: object): Json =>
  fc
    .tuple(fc.constantFrom('', '', ...Object.keys(body), 'extra'), fc.boolean(), junk)
    .map(([name, isGone, value]) => {
      if (name === '') return body
      const rest = Object.fromEntries(Object.entries(body).filter(([member]) => member !== name))
      return isGone ? rest : { ...rest, [name]: value }
    })

export interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
}

/** The text of a query: parameters that there are, now and then one twice, or one that there is not. */
export function queryOf(parameters: readonly Parameter[], pools: Pools): fc.Arbitrary<string> {
  const pairOf = ({ name, schema }: Parameter): fc.Arbitrary<[string, unknown]> =>
    fc.tuple(fc.constant(name), asked(schema, name, pools))
  const needed = parameters.filter(({ required }) => required)
  const odd: fc.Arbitrary<[string, unknown]> = fc.tuple(
    fc.constantFrom('extra', 'limit', 'cursor', 'asOf'),
    word
  )
  const some = parameters.length === 0 ? [] : [fc.oneof(...parameters.map(pairOf))]
  const more = some[0] ? fc.array(some[0], { maxLength: 3 }) : fc.constant<[string, unknown][]>([])
  return fc
    .tuple(
      fc.tuple(...needed.map((parameter) => fc.option(pairOf(parameter), { freq: 20 }))),
      more,
      fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: odd })
    )
    .map(([first, more, last]) => encoded([...first, ...more, last].filter((pair) => pair !== null)))
}

function encoded(pairs: readonly (readonly unknown[])[]): string {
  const text = pairs.map(([name, value]) => `${name}=${percent(String(value))}`).join('&')
  return text === '' ? '' : `?${text}`
}

/** Half a character cannot be sent in an address. */
export const percent = (text: string): string => encodeURIComponent(text.toWellFormed())

export const anyWord = word
