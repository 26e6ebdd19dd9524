/*
 * Solar Hijri days, at the edge only: the ledger knows instants. Everything is read off the calendar that the runtime
 * carries (ICU), so that no second table of leap years can disagree with it.
 */

import { latinDigits } from '../digits.ts'

const ZONE = 'Asia/Tehran'
const DAY_MS = 86_400_000

/** A day of the Solar Hijri calendar. */
export interface JalaliDay {
  year: number
  month: number
  day: number
}

const parts = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  timeZone: ZONE
})

/** The Solar Hijri day in Tehran at an instant. */
export function jalaliOf(instant: Date): JalaliDay {
  const found: Record<string, number> = {}
  for (const { type, value } of parts.formatToParts(instant)) found[type] = Number.parseInt(value, 10)
  const { year = 0, month = 0, day = 0 } = found
  return { year, month, day }
}

/** Days before a month in a year whose months have 31 days up to the sixth and 30 after it. */
const daysBefore = (month: number): number => (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30)

/** Noon in Tehran of 1 Farvardin 1403, from which days are counted. */
const ANCHOR = { year: 1403, noon: Date.UTC(2024, 2, 20, 8, 30) }

/** Noon in Tehran of a day, or null where the calendar has no such day (30 Esfand of a common year). */
export function noonOf({ year, month, day }: JalaliDay): Date | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  const guess = Math.round((year - ANCHOR.year) * 365.2422) + daysBefore(month) + day - 1
  // The guess is off by at most two days, whichever leap years lie between.
  for (const off of [0, 1, -1, 2, -2]) {
    const noon = new Date(ANCHOR.noon + (guess + off) * DAY_MS)
    const found = jalaliOf(noon)
    if (found.year === year && found.month === month && found.day === day) return noon
  }
  return null
}

const offsets = new Intl.DateTimeFormat('en', { timeZone: ZONE, timeZoneName: 'longOffset' })

/** Minutes that Tehran is ahead of UTC at an instant; there was summer time until 1401. */
function offsetMinutes(instant: Date): number {
  const name = offsets.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? []
  const size = Number(hours) * 60 + Number(minutes)
  return sign === '-' ? -size : size
}

/** The last millisecond in Tehran of the day that has this noon. */
export function endOfDay(noon: Date): Date {
  const evening = new Date(noon.getTime() + DAY_MS / 2)
  const shift = offsetMinutes(evening) * 60_000
  return new Date((Math.floor((noon.getTime() + shift) / DAY_MS) + 1) * DAY_MS - shift - 1)
}

/**
 * A date as people type it, as the last instant of that day in Tehran; null where it is none. Years below 1700 are
 * Solar Hijri (`1403/04/12`, `۱۴۰۳-۴-۱۲`), later ones Gregorian (`2024-07-02`).
 */
export function endOfTypedDay(typed: string): Date | null {
  const noon = typedNoon(typed)
  return noon && endOfDay(noon)
}

/** The same as the first instant of that day. */
export function startOfTypedDay(typed: string): Date | null {
  const noon = typedNoon(typed)
  return noon && new Date(endOfDay(new Date(noon.getTime() - DAY_MS)).getTime() + 1)
}

/** The same day as the Gregorian calendar has it, `2024-07-02`. */
export const gregorianDay = (typed: string): string | null =>
  typedNoon(typed)?.toISOString().slice(0, 10) ?? null

function typedNoon(typed: string): Date | null {
  const [, y = '', m = '', d = ''] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(latinDigits(typed.trim())) ?? []
  if (y === '') return null
  const [year, month, day] = [Number(y), Number(m), Number(d)]
  return year < 1700 ? noonOf({ year, month, day }) : gregorianNoon(year, month, day)
}

function gregorianNoon(year: number, month: number, day: number): Date | null {
  const noon = new Date(Date.UTC(year, month - 1, day, 8, 30))
  return noon.getUTCMonth() === month - 1 && noon.getUTCDate() === day ? noon : null
}
