import type { DutyPart } from '../../../projections/duty-acts.ts'
import type { DutyKind, DutyNote } from '../../../projections/duty-rules.ts'
import type { Phrase } from '../language.ts'

/* Words of cases of one person in two parts. None of them is a finding against anybody. */

export const duties = {
  title: { fa: 'تداخل وظایف', en: 'Duties' },
  lead: {
    fa: 'مواردی که یک نفر در یک پرونده دو نقش داشته، یا از وابستگی او چیزی دانسته نیست. این فهرست برای نگاه حسابرس است و حکمی درباره کسی نیست.',
    en: 'Cases in which one person had two parts in one matter, or of whom too little is known. The list is for an auditor to look at; it is no finding against anybody.'
  },
  kind: { fa: 'چه موردی', en: 'Case' },
  person: { fa: 'شخص', en: 'Person' },
  about: { fa: 'درباره', en: 'About' },
  parts: { fa: 'دو نقش', en: 'The two parts' },
  since: { fa: 'از رویداد', en: 'Since event' },
  notes: { fa: 'آنچه باید دانست', en: 'What else is known' },
  appeal: { fa: 'اعتراض', en: 'Appeal' },
  evaluation: { fa: 'ارزیابی (شناسه)', en: 'Evaluation (id)' },
  caption: { fa: 'موارد، کهن‌ترین در آغاز', en: 'Cases, oldest first' }
}

export const dutyKinds: Readonly<Record<DutyKind, Phrase>> = {
  'judged-own-claim': { fa: 'درباره ادعای خود نظر داده است', en: 'judged a claim of their own' },
  'judged-own-appeal': { fa: 'درباره اعتراض خود نظر داده است', en: 'judged an appeal of their own' },
  'judge-of-unit': { fa: 'ارزیاب، از همان دستگاه است', en: 'the judge is of the judged unit' },
  'panel-member-acted': {
    fa: 'عضو هیئت پیش‌تر در همان شاخص دست داشته است',
    en: 'a member of the panel had acted on the node'
  },
  'panel-member-of-unit': {
    fa: 'عضو هیئت از همان دستگاه است',
    en: 'a member of the panel is of the judged unit'
  },
  'decided-two-instances': {
    fa: 'در هر دو مرحله رسیدگی نشسته است',
    en: 'sat in both instances'
  },
  'unknown-affiliation': {
    fa: 'وابستگی عضو هیئت دانسته نبود',
    en: 'nothing was known of which unit a member is of'
  },
  'assigned-own-panel': { fa: 'خود را عضو هیئت کرده است', en: 'named themselves to the panel' },
  'filed-and-assigned': {
    fa: 'اعتراض را ثبت کرده و هیئت آن را برگزیده است',
    en: 'filed the appeal and named its panel'
  },
  'assigned-and-finalised': {
    fa: 'هیئت را برگزیده و ارزیابی را قطعی کرده است',
    en: 'named the panel and finalised'
  },
  'filed-and-finalised': {
    fa: 'اعتراض را ثبت کرده و ارزیابی را قطعی کرده است',
    en: 'filed the appeal and finalised'
  },
  'decided-and-finalised': {
    fa: 'درباره اعتراض تصمیم گرفته و ارزیابی را قطعی کرده است',
    en: 'decided the appeal and finalised'
  },
  'reopened-and-finalised': {
    fa: 'ارزیابی را هم بازگشوده و هم قطعی کرده است',
    en: 'reopened and finalised'
  },
  'recorded-and-finalised': {
    fa: 'امتیاز را ثبت کرده و ارزیابی را قطعی کرده است',
    en: 'gave or recorded scores and finalised'
  }
}

export const dutyParts: Readonly<Record<DutyPart, Phrase>> = {
  prepared: { fa: 'هدف یا متولی تعیین کرد', en: 'assigned a target or a responsibility' },
  claimed: { fa: 'امتیاز ادعا کرد', en: 'claimed' },
  judged: { fa: 'نظر داد', en: 'judged' },
  returned: { fa: 'عودت داد', en: 'returned for correction' },
  completed: { fa: 'بررسی را پایان داد', en: 'completed the review' },
  answered: { fa: 'به اعتراض پاسخ داد', en: 'answered the appeal' },
  appealed: { fa: 'اعتراض کرد', en: 'appealed' },
  evidence: { fa: 'مستند پیوست', en: 'attached evidence' },
  responsible: { fa: 'متولی شاخص بود', en: 'was responsible for the node' },
  recorded: { fa: 'امتیاز را از منبع ثبت کرد', en: 'recorded scores' },
  assigned: { fa: 'هیئت را برگزید', en: 'named the panel' },
  member: { fa: 'عضو هیئت شد', en: 'was named to the panel' },
  decided: { fa: 'تصمیم گرفت', en: 'decided' },
  sat: { fa: 'در هیئت نشست', en: 'sat on the panel' },
  finalised: { fa: 'قطعی کرد', en: 'finalised' },
  reopened: { fa: 'بازگشود', en: 'reopened' },
  'of-unit': { fa: 'وابسته به دستگاه شناخته شد', en: 'was shown to be of the unit' },
  'unit-moved': { fa: 'جای دستگاه در ساختار تغییر کرد', en: 'the tree of units was changed' }
}

export const dutyNotes: Readonly<Record<DutyNote, Phrase>> = {
  'came-out-later': {
    fa: 'هنگام اقدام دانسته نبود و بعد معلوم شد',
    en: 'came out only after the act'
  },
  elsewhere: { fa: 'از پرونده‌ای دیگر دانسته شد', en: 'known from another matter' },
  known: { fa: 'اکنون وابستگی او دانسته است', en: 'a unit of theirs is known by now' },
  'left-panel': {
    fa: 'پیش از تصمیم، هیئت دیگری جای او آمد',
    en: 'another panel was named before any decision'
  },
  'no-longer': { fa: 'دیگر جزو آن دستگاه نیست', en: 'the unit is not part of the judged one any more' }
}
