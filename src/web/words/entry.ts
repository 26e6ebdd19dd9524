/* Words that the unit's form and the expert's sheet share. */

export const entry = {
  node: { fa: 'شاخص', en: 'Node' },
  ceiling: { fa: 'سقف', en: 'Ceiling' },
  lastSelf: { fa: 'خودارزیابی {period}', en: 'Self {period}' },
  lastFinal: { fa: 'نهایی {period}', en: 'Final {period}' },
  last: { fa: 'دوره پیش ({period})', en: 'Last period ({period})' },
  lastLine: {
    fa: '{code}: خودارزیابی {self}، ملاک عمل {final}',
    en: '{code}: self {self}, standing {final}'
  },
  noLast: { fa: 'در دوره پیش متناظری ندارد', en: 'has no counterpart in the last period' },
  claimed: { fa: 'ادعای واحد', en: 'Claimed' },
  standing: { fa: 'ملاک عمل', en: 'Standing' },
  measurement: { fa: 'اندازه‌گیری', en: 'Measurement' },
  state: { fa: 'وضعیت', en: 'State' },
  rule: { fa: 'قاعده امتیاز', en: 'Rule' },
  target: { fa: 'هدف ملاک', en: 'Target in force' },
  assigned: { fa: '{target} (تعیین‌شده برای این واحد)', en: '{target} (assigned to this unit)' },
  baseline: { fa: 'مقدار پایه', en: 'Baseline' },
  description: { fa: 'شرح', en: 'Description' },
  required: { fa: 'مستندات لازم', en: 'Evidence required' },
  documents: { fa: 'مستندات پیوست', en: 'Evidence attached' },
  noDocuments: { fa: 'مستندی پیوست نشده است', en: 'nothing has been attached' },
  reviewer: { fa: 'بررسی با', en: 'Reviewed by' },
  ruleDirect: {
    fa: 'امتیاز را خود می‌نویسید، حداکثر {ceiling}',
    en: 'points are given directly, at most {ceiling}'
  },
  ruleRatio: {
    fa: 'صورت بخش بر مخرج، ضرب در {factor}؛ به نسبت رسیدن به هدف از {ceiling} امتیاز داده می‌شود',
    en: 'numerator over denominator, times {factor}; {ceiling} points in proportion to how far the target is reached'
  },
  ruleLower: {
    fa: 'صورت بخش بر مخرج، ضرب در {factor}؛ هر چه کمتر بهتر: در هدف یا زیر آن {ceiling} امتیاز، بالاتر از آن به نسبت کمتر',
    en: 'numerator over denominator, times {factor}; lower is better: {ceiling} points at the target or below, proportionally fewer above'
  },
  ruleGrowth: {
    fa: 'درصد رشد نسبت به مقدار پایه؛ به نسبت رسیدن به هدف از {ceiling} امتیاز داده می‌شود',
    en: 'growth over the baseline in percent; {ceiling} points in proportion to how far the target is reached'
  },
  ruleBands: { fa: 'پلکانی: {bands}', en: 'by steps: {bands}' },
  band: { fa: 'از {from}: {points} امتیاز', en: 'from {from}: {points} points' },
  of: { fa: '{numerator} از {denominator}', en: '{numerator} of {denominator}' },
  against: { fa: '، هدف {target}', en: ', target {target}' },
  over: { fa: '، پایه {baseline}', en: ', baseline {baseline}' },
  numerator: { fa: 'صورت (مقدار به‌دست‌آمده)', en: 'Numerator (what was reached)' },
  denominator: { fa: 'مخرج', en: 'Denominator' },
  points: { fa: 'امتیاز', en: 'Points' },
  pointsHint: { fa: 'از ۰ تا {ceiling}', en: 'from 0 to {ceiling}' },
  numberHint: { fa: 'با رقم فارسی یا لاتین، مانند ۱۲۵۸٫۵', en: 'digits of either script, like 1258.5' },
  note: { fa: 'توضیح', en: 'Note' },
  reasonCode: { fa: 'نوع دلیل', en: 'Kind of reason' },
  reason: { fa: 'دلیل', en: 'Reason' },
  ruleReference: { fa: 'بند شیوه‌نامه', en: 'Clause of the rules' },
  docTitle: { fa: 'عنوان مستند {number}', en: 'Title of document {number}' },
  docUri: { fa: 'نشانی مستند {number}', en: 'Address of document {number}' },
  docSha: { fa: 'SHA-256 مستند {number}', en: 'SHA-256 of document {number}' },
  docHint: {
    fa: 'شصت‌وچهار نویسه؛ سند را به این ثبت گره می‌زند',
    en: 'sixty-four characters that bind the file to this entry'
  },
  attach: { fa: 'پیوست مستند', en: 'Attach a document' },
  attachKind: { fa: 'نوع مستند', en: 'Kind of document' },
  attachTitle: { fa: 'عنوان', en: 'Title' },
  attachUri: { fa: 'نشانی', en: 'Address' },
  history: { fa: 'چرا این امتیاز؟ همه گام‌ها', en: 'Why this score? Every step' },
  past: {
    fa: 'وضعیت گذشته نمایش داده می‌شود؛ برای نوشتن به اکنون بازگردید.',
    en: 'This is the past; go back to now to write.'
  },
  returned: { fa: 'عودت‌شده برای رفع نقص', en: 'returned for correction' },
  claimOpen: { fa: 'ادعای عدم مصداق', en: 'claimed not applicable' },
  granted: { fa: 'عدم مصداق', en: 'not applicable' },
  entered: { fa: 'ثبت شده', en: 'entered' },
  missing: { fa: 'ثبت نشده', en: 'missing' },
  blank: { fa: 'بی‌امتیاز ارسال شد', en: 'left blank' },
  confirmed: { fa: 'تأیید شده', en: 'confirmed' },
  overridden: { fa: 'اصلاح شده', en: 'overridden' },
  decided: { fa: 'با تصمیم', en: 'decided' },
  open: { fa: 'بررسی نشده', en: 'to be judged' },
  noLeaf: { fa: 'چنین شاخصی در این ارزیابی نیست.', en: 'There is no such leaf in this evaluation.' },
  scorecard: { fa: 'کارنامه', en: 'The scorecard' }
}

export const evidenceKinds = {
  file: { fa: 'پرونده', en: 'file' },
  link: { fa: 'پیوند', en: 'link' },
  'system-report': { fa: 'گزارش سامانه', en: 'report of a system' },
  letter: { fa: 'نامه', en: 'letter' },
  minutes: { fa: 'صورت‌جلسه', en: 'minutes' }
}

/** Words of the unit's form. */
export const self = {
  title: { fa: 'خودارزیابی {unit}، {period}', en: 'Self-assessment of {unit}, {period}' },
  axes: { fa: 'محورها', en: 'Axes' },
  axis: { fa: 'محور', en: 'Axis' },
  progress: { fa: 'پیشرفت', en: 'Progress' },
  progressOf: { fa: '{done} از {all}', en: '{done} of {all}' },
  axisDone: { fa: 'کامل', en: 'complete' },
  axisLeft: { fa: '{left} مانده', en: '{left} left' },
  leaves: { fa: 'شاخص‌های {axis}', en: 'Leaves of {axis}' },
  enter: { fa: 'امتیاز خودارزیابی', en: 'Self score' },
  save: { fa: 'ثبت', en: 'Save' },
  makes: { fa: 'امتیاز ثبت‌شده: {points} از {ceiling}', en: 'Entered: {points} of {ceiling} points' },
  claim: { fa: 'ادعای عدم مصداق', en: 'Claim that it does not apply' },
  claimSend: { fa: 'ثبت ادعا', en: 'Send the claim' },
  claimStands: {
    fa: 'برای این شاخص عدم مصداق ادعا شده است: {reason}. ثبت امتیاز جای آن را می‌گیرد.',
    en: 'This leaf is claimed not to apply: {reason}. Entering a score takes the place of that.'
  },
  returnedTitle: { fa: 'آنچه برای رفع نقص عودت شده است', en: 'What was returned for correction' },
  returnedWhy: { fa: 'دلیل عودت: {reason}', en: 'Why it was returned: {reason}' },
  submitTitle: { fa: 'ارسال', en: 'Submission' },
  complete: {
    fa: 'همه شاخص‌ها امتیاز یا ادعای عدم مصداق دارند.',
    en: 'Every leaf has a score or is claimed not to apply.'
  },
  missingTitle: { fa: '{count} شاخص هنوز خالی است', en: '{count} leaves are still empty' },
  missingLead: {
    fa: 'یا آن‌ها را پر کنید، یا برای هر کدام بنویسید چرا بی‌امتیاز ارسال می‌شود.',
    en: 'Fill them in, or say for each why it is submitted without a score.'
  },
  blankOf: { fa: 'چرا {node} خالی می‌ماند؟', en: 'Why is {node} left blank?' },
  submit: { fa: 'ارسال خودارزیابی', en: 'Submit the self-assessment' },
  resubmit: { fa: 'ارسال دوباره آنچه عودت شده بود', en: 'Resubmit what was returned' },
  caution: {
    fa: 'پس از ارسال، تنها کارشناس می‌تواند آن را برای اصلاح برگرداند.',
    en: 'Once submitted, only an expert can return it for correction.'
  },
  readOnly: {
    fa: 'این صفحه را می‌بینید ولی نمی‌نویسید: نوشتن با کاربر همین واحد و در مرحله خودارزیابی یا پس از عودت است. مرحله کنونی: {stage}.',
    en: 'You can look but not write here: writing is for an assessor of this unit, during self-assessment or after a return. Stage now: {stage}.'
  }
}

/** Words of the expert's sheet. */
export const review = {
  title: { fa: 'بررسی کارشناسی {unit}، {period}', en: 'Review of {unit}, {period}' },
  progress: {
    fa: '{done} شاخص از {all} بررسی شده است.',
    en: '{done} of {all} leaves have been judged.'
  },
  sheet: { fa: 'برگه بررسی', en: 'The sheet' },
  restTitle: { fa: 'تأیید باقی‌مانده', en: 'Confirm the rest' },
  rest: {
    fa: 'همه ادعاهایی که هنوز بررسی نشده و داوری آن‌ها با شماست، همان‌گونه که هست تأیید می‌شود.',
    en: 'Every claim that is still open and yours to judge is confirmed as it stands.'
  },
  restSend: { fa: 'تأیید همه باقی‌مانده', en: 'Confirm all the rest' },
  confirm: { fa: 'تأیید', en: 'Confirm' },
  confirmSend: { fa: 'تأیید {points} امتیاز', en: 'Confirm {points} points' },
  override: { fa: 'اصلاح امتیاز', en: 'Override' },
  overrideSend: { fa: 'ثبت امتیاز تازه', en: 'Give these points' },
  eitherOr: {
    fa: 'یا امتیاز را بنویسید یا اندازه‌گیری تازه را، نه هر دو.',
    en: 'Give either points or another measurement, not both.'
  },
  grant: { fa: 'پذیرش عدم مصداق', en: 'Grant that it does not apply' },
  refuse: { fa: 'رد عدم مصداق', en: 'Refuse that it does not apply' },
  revoke: { fa: 'لغو عدم مصداق', en: 'Take back that it does not apply' },
  returnTitle: { fa: 'عودت برای رفع نقص', en: 'Return for correction' },
  returnNodes: { fa: 'چه چیز عودت می‌شود', en: 'What is returned' },
  returnSend: { fa: 'عودت به واحد', en: 'Return to the unit' },
  completeTitle: { fa: 'پایان بررسی', en: 'Completing the review' },
  completeSend: { fa: 'پایان بررسی', en: 'Complete the review' },
  completeCaution: {
    fa: 'با پایان بررسی مهلت اعتراض آغاز می‌شود و این برگه دیگر عوض نمی‌شود.',
    en: 'This opens the window for appeals; the sheet does not change any more.'
  },
  openLead: { fa: '{count} شاخص هنوز باز است:', en: '{count} leaves are still open:' },
  nothingOpen: { fa: 'همه شاخص‌ها بررسی شده‌اند.', en: 'Every leaf has been judged.' },
  withUnit: {
    fa: 'پایان بررسی باید تا ارسال دوباره آنچه عودت شده است بماند.',
    en: 'The review cannot be completed until what was returned is submitted again.'
  },
  notYours: {
    fa: 'داوری این شاخص اکنون با شما نیست.',
    en: 'This leaf is not yours to judge now.'
  },
  readOnly: {
    fa: 'این برگه را می‌بینید ولی نمی‌نویسید: داوری با کارشناس ستاد بررسی‌کننده و در مرحله بررسی است. مرحله کنونی: {stage}.',
    en: 'You can look but not write here: judging is for an expert of the reviewing body, during the review. Stage now: {stage}.'
  }
}
