/* Words of the register of appeals and of one case. */

export const appeals = {
  title: { fa: 'دفتر اعتراض‌ها', en: 'Register of appeals' },
  none: { fa: 'هیچ اعتراضی با این صافی ثبت نشده است.', en: 'No appeal fits this filter.' },
  mine: { fa: 'اعتراض‌های هیئت من', en: 'Appeals of my panels' },
  statisticsTitle: { fa: 'آمار اعتراض‌ها', en: 'How appeals fared' },
  toStatistics: { fa: 'آمار اعتراض‌ها', en: 'Statistics of appeals' },
  toRegister: { fa: 'دفتر اعتراض‌ها', en: 'The register' },
  status: { fa: 'وضعیت', en: 'Status' },
  unit: { fa: 'واحد', en: 'Unit' },
  period: { fa: 'دوره', en: 'Period' },
  panelist: { fa: 'عضو هیئت', en: 'Panel member' },
  node: { fa: 'شاخص', en: 'Node' },
  case: { fa: 'پرونده', en: 'Case' },
  instance: { fa: 'مرحله رسیدگی', en: 'Instance' },
  filed: { fa: 'تاریخ ثبت', en: 'Filed' },
  due: { fa: 'مهلت تصمیم', en: 'Decision due' },
  claimed: { fa: 'خواسته', en: 'Claimed' },
  moved: { fa: 'جابه‌جایی امتیاز', en: 'Points moved' },
  outcome: { fa: 'نتیجه', en: 'Outcome' },
  panel: { fa: 'هیئت', en: 'Panel' },
  chairOf: { fa: 'رئیس {person}', en: 'chair {person}' },
  noPanel: { fa: 'تعیین نشده', en: 'not named' },
  questions: { fa: 'پرسش باز', en: 'Open questions' },
  first: { fa: 'نخست', en: 'first' },
  second: { fa: 'تجدیدنظر', en: 'second' },
  daysLeft: { fa: '{days} روز مانده', en: '{days} days left' },
  oneDayLeft: { fa: 'یک روز مانده', en: 'one day left' },
  lastDay: { fa: 'امروز روز آخر است', en: 'today is the last day' },
  overdueToday: { fa: 'مهلت گذشته است', en: 'overdue' },
  overdueOne: { fa: 'یک روز از مهلت گذشته', en: 'one day overdue' },
  overdue: { fa: '{days} روز از مهلت گذشته', en: '{days} days overdue' },
  wasDue: { fa: 'مهلت تا {day} بود', en: 'was due by {day}' },
  by: { fa: 'به تفکیک', en: 'By' },
  byUnit: { fa: 'واحد', en: 'unit' },
  byNode: { fa: 'شاخص', en: 'node' },
  byExpert: { fa: 'کارشناس', en: 'expert' },
  expert: { fa: 'کارشناسی که نظرش مورد اعتراض است', en: 'Expert whose act was disputed' },
  count: { fa: 'اعتراض', en: 'Appeals' },
  open: { fa: 'در دست رسیدگی', en: 'Open' },
  overdueCount: { fa: 'از مهلت گذشته', en: 'Overdue' },
  decided: { fa: 'تصمیم گرفته شده', en: 'Decided' },
  withdrawn: { fa: 'مسترد', en: 'Withdrawn' },
  overturned: { fa: 'پذیرفته، همه یا بخشی', en: 'Upheld, wholly or partly' },
  share: { fa: 'سهم پذیرفته', en: 'Share upheld' },
  statisticsNote: {
    fa: 'سهم پذیرفته از اعتراض‌های تصمیم‌گرفته است. اعتراض به آنچه هیچ کارشناسی نداده در شمار هیچ کارشناسی نیست.',
    en: 'The share is of those decided. Appeals about what no expert gave are in no expert’s count.'
  },
  inWindow: { fa: 'ارزیابی‌هایی که در مرحله اعتراض‌اند', en: 'Evaluations in the stage of appeals' },
  toFile: { fa: 'ثبت اعتراض', en: 'File an appeal' },
  toClose: { fa: 'قطعی‌کردن', en: 'Make final' },

  caseTitle: { fa: 'اعتراض {unit} به «{node}»', en: 'Appeal of {unit} about “{node}”' },
  evaluation: { fa: 'ارزیابی', en: 'Evaluation' },
  claim: { fa: 'خواسته در برابر ملاک عمل', en: 'Claim against what stood' },
  claimPoints: {
    fa: '{claimed} امتیاز به جای {stood}، از سقف {ceiling}',
    en: '{claimed} points instead of {stood}, of {ceiling}'
  },
  claimApplies: {
    fa: 'مصداق دارد و {claimed} امتیاز از سقف {ceiling} می‌خواهد',
    en: 'it applies, and {claimed} points of {ceiling} are claimed'
  },
  claimAppliesOnly: { fa: 'مصداق دارد', en: 'it applies' },
  claimNotApplicable: {
    fa: 'عدم مصداق به جای {stood} امتیاز از سقف {ceiling}',
    en: 'not applicable, instead of {stood} points of {ceiling}'
  },
  nothingStood: { fa: 'هیچ امتیاز', en: 'no points' },
  notApplicableStood: { fa: 'عدم مصداق', en: 'not applicable' },
  measurement: { fa: 'سنجش', en: 'Measurement' },
  of: { fa: '{numerator} از {denominator}', en: '{numerator} of {denominator}' },
  baseline: { fa: 'مبنا {baseline}', en: 'baseline {baseline}' },
  targetOf: { fa: 'هدف {target}', en: 'target {target}' },
  filedBy: { fa: 'ثبت‌کننده', en: 'Filed by' },
  onBehalf: { fa: 'به نمایندگی از {person}، {letter}', en: 'on behalf of {person}, {letter}' },
  escalation: { fa: 'مهلت تجدیدنظرخواهی', en: 'Second instance may be asked for until' },
  letterOf: { fa: 'نامه {number} مورخ {date}', en: 'letter {number} of {date}' },
  signedBy: { fa: 'به امضای {person}', en: 'signed by {person}' },
  eventNumber: { fa: 'رویداد {position}', en: 'event {position}' },
  eventOf: { fa: 'رویداد', en: 'event' },

  sides: { fa: 'سخن دو طرف', en: 'What both sides say' },
  unitSide: { fa: 'واحد', en: 'The unit' },
  headquartersSide: { fa: 'طرف ارزیاب', en: 'Headquarters' },
  unitSilent: { fa: 'واحد چیزی نگفته است.', en: 'The unit has said nothing.' },
  headquartersSilent: { fa: 'هنوز پاسخی داده نشده است.', en: 'No answer was given yet.' },
  disputedAct: { fa: 'اقدام مورد اعتراض', en: 'The act that is disputed' },
  concede: { fa: 'پذیرش اعتراض', en: 'conceded' },
  contest: { fa: 'رد اعتراض', en: 'contested' },
  grounds: { fa: 'دلایل اعتراض', en: 'Grounds' },
  further: { fa: 'دلایل تجدیدنظرخواهی', en: 'Grounds for a second instance' },
  answer: { fa: 'پاسخ', en: 'Answer' },
  reply: { fa: 'پاسخ به پرسش هیئت', en: 'Reply to the panel' },

  course: { fa: 'گاه‌شمار رسیدگی', en: 'The course of the case' },
  side: { fa: 'از سوی', en: 'Side' },
  panelSide: { fa: 'هیئت', en: 'panel' },
  registrySide: { fa: 'دبیرخانه', en: 'registry' },
  ruleReference: { fa: 'استناد: {text}', en: 'Rule referred to: {text}' },
  evidenceOf: { fa: 'مستندات: {list}', en: 'Evidence: {list}' },
  panels: { fa: 'هیئت رسیدگی', en: 'The panel' },
  panelsNone: { fa: 'هنوز هیئتی تعیین نشده است.', en: 'No panel was named yet.' },
  members: { fa: 'اعضا', en: 'Members' },
  chair: { fa: 'رئیس', en: 'Chair' },
  assignedBy: { fa: 'تعیین‌کننده', en: 'Named by' },
  at: { fa: 'زمان', en: 'When' },
  ofUnits: { fa: 'از {units}', en: 'of {units}' },
  asked: { fa: 'پرسش‌های هیئت', en: 'Questions of the panel' },
  askedNone: { fa: 'هیئت چیزی نپرسیده است.', en: 'The panel has asked nothing.' },
  askedUnit: { fa: 'پرسش از واحد', en: 'Asked of the unit' },
  askedHeadquarters: { fa: 'پرسش از طرف ارزیاب', en: 'Asked of headquarters' },
  unanswered: {
    fa: 'هنوز پاسخ داده نشده است؛ تا پاسخ، مهلت هیئت نمی‌گذرد.',
    en: 'Not answered yet; the clock of the panel stands still meanwhile.'
  },
  neverAnswered: {
    fa: 'تا پایان پرونده پاسخ داده نشد.',
    en: 'Not answered before the case ended.'
  },
  evidence: { fa: 'مستندات پرونده', en: 'Evidence on file' },
  evidenceNone: { fa: 'مستندی در پرونده نیست.', en: 'There is no evidence on file.' },
  document: { fa: 'عنوان', en: 'Title' },
  kind: { fa: 'نوع', en: 'Kind' },
  place: { fa: 'نشانی', en: 'Where' },
  attached: { fa: 'پیوست‌کننده', en: 'Attached by' },
  late: { fa: 'پس از ارسال خودارزیابی', en: 'after submission' },
  inForce: { fa: 'مقررات حاکم بر این شاخص', en: 'What was in force' },
  rule: { fa: 'قاعده', en: 'Rule' },
  target: { fa: 'هدف', en: 'Target' },
  ceiling: { fa: 'سقف امتیاز', en: 'Ceiling' },
  revision: { fa: 'ویرایش شیوه‌نامه', en: 'Revision of the framework' },
  assignedTarget: { fa: 'هدف ابلاغی واحد', en: 'assigned to this unit' },
  noTarget: { fa: 'هدفی تعیین نشده است', en: 'no target is set' },
  decisions: { fa: 'تصمیم‌ها و اثر آنها', en: 'Decisions and their consequences' },
  decisionsNone: { fa: 'هنوز تصمیمی گرفته نشده است.', en: 'Nothing was decided yet.' },
  decisionOf: { fa: 'تصمیم مرحله {instance}', en: 'Decision of the {instance} instance' },
  toLetter: { fa: 'رأی به صورت نامه', en: 'The decision as a letter' },
  findings: { fa: 'دلایل تصمیم', en: 'Reasons' },
  dissent: { fa: 'نظر اقلیت', en: 'Dissent' },
  result: { fa: 'امتیاز پس از تصمیم', en: 'Result' },
  figures: { fa: 'ارقام پیش و پس از تصمیم', en: 'Figures before and after' },
  before: { fa: 'پیش از تصمیم', en: 'Before' },
  after: { fa: 'پس از تصمیم', en: 'After' },
  difference: { fa: 'تغییر', en: 'Change' },
  percentBefore: { fa: 'درصد پیش', en: 'Percent before' },
  percentAfter: { fa: 'درصد پس', en: 'Percent after' },
  grade: { fa: 'سطح عملکرد', en: 'Grade' },
  gradeChange: { fa: '{before} ← {after}', en: '{before} → {after}' },
  partial: { fa: 'ناکامل', en: 'partial' },
  remedy: { fa: 'راه بعدی', en: 'What can still be done' },
  remedyEscalate: {
    fa: 'واحد می‌تواند تا پایان روز {day} تجدیدنظر بخواهد.',
    en: 'The unit may ask for the second instance until the end of {day}.'
  },
  remedyOver: {
    fa: 'واحد تا پایان روز {day} می‌توانست تجدیدنظر بخواهد.',
    en: 'The unit could ask for the second instance until the end of {day}.'
  },
  remedyUpheld: {
    fa: 'خواسته به‌تمامی پذیرفته شده است و راه دیگری لازم نیست.',
    en: 'The claim was upheld in full; nothing is left to ask for.'
  },
  remedyLast: {
    fa: 'این آخرین مرحله است و تصمیم قطعی است.',
    en: 'This is the last instance; the decision is final.'
  },
  remedyNone: {
    fa: 'شیوه‌نامه پس از این تصمیم مهلتی برای تجدیدنظر نمی‌دهد.',
    en: 'The framework leaves no time for a second instance.'
  },

  ifUpheld: { fa: 'اگر پذیرفته شود', en: 'If it were upheld' },
  askIfUpheld: {
    fa: 'اگر این اعتراض به‌تمامی پذیرفته شود چه می‌شود؟',
    en: 'What would happen if this appeal were upheld in full?'
  },
  ifUpheldNote: {
    fa: 'این تنها محاسبه‌ای فرضی است؛ چیزی ثبت نشده و نمی‌شود.',
    en: 'This is a hypothesis: nothing was recorded, and nothing will be.'
  },
  ifUpheldRefused: {
    fa: 'در این وضعیت پذیرفتن آن ممکن نبود: {why}',
    en: 'As things stand it could not be upheld: {why}'
  },
  figure: { fa: 'رقم', en: 'Figure' },
  now: { fa: 'اکنون', en: 'Now' },
  hypothetical: { fa: 'آنگاه', en: 'Then' },
  total: { fa: 'جمع کل', en: 'Total' },
  totalPercent: { fa: 'درصد کل', en: 'Total, percent' },
  rank: { fa: 'رتبه در همه واحدها', en: 'Rank among all units' },
  othersMove: {
    fa: 'رتبه {count} واحد جابه‌جا می‌شد.',
    en: 'The rank of {count} units would change.'
  }
}

export const evidenceKinds = {
  file: { fa: 'پرونده', en: 'file' },
  link: { fa: 'پیوند', en: 'link' },
  'system-report': { fa: 'گزارش سامانه', en: 'system report' },
  letter: { fa: 'نامه', en: 'letter' },
  minutes: { fa: 'صورت‌جلسه', en: 'minutes' }
}

export const rules = {
  direct: { fa: 'امتیاز به نظر ارزیاب داده می‌شود', en: 'points are entered' },
  ratio: {
    fa: 'نسبت مقدار تحقق‌یافته به هدف، ضرب در سقف امتیاز؛ هدف قاعده {target}',
    en: 'what was achieved divided by the target, times the ceiling; target of the rule {target}'
  },
  lower: {
    fa: 'نسبت هدف به مقدار تحقق‌یافته، ضرب در سقف امتیاز (کمتر بهتر است)؛ هدف قاعده {target}',
    en: 'the target divided by what was achieved, times the ceiling (lower is better); target of the rule {target}'
  },
  growth: {
    fa: 'رشد نسبت به مبنا، تقسیم بر هدف رشد، ضرب در سقف امتیاز؛ هدف قاعده {target} درصد',
    en: 'growth over the baseline divided by the targeted growth, times the ceiling; target of the rule {target} percent'
  },
  bands: { fa: 'بر پایه بازه‌ها: {bands}', en: 'by bands: {bands}' },
  band: { fa: 'از {from}، {points} امتیاز', en: 'from {from}, {points} points' }
}
