import type { Basis, DISCREPANCY_CLASSES, DISCREPANCY_KINDS } from '../../rules/discrepancy-row.ts'
import type { Phrase } from '../language.ts'

/* Words of figures that ought to agree and do not. They call neither of the two right. */

export const discrepancies = {
  title: { fa: 'مغایرت‌ها', en: 'Discrepancies' },
  lead: {
    fa: 'دو رقم که باید با هم بخوانند و نمی‌خوانند. دفتر هر دو را کنار هم می‌گذارد و هیچ یک را درست یا نادرست نمی‌شمارد.',
    en: 'Two figures that ought to agree and do not. The ledger puts them side by side and calls neither right or wrong.'
  },
  classes: { fa: 'دسته', en: 'Class' },
  byKind: { fa: 'به تفکیک نوع: {class}', en: 'By kind: {class}' },
  kind: { fa: 'نوع', en: 'Kind' },
  what: { fa: 'رقم مبنا در برابر رقم یافته', en: 'What is held against what' },
  count: { fa: 'تعداد', en: 'Count' },
  largest: { fa: 'بزرگ‌ترین، به امتیاز', en: 'Largest, in points' },
  list: { fa: '{class}، بزرگ‌ترین در آغاز', en: '{class}, largest first' },
  node: { fa: 'شاخص', en: 'Node' },
  measure: { fa: 'مقیاس', en: 'Measure' },
  expected: { fa: 'رقم مبنا', en: 'Held against' },
  found: { fa: 'رقم یافته', en: 'Found' },
  difference: { fa: 'تفاوت', en: 'Difference' },
  percentPoints: { fa: 'واحد درصد', en: 'pp' },
  gap: { fa: 'به امتیاز', en: 'In points' },
  basis: { fa: 'مبنا از کجاست', en: 'Where the first comes from' },
  hints: { fa: 'نشانه', en: 'Hint' },
  print: { fa: 'عین چاپ', en: 'As printed' },
  events: { fa: 'رویدادها', en: 'Events' },
  forFound: { fa: 'پشت رقم یافته', en: 'Behind what was found' },
  forExpected: { fa: 'پشت رقم مبنا', en: 'Behind the other figure' },
  since: { fa: 'از رویداد', en: 'Since event' },
  minGap: { fa: 'دست‌کم به امتیاز', en: 'At least, in points' },
  incomplete: { fa: 'جمع ناکامل است', en: 'the sum is incomplete' },
  of: { fa: '{points} از {ceiling}', en: '{points} of {ceiling}' },
  ofCeiling: { fa: 'سقف {ceiling}', en: 'ceiling {ceiling}' },
  noHints: {
    fa: 'نشانه فقط می‌گوید تفاوت چگونه می‌تواند پدید آمده باشد؛ حکم نیست.',
    en: 'A hint says how a difference may have come about; it is no finding.'
  }
}

export const basisWords: Readonly<Record<Basis['of'], Phrase>> = {
  'own-figures': { fa: 'ارقام همان ردیف چاپ‌شده', en: 'the figures printed beside it' },
  recorded: { fa: 'رقم ثبت‌شده در دفتر', en: 'recorded in the ledger' },
  'roll-up': { fa: 'جمع اجزا در دفتر', en: 'the sum of its parts in the ledger' },
  'published-parts': { fa: 'جمع اجزای چاپ‌شده', en: 'the sum of its printed parts' },
  'other-place': { fa: 'جای دیگر همان گزارش', en: 'another place where it is printed' },
  framework: { fa: 'شیوه‌نامه', en: 'the framework' }
}

/** What is held against what, for each kind. */
export const kindNotes: Readonly<Record<(typeof DISCREPANCY_KINDS)[number], Phrase>> = {
  'self-final-gap': { fa: 'خودارزیابی در برابر نهایی', en: 'self against final' },
  'rollup-mismatch': {
    fa: 'جمع اجزا در برابر امتیاز ثبت‌شده خود شاخص',
    en: 'the sum of the parts against the points recorded for the node itself'
  },
  'published-mismatch': {
    fa: 'رقم دفتر یا دیگر ارقام چاپی در برابر رقم چاپ‌شده',
    en: 'the ledger, or other prints, against a printed figure'
  },
  'unknown-node': {
    fa: 'رقمی برای شاخصی که در شیوه‌نامه نیست',
    en: 'a figure for a node that the framework does not have'
  },
  'target-mismatch': {
    fa: 'هدف ابلاغ‌شده در برابر هدفی که با اندازه‌گیری آمده',
    en: 'the target in force against the one stated with a measurement'
  },
  'override-without-evidence': {
    fa: 'خودارزیابی در برابر امتیازی که کارشناس بی‌مستند داده است',
    en: 'self against the points that an expert gave without evidence'
  },
  'missing-evidence': {
    fa: 'مستنداتی که شیوه‌نامه خواسته در برابر آنچه پیوست است',
    en: 'the evidence that the framework asks for against what is attached'
  },
  'not-applicable': { fa: 'سقفی که از مخرج بیرون رفته است', en: 'the ceiling that was taken out' },
  'late-framework': {
    fa: 'روزهایی که ابلاغ پس از آغاز دوره بوده است',
    en: 'days by which it was issued after the period began'
  }
}

/** One line for each class, beside its name. */
export const classNotes: Readonly<Record<(typeof DISCREPANCY_CLASSES)[number], Phrase>> = {
  material: {
    fa: 'با هیچ گرد کردنی این دو رقم به هم نمی‌رسند.',
    en: 'No rounding makes these two figures meet.'
  },
  rounding: {
    fa: 'گرد کردن یا بریدن رقم آخر برای توضیح این تفاوت بس است.',
    en: 'Rounding, or cutting off the last digit, is enough to explain the difference.'
  },
  notice: { fa: 'برای آگاهی خواننده؛ اختلاف دو رقم نیست.', en: 'For information; no two figures differ.' }
}

export const hintWords = {
  mean: {
    fa: 'رقم چاپ‌شده برابر میانگین ساده {of} است ({mean})',
    en: 'the printed figure is the plain mean of {of} ({mean})'
  },
  swap: {
    fa: 'اگر در {printed} ({node}) دو رقم جابه‌جا شود ({swapped})، می‌خواند',
    en: 'with two digits of {printed} ({node}) exchanged ({swapped}) they agree'
  },
  nine: {
    fa: 'تفاوت بر نه بخش‌پذیر است ({units})، چنان که پس از جابه‌جایی دو رقم پیش می‌آید',
    en: 'the difference is divisible by nine ({units}), as after two digits were exchanged'
  },
  ceiling: {
    fa: 'با سقف {ceiling} می‌خواند: {whose} ({node}، {period})',
    en: 'it fits the ceiling {ceiling}: {whose} ({node}, {period})'
  }
}

export const whoseWords: Readonly<Record<string, Phrase>> = {
  framework: { fa: 'سقف خود شاخص', en: 'its own in the framework' },
  sibling: { fa: 'سقف شاخص کناری', en: 'that of a sibling' },
  'last-year': { fa: 'سقف سال پیش', en: 'that of the year before' },
  parent: { fa: 'سقف شاخص بالاتر', en: 'that of the parent' }
}
