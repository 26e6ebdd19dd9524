import type { Refusal } from './errors.ts'

type Words = Readonly<Record<string, string>>

const stages: Words = {
  'self-assessment': 'خودارزیابی',
  review: 'بررسی کارشناسی',
  appeal: 'مهلت اعتراض',
  final: 'نهایی',
  imported: 'واردشده'
}

const origins: Words = { live: 'زنده', imported: 'واردشده از گزارش' }

const roles: Words = {
  assessor: 'کاربر دستگاه',
  expert: 'کارشناس',
  panelist: 'عضو هیئت',
  registrar: 'دبیرخانه',
  auditor: 'حسابرس',
  viewer: 'بیننده'
}

/**
 * Words that stand for codes in a Persian sentence, by the parameter they come in: a node, a unit or a person may be
 * called like a code, and keeps its name. They are the words of the pages.
 */
const persianWords: Readonly<Record<string, Words>> = {
  stage: stages,
  // Stages, or the one origin that an act ever takes, which is called like its stage.
  needed: stages,
  origin: origins,
  role: roles,
  roles,
  status: { open: 'در دست رسیدگی', decided: 'تصمیم گرفته شده', withdrawn: 'مسترد' },
  outcome: { upheld: 'پذیرش', 'partly-upheld': 'پذیرش بخشی', rejected: 'رد', inadmissible: 'رد شکلی' },
  relation: { same: 'همان', split: 'تفکیک', merged: 'ادغام', new: 'نو', retired: 'کنارگذاشته' },
  kind: {
    address: 'نشانی',
    appeal: 'اعتراض',
    comparison: 'مقایسه',
    evaluation: 'ارزیابی',
    event: 'رویداد',
    node: 'گره',
    problem: 'خطا',
    register: 'دفتر',
    schema: 'طرح'
  }
}

/** The parameters of a refusal as a Persian sentence takes them: lists of codes become lists of words. */
export const inPersian = (params: Refusal['params']): Refusal['params'] =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      const words = persianWords[name]
      if (!words) return [name, value]
      const parts = String(value).split(', ')
      return [name, parts.map((code) => (Object.hasOwn(words, code) ? words[code] : code)).join('، ')]
    })
  ) as Refusal['params']
