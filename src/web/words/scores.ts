/* Words that the pages about figures share: an evaluation, a node, two moments side by side. */

export const scores = {
  node: { fa: 'شاخص', en: 'Node' },
  code: { fa: 'کد', en: 'Code' },
  kind: { fa: 'نوع', en: 'Kind' },
  total: { fa: 'جمع کل', en: 'total' },
  ceiling: { fa: 'سقف امتیاز', en: 'Ceiling' },
  applicableCeiling: { fa: 'سقف امتیاز مصداق‌دار', en: 'Applicable ceiling' },
  self: { fa: 'خودارزیابی', en: 'Self' },
  expert: { fa: 'کارشناسی', en: 'Expert' },
  final: { fa: 'نهایی', en: 'Final' },
  standing: { fa: 'ملاک عمل', en: 'Standing' },
  percent: { fa: 'درصد', en: 'Percent' },
  points: { fa: 'امتیاز', en: 'Points' },
  bar: { fa: 'نمودار', en: 'Bar' },
  gap: { fa: 'فاصله با ادعا', en: 'Gap to claim' },
  state: { fa: 'وضعیت', en: 'State' },
  notApplicable: { fa: 'عدم مصداق', en: 'not applicable' },
  partial: { fa: 'ناکامل', en: 'partial' },
  claimedNotApplicable: { fa: 'ادعای عدم مصداق، بی‌پاسخ', en: 'claimed not applicable, unanswered' },
  blank: { fa: 'بی‌امتیاز ارسال شد', en: 'left blank' },
  appeal: { fa: 'اعتراض', en: 'Appeal' },
  appealOf: { fa: 'اعتراض: {status}', en: 'appeal: {status}' },
  differs: { fa: 'رقم اعلامی دیگر است', en: 'announced otherwise' },
  evaluation: { fa: 'ارزیابی', en: 'Evaluation' },
  unit: { fa: 'واحد', en: 'Unit' },
  period: { fa: 'دوره', en: 'Period' },
  source: { fa: 'منبع', en: 'Source' },
  place: { fa: '{document}، {place}', en: '{document}, {place}' },
  event: { fa: 'رویداد {position}', en: 'event {position}' },
  theEvent: { fa: 'رویداد', en: 'event' },
  nobody: { fa: 'نام به شما نمایش داده نمی‌شود', en: 'name not shown to you' },
  axisFrom: {
    fa: 'محور نمودار از {from} آغاز می‌شود، نه از صفر.',
    en: 'The axis begins at {from}, not at zero.'
  },
  mayHere: { fa: 'آنچه شما اکنون می‌توانید انجام دهید', en: 'What you may do now' },
  mayNothing: {
    fa: 'شما در این مرحله اقدامی ندارید.',
    en: 'There is nothing for you to do at this stage.'
  },
  mayPast: {
    fa: 'وضعیت گذشته نمایش داده می‌شود؛ برای اقدام به اکنون بازگردید.',
    en: 'This is the past; go back to now to act.'
  },
  toSelf: { fa: 'خودارزیابی', en: 'Self-assessment' },
  toReview: { fa: 'بررسی کارشناسی', en: 'Review' },
  toAppeals: { fa: 'اعتراض‌ها', en: 'Appeals' },
  toTrail: { fa: 'سابقه اقدامات', en: 'Audit trail' },
  toChanges: { fa: 'مقایسه دو زمان', en: 'Two moments side by side' },
  toDiscrepancies: { fa: 'مغایرت‌ها', en: 'Discrepancies' },
  toUnit: { fa: 'سال به سال', en: 'Year over year' }
}

/** Which page has the form for an act, and what the act is called. */
export const acts: Readonly<
  Record<string, { fa: string; en: string; page: 'self' | 'review' | 'appeals' | 'registry' }>
> = {
  'enter-self-score': { fa: 'ثبت امتیاز خودارزیابی', en: 'enter a self score', page: 'self' },
  'claim-not-applicable': { fa: 'ادعای عدم مصداق', en: 'claim not applicable', page: 'self' },
  'attach-evidence': { fa: 'پیوست مستند', en: 'attach evidence', page: 'self' },
  'submit-self-assessment': { fa: 'ارسال خودارزیابی', en: 'submit the self-assessment', page: 'self' },
  'confirm-scores': { fa: 'تأیید امتیاز', en: 'confirm scores', page: 'review' },
  'override-score': { fa: 'اصلاح امتیاز', en: 'override a score', page: 'review' },
  'grant-not-applicable': { fa: 'پذیرش عدم مصداق', en: 'grant not applicable', page: 'review' },
  'refuse-not-applicable': { fa: 'رد عدم مصداق', en: 'refuse not applicable', page: 'review' },
  'revoke-not-applicable': { fa: 'لغو عدم مصداق', en: 'revoke not applicable', page: 'review' },
  'return-for-correction': { fa: 'عودت برای رفع نقص', en: 'return for correction', page: 'review' },
  'complete-review': { fa: 'پایان بررسی', en: 'complete the review', page: 'review' },
  'file-appeal': { fa: 'ثبت اعتراض', en: 'file an appeal', page: 'appeals' },
  'file-case': { fa: 'ثبت پرونده اعتراض', en: 'file a case', page: 'appeals' },
  'answer-appeal': { fa: 'پاسخ به اعتراض', en: 'answer an appeal', page: 'appeals' },
  'assign-panel': { fa: 'تعیین هیئت', en: 'assign a panel', page: 'appeals' },
  'request-appeal-information': { fa: 'پرسش هیئت', en: 'ask for information', page: 'appeals' },
  'provide-appeal-information': { fa: 'پاسخ به هیئت', en: 'provide information', page: 'appeals' },
  'decide-appeal': { fa: 'تصمیم درباره اعتراض', en: 'decide an appeal', page: 'appeals' },
  'escalate-appeal': { fa: 'تجدیدنظرخواهی', en: 'escalate an appeal', page: 'appeals' },
  'withdraw-appeal': { fa: 'استرداد اعتراض', en: 'withdraw an appeal', page: 'appeals' },
  'waive-appeal': { fa: 'پذیرش نتیجه', en: 'accept the result', page: 'appeals' },
  'assign-target': { fa: 'تعیین هدف', en: 'assign a target', page: 'registry' },
  'assign-responsibility': { fa: 'تعیین متولی', en: 'assign a responsible domain', page: 'registry' },
  'record-score': { fa: 'ثبت امتیاز از منبع', en: 'record a score', page: 'registry' },
  'publish-figure': { fa: 'ثبت رقم منتشرشده', en: 'record a published figure', page: 'registry' },
  'finalise-evaluation': { fa: 'قطعی کردن', en: 'finalise', page: 'registry' },
  'reopen-evaluation': { fa: 'بازگشایی', en: 'reopen', page: 'registry' }
}
