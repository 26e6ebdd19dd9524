import type { z } from 'zod'

/* What is wrong with one place of a body or a query, in Persian: by the kind of fault, or by its own sentence. */

const TYPES: Record<string, string> = {
  string: 'متن',
  number: 'عدد',
  int: 'عدد صحیح',
  boolean: 'true یا false',
  array: 'فهرست',
  object: 'شیء',
  record: 'شیء'
}

const FORMATS: Record<string, string> = {
  date: 'باید تاریخی میلادی مانند 2024-03-20 باشد',
  datetime: 'باید لحظه‌ای مانند 2024-03-20T08:00:00Z باشد',
  ulid: 'باید یک ULID باشد',
  uuid: 'باید یک UUID باشد'
}

/** Sentences that the forms give themselves. */
const SENTENCES: Record<string, string> = {
  'lower-case letters, digits and hyphens, at most 64, not beginning with a hyphen':
    'حروف کوچک لاتین، رقم و خط تیره، حداکثر ۶۴ نویسه و نه با خط تیره در آغاز',
  'total is reserved for the sum of the roots': 'total برای جمع ریشه‌ها کنار گذاشته شده است',
  'points are a decimal string such as "22.5": Latin digits, not negative, at most four after the point':
    'امتیاز متنی ده‌دهی مانند "22.5" است: با رقم لاتین، نامنفی، حداکثر چهار رقم پس از ممیز',
  'a decimal string in Latin digits, at most 15 before and 6 after the point':
    'متنی ده‌دهی با رقم لاتین، حداکثر ۱۵ رقم پیش از ممیز و ۶ رقم پس از آن',
  'must be whole Unicode characters': 'باید از نویسه‌های کامل یونیکد باشد',
  'must be more than zero': 'باید بیش از صفر باشد',
  'the printed number as a decimal string in Latin digits, at most 15 before and 10 after the point':
    'عدد چاپ‌شده به صورت متن ده‌دهی با رقم لاتین، حداکثر ۱۵ رقم پیش از ممیز و ۱۰ رقم پس از آن',
  'must be an ISO instant with an offset': 'باید لحظه‌ای ISO با اختلاف ساعت باشد، مانند 2024-03-20T08:00:00Z',
  'must be a position or an ISO instant with an offset':
    'باید جایگاهی در دفتر یا لحظه‌ای ISO با اختلاف ساعت باشد',
  'give either nodes or rest': 'یا nodes را بدهید یا rest را',
  'give points or a measurement': 'امتیاز یا اندازه‌گیری را بدهید',
  'give either points or a measurement': 'امتیاز یا اندازه‌گیری را بدهید، نه هر دو',
  'give either points or a measurement, not both and not neither':
    'امتیاز یا اندازه‌گیری را بدهید: نه هر دو و نه هیچ‌کدام'
}

export const NO_FIELD_FA = 'چنین فیلدی نیست'

/** The fault in a sentence; one that fits any fault where nothing more is known of it. */
export function faultFa(issue: z.core.$ZodIssue): string {
  const own = SENTENCES[issue.message]
  if (own) return own
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined')
        ? 'لازم است و نیامده است'
        : `باید ${TYPES[issue.expected] ?? issue.expected} باشد`
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'نباید خالی باشد'
        : `${counted('دست‌کم', issue.minimum, issue.origin)} باشد`
    case 'too_big':
      return `${counted('حداکثر', issue.maximum, issue.origin)} باشد`
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'شکل درست ندارد'
    case 'invalid_value':
      return `باید یکی از این‌ها باشد: ${issue.values.map(String).join('، ')}`
    case 'unrecognized_keys':
      return NO_FIELD_FA
    default:
      return 'پذیرفته نیست'
  }
}

function counted(limit: string, count: number | bigint, origin: string): string {
  const unit = origin === 'string' ? ' نویسه' : origin === 'array' ? ' مورد' : ''
  return `باید ${limit} ${count}${unit}`
}
