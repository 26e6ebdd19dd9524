/* Words of the list of evaluations and of the coverage of a framework. */

export const evaluations = {
  title: { fa: 'ارزیابی‌ها', en: 'Evaluations' },
  titleOfPeriod: { fa: 'ارزیابی‌های {period}', en: 'Evaluations of {period}' },
  yours: { fa: 'ارزیابی‌های شما', en: 'Yours' },
  toReview: { fa: 'در انتظار بررسی کارشناسی', en: 'Waiting for review' },
  noneOfYours: {
    fa: 'برای واحد شما ارزیابی‌ای گشوده نشده است.',
    en: 'No evaluation has been opened for your unit.'
  },
  noneToReview: {
    fa: 'اکنون ارزیابی‌ای در مرحله بررسی نیست.',
    en: 'Nothing is in review at the moment.'
  },
  cut: { fa: 'تنها {count} ارزیابی تازه‌تر اینجاست.', en: 'Only the newest {count} are shown.' },
  cutLink: { fa: 'همه را ببینید', en: 'See all of them' },
  whole: { fa: 'همه ارزیابی‌ها', en: 'All evaluations' },
  caption: { fa: '{count} ارزیابی', en: '{count} evaluations' },
  empty: { fa: 'هنوز ارزیابی‌ای گشوده نشده است.', en: 'No evaluation has been opened yet.' },
  allPeriods: { fa: 'همه دوره‌ها', en: 'all periods' },
  period: { fa: 'دوره', en: 'Period' },
  framework: { fa: 'شیوه‌نامه', en: 'Framework' },
  unit: { fa: 'واحد', en: 'Unit' },
  stage: { fa: 'مرحله', en: 'Stage' },
  search: { fa: 'نام واحد', en: 'Name of unit' },
  status: { fa: 'وضعیت', en: 'Status' },
  origin: { fa: 'خاستگاه', en: 'Origin' },
  self: { fa: 'خودارزیابی', en: 'Self' },
  standing: { fa: 'امتیاز ملاک عمل', en: 'Standing' },
  ceiling: { fa: 'سقف', en: 'Ceiling' },
  percent: { fa: 'درصد', en: 'Percent' },
  bar: { fa: 'نمودار', en: 'Bar' },
  partial: { fa: 'ناکامل', en: 'partial' },
  returned: { fa: 'عودت‌شده برای رفع نقص', en: 'returned for correction' },
  links: { fa: 'نماها', en: 'Views' },
  next: { fa: 'گام بعد', en: 'Next' },
  fill: { fa: 'تکمیل خودارزیابی', en: 'Fill in the self-assessment' },
  correct: { fa: 'رفع نقص', en: 'Correct what was returned' },
  review: { fa: 'بررسی', en: 'Review' },
  look: { fa: 'مشاهده کارنامه', en: 'See the scorecard' },
  trail: { fa: 'سابقه', en: 'trail' },
  years: { fa: 'سال به سال', en: 'years' },
  coverage: { fa: 'پوشش شیوه‌نامه‌ها', en: 'Coverage of the frameworks' },
  coverageHint: {
    fa: 'چه کسی ارسال کرده و چه کسی دیر کرده است:',
    en: 'Who has submitted, and who is late:'
  }
}

export const coverage = {
  title: { fa: 'پوشش {framework}', en: 'Coverage of {framework}' },
  caption: { fa: 'واحدهای مشمول، {count} واحد', en: 'Units concerned, {count}' },
  counts: {
    fa: 'از {units} واحد مشمول، برای {evaluations} واحد ارزیابی گشوده شده، {submitted} واحد ارسال کرده و {late} واحد دیر کرده است.',
    en: 'Of {units} units concerned, {evaluations} have an evaluation, {submitted} have submitted and {late} are late.'
  },
  rule: {
    fa: 'مشمول: واحدهای هم‌نوع با آنها که در این سری ارزیابی شده‌اند. دیرکرد: دوره تا {day} بوده و هنوز ارسال نشده است.',
    en: 'Concerned are units of every kind that this series has evaluated. Late: the period ended on {day} and nothing has been submitted.'
  },
  state: { fa: 'وضعیت ارسال', en: 'Submission' },
  submitted: { fa: 'ارسال‌شده', en: 'submitted' },
  imported: { fa: 'واردشده از گزارش', en: 'imported from a report' },
  late: { fa: 'دیرکرد', en: 'late' },
  waiting: { fa: 'در حال تکمیل', en: 'being filled in' },
  missing: { fa: 'بی‌ارزیابی', en: 'no evaluation' },
  submittedAt: { fa: 'تاریخ ارسال', en: 'Submitted on' },
  back: { fa: 'ارزیابی‌های این شیوه‌نامه', en: 'Evaluations by this framework' }
}
