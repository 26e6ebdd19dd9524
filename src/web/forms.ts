import { latinDigits } from '../digits.ts'
import { gregorianDay } from './calendar.ts'

/*
 * Fields of a form as the body of a command. A field is named after its place in the body (`measurement.numerator`,
 * `evidence.0.title.fa`), and after a colon what kind of value it holds. What is left empty is left out.
 */

/** A plain value of a body. */
type Value = string | number | boolean | string[] | { [name: string]: Value } | Value[]

/** Fields as a form sends them; one that stands in it several times has several values. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>

/** Fields that say how a form is sent and are no part of a body. */
const OWN = /^_/

const readers: Record<string, (values: readonly string[]) => Value | undefined> = {
  /** Numbers as people write them: digits of any script, with or without signs between thousands. */
  number: ([value = '']) => numberOf(value) || undefined,
  whole: ([value = '']) => (/^\d{1,15}$/.test(numberOf(value)) ? Number(numberOf(value)) : value),
  /** A day of either calendar as the Gregorian one: «۱۴۰۳/۰۴/۱۲» is `2024-07-02`. */
  day: ([value = '']) => (value.trim() === '' ? undefined : (gregorianDay(value) ?? value)),
  flag: ([value]) => (value === undefined || value === '' ? undefined : value === 'true'),
  list: (values) => {
    const found = values.flatMap((value) => value.split(/[\s,،]+/)).filter((value) => value !== '')
    return found.length > 0 ? found : undefined
  },
  /** As people copy it: in capitals, with spaces around it. */
  hash: ([value = '']) => value.trim().toLowerCase() || undefined,
  text: ([value = '']) => value.trim() || undefined
}

/** A number in Latin digits with a point: «۱٬۲۵۸٫۵» is `1258.5`. What is no number stays, for the command to refuse. */
export function numberOf(typed: string): string {
  const text = latinDigits(typed.trim())
  const whole = GROUPED.test(text) ? text.replace(/[٬,\s]/g, '') : text
  return whole.replace('٫', '.').replace(/^\u2212/, '-')
}

/** Only where all of it is parted in threes: the comma of `1258,500` may be meant as a point, so it is not dropped. */
const GROUPED = /^[-\u2212]?[1-9]\d{0,2}([٬,\s])\d{3}(\1\d{3})*([.٫]\d+)?$/

/** Deeper than any body, wider than any list that a form offers. */
const DEPTH_MAX = 6
const PLACE = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/

/** The body that the fields of a form say. Names that are no places in a body are passed over. */
export const bodyOf = (fields: Fields): Record<string, Value> =>
  listed(membersOf(fields)) as Record<string, Value>

/** The same before lists are made of what is numbered. */
function membersOf(fields: Fields): Record<string, Value> {
  const body: Record<string, Value> = {}
  for (const [field, given] of Object.entries(fields)) {
    if (OWN.test(field) || given === undefined) continue
    const [name = '', kind = 'text'] = field.split(':')
    const places = name.split('.')
    if (places.length > DEPTH_MAX || !places.every((place) => PLACE.test(place))) continue
    const value = readers[kind]?.([given].flat())
    if (value !== undefined) put(body, places, value)
  }
  return body
}

function put(into: Record<string, Value>, [place = '', ...rest]: readonly string[], value: Value): void {
  if (rest.length === 0) {
    into[place] = value
    return
  }
  const known = Object.hasOwn(into, place) ? into[place] : undefined
  const inner = isMembers(known) ? known : {}
  into[place] = inner
  put(inner, rest, value)
}

/** Members that are all numbered become lists, in their order and without gaps. */
function listed(value: Value): Value {
  if (!isMembers(value)) return value
  const numbers = numbersOf(value)
  if (numbers) return numbers.flatMap((name) => (value[name] === undefined ? [] : [listed(value[name])]))
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, listed(member)]))
}

/** The names of members that are all numbered, in the order in which they become a list; null where they are not. */
function numbersOf(members: { [name: string]: Value }): string[] | null {
  const names = Object.keys(members)
  if (names.length === 0 || !names.every((name) => /^\d+$/.test(name))) return null
  return names.sort((a, b) => Number(a) - Number(b))
}

/**
 * Which field of a form a pointer of a refusal means: `/measurement/numerator` → `measurement.numerator`. In a list it
 * counts what was sent, so that with the first row left empty `/appeals/0` means `appeals.1`.
 */
export function fieldOf(pointer: string, fields: Fields): string {
  let at: Value | undefined = membersOf(fields)
  const places: string[] = []
  for (const step of pointer.split('/').filter(Boolean)) {
    const members: { [name: string]: Value } = isMembers(at) ? at : {}
    const place = numbersOf(members)?.[Number(step)] ?? step
    places.push(place)
    at = Object.hasOwn(members, place) ? members[place] : undefined
  }
  return places.join('.')
}

const isMembers = (value: Value | undefined): value is { [name: string]: Value } =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
