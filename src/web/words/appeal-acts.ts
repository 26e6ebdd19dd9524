/* Words of the forms about appeals and about the end of an evaluation. */

export const acts = {
  title: { fa: 'اقدام', en: 'What you can do' },
  past: {
    fa: 'این صفحه وضعیت گذشته را نشان می‌دهد؛ برای اقدام به اکنون بازگردید.',
    en: 'This page shows the past; go back to now to act.'
  },
  nothing: {
    fa: 'در این مرحله اقدامی برای شما باز نیست.',
    en: 'Nothing is open to you at this point.'
  },

  answer: { fa: 'پاسخ به اعتراض', en: 'Answer the appeal' },
  position: { fa: 'نظر طرف ارزیاب', en: 'Position of headquarters' },
  concede: { fa: 'اعتراض را وارد می‌دانیم', en: 'We concede' },
  contest: { fa: 'اعتراض را وارد نمی‌دانیم', en: 'We contest' },
  answerText: { fa: 'متن پاسخ', en: 'The answer' },
  sendAnswer: { fa: 'ثبت پاسخ', en: 'Record the answer' },

  panel: { fa: 'تعیین هیئت رسیدگی', en: 'Name the panel' },
  members: { fa: 'اعضا', en: 'Members' },
  membersHint: {
    fa: 'شناسه اعضا، با ویرگول یا فاصله از هم جدا. کسی که درباره این شاخص اقدام کرده یا از همین واحد است نمی‌تواند عضو باشد.',
    en: 'Ids of the members, parted by commas or blanks. Nobody who acted on this node or is of this unit may sit.'
  },
  chair: { fa: 'رئیس', en: 'Chair' },
  chairHint: { fa: 'یکی از همان اعضا', en: 'One of the members' },
  sendPanel: { fa: 'ثبت هیئت', en: 'Record the panel' },

  ask: { fa: 'پرسش از یک طرف', en: 'Ask one side' },
  askOf: { fa: 'از چه کسی', en: 'Whom' },
  ofUnit: { fa: 'واحد', en: 'the unit' },
  ofHeadquarters: { fa: 'طرف ارزیاب', en: 'headquarters' },
  question: { fa: 'پرسش', en: 'The question' },
  sendQuestion: { fa: 'ثبت پرسش', en: 'Record the question' },

  provide: { fa: 'پاسخ به پرسش هیئت', en: 'Reply to the panel' },
  which: { fa: 'به کدام پرسش', en: 'Which question' },
  reply: { fa: 'پاسخ', en: 'The reply' },
  sendReply: { fa: 'ثبت پاسخ', en: 'Record the reply' },

  decide: { fa: 'تصمیم', en: 'Decide' },
  outcome: { fa: 'نتیجه', en: 'Outcome' },
  outcomeHint: {
    fa: 'پذیرش همان خواسته را می‌دهد؛ پذیرش بخشی امتیازی میان ملاک عمل و خواسته.',
    en: 'Upholding gives what was claimed; upholding partly gives points between what stands and the claim.'
  },
  outcomeWhole: {
    fa: 'درباره مصداق داشتن یا نداشتن، پذیرش بخشی ممکن نیست.',
    en: 'Whether a node applies cannot be upheld partly.'
  },
  points: { fa: 'امتیاز', en: 'Points' },
  partlyPoints: { fa: 'امتیاز، در پذیرش بخشی', en: 'Points, where it is upheld partly' },
  pointsHint: { fa: 'میان {stood} و {claimed}', en: 'Between {stood} and {claimed}' },
  orMeasured: { fa: 'یا سنجشی که امتیاز از آن به دست می‌آید', en: 'Or a measurement that gives the points' },
  numerator: { fa: 'صورت یا مقدار', en: 'Numerator, or the value' },
  denominator: { fa: 'مخرج', en: 'Denominator' },
  baseline: { fa: 'مبنا', en: 'Baseline' },
  reasons: { fa: 'دلایل تصمیم', en: 'Reasons' },
  ruleReference: { fa: 'ماده یا بند مورد استناد', en: 'Rule referred to' },
  dissent: { fa: 'نظر اقلیت', en: 'Dissent' },
  considered: { fa: 'مستندات بررسی‌شده', en: 'Evidence considered' },
  consideredHint: {
    fa: 'اگر هیچ‌یک برگزیده نشود، همه مستندات پرونده بررسی‌شده شمرده می‌شود.',
    en: 'Where none is chosen, all evidence on file counts as considered.'
  },
  present: { fa: 'حاضران', en: 'Present' },
  presentHint: {
    fa: 'اگر هیچ‌یک برگزیده نشود، همه اعضا حاضر شمرده می‌شوند.',
    en: 'Where none is chosen, all members count as present.'
  },
  record: { fa: 'صورت‌جلسه و استناد', en: 'Record and references' },
  decideCaution: {
    fa: 'تصمیم ثبت‌شده پس گرفته نمی‌شود.',
    en: 'A decision that was recorded cannot be taken back.'
  },
  sendDecision: { fa: 'ثبت تصمیم', en: 'Record the decision' },

  escalate: { fa: 'تجدیدنظرخواهی', en: 'Ask for the second instance' },
  escalateGrounds: { fa: 'دلایل تجدیدنظرخواهی', en: 'Grounds' },
  sendEscalation: { fa: 'ثبت تجدیدنظرخواهی', en: 'Record it' },

  withdraw: { fa: 'استرداد اعتراض', en: 'Withdraw the appeal' },
  withdrawReason: { fa: 'دلیل استرداد', en: 'Reason' },
  withdrawCaution: {
    fa: 'رسیدگی پایان می‌یابد و امتیاز ملاک عمل می‌ماند.',
    en: 'The case ends, and what stands goes on standing.'
  },
  sendWithdrawal: { fa: 'استرداد', en: 'Withdraw' },

  evidence: { fa: 'پیوست مستند', en: 'Attach evidence' },
  documentTitle: { fa: 'عنوان مستند {number}', en: 'Title of document {number}' },
  documentAddress: { fa: 'نشانی مستند {number}', en: 'Address of document {number}' },
  documentHash: { fa: 'SHA-256 پرونده مستند {number}', en: 'SHA-256 of document {number}' },
  documentHashHint: { fa: '۶۴ رقم شانزده‌شانزدهی', en: '64 hexadecimal digits' },
  letter: { fa: 'نامه این اقدام', en: 'The letter of this act' },
  letterNumber: { fa: 'شماره نامه', en: 'Number of the letter' },
  letterDate: { fa: 'تاریخ نامه', en: 'Date of the letter' },
  letterDateHint: { fa: 'مانند ۱۴۰۳/۰۴/۱۲', en: 'Like 1403/04/12 or 2024-07-02' },
  signatory: { fa: 'امضاکننده', en: 'Signed by' }
}

export const filing = {
  title: { fa: 'اعتراض {unit}', en: 'Appeal of {unit}' },
  titleNode: { fa: 'اعتراض {unit} به «{node}»', en: 'Appeal of {unit} about “{node}”' },
  window: { fa: 'مهلت اعتراض', en: 'Appeals can be filed until' },
  windowOver: { fa: 'مهلت اعتراض {day} پایان یافت.', en: 'The window for appeals ended on {day}.' },
  waived: {
    fa: 'واحد نتیجه را پذیرفته است؛ دیگر اعتراضی ثبت نمی‌شود.',
    en: 'The unit has accepted the result; no appeal can be filed any more.'
  },
  notInStage: {
    fa: 'این ارزیابی در مرحله اعتراض نیست؛ اکنون در مرحله «{stage}» است.',
    en: 'This evaluation is not in the stage of appeals; it is in “{stage}”.'
  },
  notNow: {
    fa: 'اکنون نمی‌توان به این شاخص اعتراض کرد.',
    en: 'No appeal can be filed about this node now.'
  },
  notAtAll: {
    fa: 'اکنون نمی‌توان اعتراضی ثبت کرد.',
    en: 'No appeal can be filed now.'
  },
  openAppeal: { fa: 'اعتراض ثبت‌شده', en: 'The appeal on it' },
  pick: { fa: 'به کدام شاخص اعتراض می‌شود؟', en: 'Which node is disputed?' },
  chooseNode: { fa: 'انتخاب شاخص', en: 'Choose the node' },
  self: { fa: 'خودارزیابی', en: 'Self' },
  standing: { fa: 'امتیاز ملاک عمل', en: 'Standing' },
  gap: { fa: 'فاصله', en: 'Gap' },
  ceiling: { fa: 'سقف', en: 'Ceiling' },
  why: { fa: 'چرا این امتیاز؟', en: 'Why this figure?' },
  act: { fa: 'اعتراض', en: 'Appeal' },
  toFile: { fa: 'اعتراض به این شاخص', en: 'Dispute this node' },
  another: { fa: 'انتخاب شاخص دیگر', en: 'Choose another node' },
  form: { fa: 'متن اعتراض', en: 'The appeal' },
  claim: { fa: 'خواسته', en: 'What is asked for' },
  claimPoints: { fa: 'امتیاز یا سنجش دیگر', en: 'other points or another measurement' },
  claimNotApplicable: { fa: 'عدم مصداق', en: 'that it does not apply' },
  claimApplicable: { fa: 'مصداق داشتن', en: 'that it applies' },
  points: { fa: 'امتیاز خواسته‌شده', en: 'Points claimed' },
  pointsHint: { fa: 'بیش از {stood} و حداکثر {ceiling}', en: 'More than {stood}, at most {ceiling}' },
  pointsUpTo: { fa: 'حداکثر {ceiling}', en: 'At most {ceiling}' },
  grounds: { fa: 'دلایل اعتراض', en: 'Grounds' },
  case: { fa: 'شناسه پرونده', en: 'Case' },
  caseHint: {
    fa: 'اعتراض‌های یک نامه یک شناسه دارند: حروف کوچک لاتین، رقم و خط تیره، مانند letter-371',
    en: 'Appeals of one letter share it: lower-case letters, digits and hyphens, such as letter-371'
  },
  behalfPerson: { fa: 'کاربر واحد که اعتراض از اوست', en: 'Whose appeal it is' },
  behalfNumber: { fa: 'شماره نامه واحد', en: 'Number of the unit’s letter' },
  behalfDate: { fa: 'تاریخ نامه واحد', en: 'Date of the unit’s letter' },
  send: { fa: 'ثبت اعتراض', en: 'File the appeal' },
  several: { fa: 'چند شاخص در یک نامه', en: 'Several nodes in one letter' },
  severalNote: {
    fa: 'همه با هم ثبت می‌شوند یا هیچ‌یک. ردیف‌های خالی کنار گذاشته می‌شوند.',
    en: 'All of them are filed, or none. Rows that are left empty do not count.'
  },
  rows: { fa: 'شمار شاخص‌ها', en: 'Number of nodes' },
  rowsShow: { fa: 'فرم را نشان بده', en: 'Show the form' },
  row: { fa: 'شاخص {number}', en: 'Node {number}' },
  ofRow: { fa: '{label}، شاخص {number}', en: '{label}, node {number}' },
  sendCase: { fa: 'ثبت همه اعتراض‌ها', en: 'File all appeals' },
  waive: { fa: 'پذیرش نتیجه', en: 'Accept the result' },
  waiveCaution: {
    fa: 'با این کار واحد نتیجه را می‌پذیرد و دیگر هیچ اعتراضی در این ارزیابی ثبت نمی‌شود.',
    en: 'The unit accepts the result; no appeal can be filed in this evaluation afterwards.'
  },
  sendWaiver: { fa: 'نتیجه را می‌پذیریم', en: 'We accept the result' }
}

export const closing = {
  title: { fa: 'پایان ارزیابی {unit}', en: 'The end of the evaluation of {unit}' },
  stage: { fa: 'مرحله', en: 'Stage' },
  total: { fa: 'جمع کل', en: 'Total' },
  ofCeiling: { fa: '{points} از {ceiling} ({percent})', en: '{points} of {ceiling} ({percent})' },
  finalise: { fa: 'قطعی‌کردن', en: 'Make it final' },
  stands: { fa: 'آنچه در راه است', en: 'What stands in the way' },
  standsNote: {
    fa: 'تا این مانع هست ارزیابی قطعی نمی‌شود.',
    en: 'The evaluation cannot be made final while this is so.'
  },
  theEvent: { fa: 'رویداد مربوط', en: 'The event that says so' },
  openAppeals: { fa: 'اعتراض‌های باز', en: 'Open appeals' },
  windows: { fa: 'مهلت‌هایی که هنوز نگذشته‌اند', en: 'Windows that still run' },
  appealWindow: { fa: 'مهلت اعتراض تا پایان {day}', en: 'appeals, until the end of {day}' },
  escalationWindow: {
    fa: 'مهلت تجدیدنظرخواهی {node} تا پایان {day}',
    en: 'second instance of {node}, until the end of {day}'
  },
  finaliseCaution: {
    fa: 'امتیازهای ملاک عمل نهایی می‌شوند. بازگشایی تنها با مجوز مرجعی نام‌برده ممکن است.',
    en: 'What stands becomes final. It can be opened again only on the authority of a named body.'
  },
  sendFinal: { fa: 'قطعی شود', en: 'Make it final' },
  reopen: { fa: 'بازگشایی', en: 'Open it again' },
  touches: { fa: 'بازگشایی به اینها می‌رسد', en: 'What a reopening touches' },
  touchesNodes: { fa: 'شاخص‌هایی که بازبینی می‌شوند', en: 'Nodes that would be open again' },
  touchesTotal: { fa: 'جمع کلی که دیگر نهایی نیست', en: 'The total that would no longer be final' },
  touchesRanks: { fa: 'رتبه‌های منتشرشده', en: 'Ranks that were published from it' },
  rankOf: { fa: 'رتبه {place} از {of} در {population}', en: 'rank {place} of {of} in {population}' },
  rankAlone: { fa: 'رتبه {place} در {population}', en: 'rank {place} in {population}' },
  reason: { fa: 'دلیل بازگشایی', en: 'Reason' },
  body: { fa: 'مرجع صادرکننده مجوز', en: 'The body that authorises it' },
  number: { fa: 'شماره مجوز', en: 'Number of the authority' },
  date: { fa: 'تاریخ مجوز', en: 'Date of the authority' },
  reopenCaution: {
    fa: 'رتبه‌ها و گزارش‌هایی که از این ارزیابی منتشر شده‌اند با آنچه پس از بازگشایی می‌آید یکی نخواهند بود.',
    en: 'Ranks and reports that were published from this evaluation will not agree with what comes after.'
  },
  sendReopen: { fa: 'بازگشایی شود', en: 'Open it again' },
  neither: {
    fa: 'این ارزیابی در مرحله «{stage}» است؛ قطعی‌کردن و بازگشایی پس از آن می‌آید.',
    en: 'This evaluation is in “{stage}”; it is made final, and opened again, later.'
  }
}
