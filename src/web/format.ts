import { jalaliOf } from './calendar.ts'
import type { Language } from './language.ts'

/*
 * How figures and dates are written on pages. What comes in is what the API says: decimal strings in Latin digits and
 * instants in UTC; nothing here computes with a score.
 */

export interface Format {
  /** Digits of the language, everything else as it is: positions, codes of periods, letters' numbers. */
  digits(text: string | number): string
  /** A decimal string with the language's signs; `digits` fraction digits at least, so that columns align. */
  number(value: string | number, digits?: number): string
  /** What stands between the members of a list, with its blank. */
  comma: string
  /** The same as `number` with a sign before everything but zero. */
  signed(value: string, digits?: number): string
  percent(value: string): string
  /** Solar Hijri day in Tehran: «۱۲ تیر ۱۴۰۳», `12 Tir 1403`. Takes an instant or a Gregorian day. */
  date(value: string): string
  /** The same with the weekday. */
  weekday(value: string): string
  /** The same with the time of day. */
  moment(value: string): string
}

const MINUS = '\u2212'
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/

/** A Gregorian day without a time means that day, wherever one is. */
const instantOf = (value: string): Date => new Date(ISO_DAY.test(value) ? `${value}T08:30:00Z` : value)

interface Signs {
  group: string
  decimal: string
  percent: string
  comma: string
  digit: (digit: string) => string
}

const SIGNS: Record<Language, Signs> = {
  fa: {
    group: '٬',
    decimal: '٫',
    percent: '٪',
    comma: '، ',
    digit: (digit) => String.fromCharCode(0x06f0 + digit.charCodeAt(0) - 0x30)
  },
  en: { group: ',', decimal: '.', percent: '%', comma: ', ', digit: (digit) => digit }
}

const MONTHS_EN = [
  ...['Farvardin', 'Ordibehesht', 'Khordad', 'Tir', 'Mordad', 'Shahrivar'],
  ...['Mehr', 'Aban', 'Azar', 'Dey', 'Bahman', 'Esfand']
]
const MONTHS_FA = [
  ...['فروردین', 'اردیبهشت', 'خرداد', 'تیر', 'مرداد', 'شهریور'],
  ...['مهر', 'آبان', 'آذر', 'دی', 'بهمن', 'اسفند']
]
const MONTHS: Record<Language, readonly string[]> = { fa: MONTHS_FA, en: MONTHS_EN }

function formatOf(language: Language): Format {
  const signs = SIGNS[language]
  const own = Array.from({ length: 10 }, (_, digit) => signs.digit(String(digit)))
  const digits = (text: string | number) =>
    language === 'en' ? String(text) : String(text).replace(/\d/g, (digit) => own[Number(digit)] ?? digit)
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Asia/Tehran'
  })
  const days = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'Asia/Tehran' })

  const number = (value: string | number, least = 0): string => {
    const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(value)) ?? []
    if (whole === '') return digits(value)
    const grouped = whole.length < 4 ? whole : whole.replace(/\B(?=(\d{3})+$)/g, signs.group)
    const rest = fraction.padEnd(least, '0')
    return digits(`${sign ? MINUS : ''}${grouped}${rest ? signs.decimal + rest : ''}`)
  }
  const date = (value: string): string => {
    const { year, month, day } = jalaliOf(instantOf(value))
    return digits(`${day} ${MONTHS[language][month - 1] ?? ''} ${year}`)
  }
  return {
    digits,
    number,
    comma: signs.comma,
    signed: (value, least) => `${/^[0.]*$|^-/.test(value) ? '' : '+'}${number(value, least)}`,
    percent: (value) => `${number(value)}${signs.percent}`,
    date,
    weekday: (value) => `${days.format(instantOf(value))} ${date(value)}`,
    moment: (value) => `${date(value)}${signs.comma}${digits(clock.format(instantOf(value)))}`
  }
}

const FORMATS: Record<Language, Format> = { fa: formatOf('fa'), en: formatOf('en') }

/** How figures and dates are written in a language. */
export const formatFor = (language: Language): Format => FORMATS[language]

/** How many fraction digits a column of decimal strings needs. */
export const fractionDigits = (values: Iterable<string | null | undefined>): number => {
  let most = 0
  for (const value of values) most = Math.max(most, value?.split('.')[1]?.length ?? 0)
  return most
}

/**
 * Persian text as it is searched for: Arabic yeh and kaf become the Persian letters, Latin digits stand for all digits, joiners
 * and vowel signs are left out.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[يى]/g, 'ی')
    .replace(/ك/g, 'ک')
    .replace(/[\u064b-\u065f\u0640\u200c\u200d]/g, '')
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .toLowerCase()
    .trim()

const COLLATORS: Record<Language, Intl.Collator> = {
  fa: new Intl.Collator('fa'),
  en: new Intl.Collator('en')
}

/** The order of names in a language. */
export const byName =
  (language: Language) =>
  (a: string, b: string): number =>
    COLLATORS[language].compare(a, b)
