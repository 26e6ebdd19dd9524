import type { z } from 'zod'
import type { EventTypeName } from '../../events/catalogue.ts'
import type {
  Level,
  NotApplicableReason,
  Origin,
  OverrideReason,
  Role,
  UnitKind
} from '../../events/forms.ts'
import type {
  DISCREPANCY_CLASSES,
  DISCREPANCY_KINDS,
  DISCREPANCY_MEASURES
} from '../../rules/discrepancy-row.ts'
import type { Phrase } from '../language.ts'

/* The words of the domain in both languages: the Persian of the offices, the English of the contract. */

type Words<Name extends string> = Readonly<Record<Name, Phrase>>

export const levels: Words<Level | 'standing'> = {
  self: { fa: 'خودارزیابی', en: 'Self' },
  expert: { fa: 'نظر کارشناسی', en: 'Expert' },
  final: { fa: 'نهایی', en: 'Final' },
  standing: { fa: 'امتیاز ملاک عمل', en: 'Standing' }
}

export const roles: Words<Role> = {
  assessor: { fa: 'کاربر دستگاه', en: 'assessor' },
  expert: { fa: 'کارشناس', en: 'expert' },
  panelist: { fa: 'عضو هیئت', en: 'panelist' },
  registrar: { fa: 'دبیرخانه', en: 'registrar' },
  auditor: { fa: 'حسابرس', en: 'auditor' },
  viewer: { fa: 'بیننده', en: 'viewer' }
}

export const stages: Words<'self-assessment' | 'review' | 'appeal' | 'final' | 'imported'> = {
  'self-assessment': { fa: 'خودارزیابی', en: 'self-assessment' },
  review: { fa: 'بررسی کارشناسی', en: 'review' },
  appeal: { fa: 'مهلت اعتراض', en: 'appeal' },
  final: { fa: 'نهایی', en: 'final' },
  imported: { fa: 'واردشده', en: 'imported' }
}

export const statuses: Words<'provisional' | 'final'> = {
  provisional: { fa: 'غیرقطعی', en: 'provisional' },
  final: { fa: 'قطعی', en: 'final' }
}

export const origins: Words<z.infer<typeof Origin>> = {
  live: { fa: 'زنده', en: 'live' },
  imported: { fa: 'واردشده از گزارش', en: 'imported' }
}

export const nodeKinds: Words<'set' | 'axis' | 'criterion' | 'indicator' | 'measure'> = {
  set: { fa: 'حوزه', en: 'set' },
  axis: { fa: 'محور', en: 'axis' },
  criterion: { fa: 'معیار', en: 'criterion' },
  indicator: { fa: 'شاخص', en: 'indicator' },
  measure: { fa: 'سنجه', en: 'measure' }
}

export const unitKinds: Words<z.infer<typeof UnitKind>> = {
  ministry: { fa: 'وزارتخانه', en: 'ministry' },
  headquarters: { fa: 'ستاد', en: 'headquarters' },
  organisation: { fa: 'سازمان', en: 'organisation' },
  fund: { fa: 'صندوق', en: 'fund' },
  directorate: { fa: 'اداره کل', en: 'directorate' },
  office: { fa: 'اداره', en: 'office' },
  aggregate: { fa: 'تجمیعی', en: 'aggregate' }
}

export const overrideReasons: Words<z.infer<typeof OverrideReason>> = {
  'data-corrected': { fa: 'اصلاح داده', en: 'the data were corrected' },
  'evidence-missing': { fa: 'نبود مستندات', en: 'evidence is missing' },
  'evidence-insufficient': { fa: 'کافی نبودن مستندات', en: 'evidence does not suffice' },
  'out-of-period': { fa: 'خارج از دوره', en: 'outside the period' },
  definition: { fa: 'ناسازگار با تعریف شاخص', en: 'not as the indicator is defined' },
  'source-differs': { fa: 'اختلاف با مرجع آماری', en: 'the source says otherwise' },
  calculation: { fa: 'خطای محاسبه', en: 'an error of calculation' },
  'field-check': { fa: 'بازدید میدانی', en: 'a check in the field' },
  other: { fa: 'سایر', en: 'other' }
}

export const notApplicableReasons: Words<z.infer<typeof NotApplicableReason>> = {
  'not-in-mission': { fa: 'خارج از مأموریت', en: 'not in its mission' },
  'no-subject': { fa: 'نبود موضوع', en: 'there is no subject' },
  'not-in-force': { fa: 'لازم‌الاجرا نبودن', en: 'not in force' },
  'outside-authority': { fa: 'خارج از اختیار', en: 'outside its authority' },
  'not-stated': { fa: 'در منبع نیامده است', en: 'not in the source' },
  other: { fa: 'سایر', en: 'other' }
}

/** Both closed lists of reasons, for wherever only the code is known. */
export const reasons: Readonly<Record<string, Phrase>> = { ...overrideReasons, ...notApplicableReasons }

export const outcomes: Words<'upheld' | 'partly-upheld' | 'rejected' | 'inadmissible'> = {
  upheld: { fa: 'پذیرش', en: 'upheld' },
  'partly-upheld': { fa: 'پذیرش بخشی', en: 'partly upheld' },
  rejected: { fa: 'رد', en: 'rejected' },
  inadmissible: { fa: 'رد شکلی', en: 'inadmissible' }
}

export const appealStatuses: Words<'open' | 'overdue' | 'decided' | 'withdrawn'> = {
  open: { fa: 'در دست رسیدگی', en: 'open' },
  overdue: { fa: 'از مهلت گذشته', en: 'overdue' },
  decided: { fa: 'تصمیم گرفته شده', en: 'decided' },
  withdrawn: { fa: 'مسترد', en: 'withdrawn' }
}

export const discrepancyKinds: Words<(typeof DISCREPANCY_KINDS)[number]> = {
  'self-final-gap': { fa: 'فاصله خودارزیابی و نهایی', en: 'gap between self and final' },
  'rollup-mismatch': { fa: 'ناهمخوانی با جمع اجزا', en: 'differs from the sum of its parts' },
  'published-mismatch': { fa: 'ناهمخوانی رقم منتشرشده', en: 'a published figure differs' },
  'unknown-node': { fa: 'شاخص ناشناخته', en: 'no such node' },
  'target-mismatch': { fa: 'ناهمخوانی هدف', en: 'another target than the one in force' },
  'override-without-evidence': { fa: 'اصلاح بی‌مستند', en: 'an override without evidence' },
  'missing-evidence': { fa: 'نبود مستند لازم', en: 'required evidence is missing' },
  'not-applicable': { fa: 'عدم مصداق', en: 'not applicable' },
  'late-framework': { fa: 'ابلاغ دیرهنگام', en: 'issued after the period began' }
}

export const discrepancyClasses: Words<(typeof DISCREPANCY_CLASSES)[number]> = {
  material: { fa: 'بااهمیت', en: 'material' },
  rounding: { fa: 'ناشی از گرد کردن', en: 'rounding' },
  notice: { fa: 'برای آگاهی', en: 'notice' }
}

export const measures: Words<(typeof DISCREPANCY_MEASURES)[number]> = {
  points: { fa: 'امتیاز', en: 'points' },
  percent: { fa: 'درصد', en: 'percent' },
  ceiling: { fa: 'سقف', en: 'ceiling' },
  days: { fa: 'روز', en: 'days' },
  count: { fa: 'تعداد', en: 'count' }
}

export const eventTypes: Words<EventTypeName> = {
  UnitRegistered: { fa: 'ثبت واحد', en: 'Unit registered' },
  UnitReclassified: { fa: 'تغییر رده واحد', en: 'Unit reclassified' },
  FrameworkPublished: { fa: 'ابلاغ شیوه‌نامه', en: 'Framework published' },
  FrameworkAmended: { fa: 'اصلاح شیوه‌نامه', en: 'Framework amended' },
  LineageLinked: { fa: 'تناظر با سال قبل', en: 'Lineage linked' },
  EvaluationOpened: { fa: 'گشایش ارزیابی', en: 'Evaluation opened' },
  TargetAssigned: { fa: 'تعیین هدف', en: 'Target assigned' },
  ResponsibilityAssigned: { fa: 'تعیین متولی', en: 'Responsibility assigned' },
  SelfScoreEntered: { fa: 'ثبت خودارزیابی', en: 'Self score entered' },
  NotApplicableClaimed: { fa: 'ادعای عدم مصداق', en: 'Not applicable claimed' },
  EvidenceAttached: { fa: 'پیوست مستند', en: 'Evidence attached' },
  SelfAssessmentSubmitted: { fa: 'ارسال خودارزیابی', en: 'Self-assessment submitted' },
  ReturnedForCorrection: { fa: 'عودت برای رفع نقص', en: 'Returned for correction' },
  ScoreConfirmed: { fa: 'تأیید امتیاز', en: 'Score confirmed' },
  ScoreOverridden: { fa: 'اصلاح امتیاز', en: 'Score overridden' },
  NotApplicableGranted: { fa: 'پذیرش عدم مصداق', en: 'Not applicable granted' },
  NotApplicableRefused: { fa: 'رد عدم مصداق', en: 'Not applicable refused' },
  NotApplicableRevoked: { fa: 'لغو عدم مصداق', en: 'Not applicable revoked' },
  ReviewCompleted: { fa: 'پایان بررسی', en: 'Review completed' },
  AppealFiled: { fa: 'ثبت اعتراض', en: 'Appeal filed' },
  AppealAnswered: { fa: 'پاسخ به اعتراض', en: 'Appeal answered' },
  PanelAssigned: { fa: 'تعیین هیئت', en: 'Panel assigned' },
  AppealInformationRequested: { fa: 'پرسش هیئت', en: 'Information requested' },
  AppealInformationProvided: { fa: 'پاسخ به هیئت', en: 'Information provided' },
  AppealDecided: { fa: 'تصمیم هیئت', en: 'Appeal decided' },
  AppealEscalated: { fa: 'تجدیدنظرخواهی', en: 'Appeal escalated' },
  AppealWithdrawn: { fa: 'استرداد اعتراض', en: 'Appeal withdrawn' },
  AppealWaived: { fa: 'پذیرش نتیجه', en: 'Appeal waived' },
  ScoreRecorded: { fa: 'ثبت امتیاز از منبع', en: 'Score recorded' },
  FigurePublished: { fa: 'رقم منتشرشده', en: 'Figure published' },
  EvaluationFinalised: { fa: 'قطعی‌شدن', en: 'Evaluation finalised' },
  EvaluationReopened: { fa: 'بازگشایی', en: 'Evaluation reopened' }
}

/** A word of a closed list, or the code itself where a list grew and the page did not. */
export const term = (words: Readonly<Record<string, Phrase>>, code: string): Phrase =>
  words[code] ?? { fa: code, en: code }
