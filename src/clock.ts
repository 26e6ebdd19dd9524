/**
 * Time is the server's. Instants are UTC ISO strings with milliseconds; days are counted in Asia/Tehran.
 * Iran has kept +03:30 all year since 2022, and summer time before; the zone's own rules are asked, not guessed.
 */
export const ZONE = 'Asia/Tehran'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

const parts = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit'
})

/** What the wall clock in Tehran shows at an instant, as if it were UTC, in milliseconds. */
function wallClock(instant: number): number {
  const at = Object.fromEntries(parts.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(at.year ?? 0, (at.month ?? 1) - 1, at.day, at.hour, at.minute, at.second)
}

/** The Gregorian day (`YYYY-MM-DD`) it is in Tehran at an ISO instant. */
export const dayOf = (instant: string): string =>
  new Date(wallClock(Date.parse(instant))).toISOString().slice(0, 10)

/** The instant at which a Gregorian day begins in Tehran. */
export function startOfDay(day: string): string {
  const wall = Date.parse(`${day}T00:00:00Z`)
  // Two rounds find the offset that holds at the answer itself, also on a day on which the clocks change.
  let instant = wall - (wallClock(wall) - wall)
  instant = wall - (wallClock(instant) - instant)
  return new Date(instant).toISOString()
}

/** The day `days` after another. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)

/**
 * When a window of `days` that opens with an act at `instant` closes, exclusive: 00:00 in Tehran of the day of
 * the act + days + 1. A window of 0 days closes at once.
 */
export const windowEnd = (instant: string, days: number): string =>
  days === 0 ? instant : startOfDay(addDays(dayOf(instant), days + 1))

/** The clock of one process: never behind the newest `recordedAt` it has seen. */
export interface Clock {
  now(): string
  saw(recordedAt: string): void
}

/** A clock over any source of milliseconds; the system's unless a test hands in its own. */
export function createClock(read: () => number = Date.now): Clock {
  let newest = 0
  // Asked and told several times in one millisecond, about which there is one thing to say.
  let last = { at: Number.NaN, text: '' }
  return {
    now: () => {
      const at = Math.max(read(), newest)
      if (at !== last.at) last = { at, text: new Date(at).toISOString() }
      return last.text
    },
    saw: (recordedAt) => {
      newest = Math.max(newest, recordedAt === last.text ? last.at : Date.parse(recordedAt))
    }
  }
}
