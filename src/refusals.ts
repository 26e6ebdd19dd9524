import { appeals } from './refusals-appeals.ts'
import { registers } from './refusals-registers.ts'
import { persons, requests } from './refusals-requests.ts'
import { scores } from './refusals-scores.ts'

/** Words that stand for codes in a Persian sentence. */
export const persianWords: Readonly<Record<string, string>> = {
  'self-assessment': 'خودارزیابی',
  review: 'بررسی',
  appeal: 'اعتراض',
  final: 'نهایی',
  imported: 'واردشده',
  live: 'زنده',
  assessor: 'کاربر دستگاه',
  expert: 'کارشناس',
  panelist: 'عضو هیئت',
  registrar: 'دبیر',
  auditor: 'ممیز',
  viewer: 'بیننده',
  open: 'باز',
  decided: 'تصمیم‌گرفته',
  withdrawn: 'مسترد',
  rejected: 'رد',
  inadmissible: 'رد شکلی'
}

/** Every way to say no, by its code. */
export const refusals = { ...requests, ...persons, ...registers, ...scores, ...appeals }

export type RefusalCode = keyof typeof refusals
