/* Words of the page of one evaluation. */

export const evaluation = {
  title: { fa: 'ارزیابی {unit}، {period}', en: 'Evaluation of {unit}, {period}' },
  lead: {
    fa: 'ادعای واحد {self} از {ceiling} است ({selfPercent}) و امتیاز ملاک عمل {standing} ({percent})؛ فاصله {gap} امتیاز.',
    en: 'The unit claims {self} of {ceiling} ({selfPercent}); {standing} stand ({percent}): a gap of {gap} points.'
  },
  leadNoClaim: {
    fa: 'امتیاز ملاک عمل {standing} از {ceiling} است ({percent}). ادعای واحد: {claim}.',
    en: '{standing} of {ceiling} stand ({percent}). The claim of the unit: {claim}.'
  },
  leadNothing: { fa: 'هنوز هیچ امتیازی ثبت نشده است.', en: 'No points have been entered yet.' },
  notEntered: { fa: 'ثبت نشده است', en: 'not entered' },
  why: { fa: 'چرا؟ گام به گام', en: 'Why? Step by step' },
  partial: {
    fa: 'جمع ناکامل است: بخشی از شاخص‌ها امتیازی ندارند.',
    en: 'The sum is partial: some nodes have no points.'
  },
  facts: { fa: 'مشخصات', en: 'Particulars' },
  framework: { fa: 'شیوه‌نامه', en: 'Framework' },
  revision: { fa: '{title}، ویرایش {revision}', en: '{title}, revision {revision}' },
  stage: { fa: 'مرحله', en: 'Stage' },
  status: { fa: 'قطعیت', en: 'Status' },
  origin: { fa: 'منشأ', en: 'Origin' },
  submitted: { fa: 'ارسال خودارزیابی', en: 'Submitted' },
  finalised: { fa: 'قطعی شد', en: 'Finalised' },
  waived: { fa: 'واحد نتیجه را پذیرفته است', en: 'the unit has accepted the result' },
  appealWindow: { fa: 'آخرین روز اعتراض', en: 'Last day to appeal' },
  returned: { fa: 'عودت‌شده برای رفع نقص', en: 'Returned for correction' },
  notYet: { fa: 'هنوز نه', en: 'not yet' },
  jump: { fa: 'جست‌وجوی شاخص (کد یا عنوان)', en: 'Find a node (code or title)' },
  found: { fa: '{count} یافته برای «{words}»', en: '{count} found for “{words}”' },
  tree: { fa: 'درخت امتیازها', en: 'The tree of scores' },
  treeCaption: {
    fa: 'از حوزه تا سنجه: ادعا، نظر کارشناسی، نهایی و ملاک عمل در کنار هم',
    en: 'From axis to measure: self, expert, final and standing side by side'
  },
  depth: { fa: 'تا ژرفای', en: 'Down to level' },
  everything: { fa: 'همه', en: 'all' },
  below: { fa: '{count} زیرمجموعه', en: '{count} below' },
  branch: { fa: 'تنها شاخه {code}', en: 'Only the branch {code}' },
  wholeTree: { fa: 'همه درخت', en: 'The whole tree' },
  announced: { fa: 'رقم اعلامی', en: 'Announced' },
  announcedHead: {
    fa: 'رقم‌های اعلام‌شده در کنار جمع اجزا',
    en: 'Announced figures beside the sum of their parts'
  },
  announcedLead: {
    fa: 'دفتر هر دو رقم را نشان می‌دهد و هیچ‌یک را درست نمی‌خواند.',
    en: 'The ledger shows both figures and calls neither correct.'
  },
  announcedMain: {
    fa: 'جمع کل، حوزه‌ها و هر جا که دو رقم یکی نیست',
    en: 'The total, the sets, and wherever two figures differ'
  },
  announcedRest: { fa: '{count} رقم دیگر که همخوان است', en: '{count} others that agree' },
  sum: { fa: 'جمع اجزا', en: 'Sum of the parts' },
  difference: { fa: 'تفاوت', en: 'Difference' },
  verdict: { fa: 'سنجش', en: 'Verdict' },
  agrees: { fa: 'همخوان', en: 'agree' },
  announcedPercent: { fa: 'درصد اعلامی', en: 'Announced percent' },
  level: { fa: 'مرحله', en: 'Level' },
  printed: { fa: 'چنان‌که چاپ شده', en: 'As printed' },
  losses: { fa: 'امتیازهای از دست رفته، بزرگ‌ترین نخست', en: 'Points lost, the largest first' },
  lossesCaption: { fa: 'فاصله تا سقف امتیاز مصداق‌دار', en: 'Distance to the applicable ceiling' },
  lossesNone: { fa: 'هیچ امتیازی از دست نرفته است.', en: 'No points are lost.' },
  lost: { fa: 'از دست رفته', en: 'Lost' },
  share: { fa: 'سهم از همه', en: 'Share of all' },
  charts: { fa: 'نمودارهای گزارش سالانه', en: 'The charts of the annual report' },
  chartAxes: {
    fa: 'درصد خودارزیابی و ملاک عمل در هر حوزه و محور',
    en: 'Self against standing by set and axis, in percent'
  },
  chartOf: {
    fa: 'درصد خودارزیابی و ملاک عمل در شاخص‌های {title}',
    en: 'Self against standing by indicator, in percent: {title}'
  },
  noFigure: { fa: 'ندارد', en: 'none' },
  exempt: { fa: 'آنچه مصداق ندارد', en: 'What is not applicable' },
  exemptNone: { fa: 'همه شاخص‌ها مصداق دارند.', en: 'Everything is applicable.' },
  exemptLead: {
    fa: 'این‌ها از مخرج کنار می‌روند؛ صفر نیستند.',
    en: 'These leave the denominator; they are not zero.'
  },
  removed: { fa: 'سقف کنار رفته', en: 'Ceiling taken out' },
  reason: { fa: 'دلیل', en: 'Reason' },
  who: { fa: 'چه کسی', en: 'Who' },
  when: { fa: 'چه زمانی', en: 'When' },
  targets: { fa: 'هدف‌ها و متولیان', en: 'Targets and responsible domains' },
  target: { fa: 'هدف', en: 'Target' },
  unitOfMeasure: { fa: 'یکای سنجش', en: 'Unit of measure' },
  main: { fa: 'متولی اصلی', en: 'Main domain' },
  collaborating: { fa: 'همکار', en: 'Collaborating' },
  targetsNone: { fa: 'هدف یا متولی‌ای ثبت نشده است.', en: 'No target and no responsible domain is recorded.' },
  domainsMissing: {
    fa: 'متولی هیچ شاخصی در منبع نیامده است.',
    en: 'The source names no responsible domain.'
  },
  appeals: { fa: 'اعتراض‌ها', en: 'Appeals' },
  appealsNone: { fa: 'اعتراضی ثبت نشده است.', en: 'No appeal has been filed.' },
  outcome: { fa: 'نتیجه', en: 'Outcome' },
  theCase: { fa: 'پرونده', en: 'The case' },
  unplaced: {
    fa: 'رقم‌های منتشرشده‌ای که جایی در درخت ندارند',
    en: 'Published figures that have no place in the tree'
  },
  about: { fa: 'درباره', en: 'About' },
  contents: { fa: 'در این صفحه', en: 'On this page' }
}
