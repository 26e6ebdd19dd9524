/* Words of the audit trail. */

export const trail = {
  title: { fa: 'سابقه اقدامات', en: 'Audit trail' },
  titleOf: { fa: 'سابقه اقدامات: {unit}، {period}', en: 'Audit trail: {unit}, {period}' },
  lead: {
    fa: 'هر سطر یک اقدام است: رقم پیش و پس از آن، چه کسی، به چه دلیل و با کدام نامه یا منبع. هیچ سطری پاک یا بازنویسی نمی‌شود.',
    en: 'Each row is one act: the figure before and after it, who, on what grounds, by which letter or source. No row is ever removed or rewritten.'
  },
  leadViewer: {
    fa: 'نام افراد، دلیل‌ها و نامه‌ها در این نما نشان داده نمی‌شود.',
    en: 'Persons, reasons and letters are not shown in this view.'
  },
  act: { fa: 'اقدام', en: 'Act' },
  node: { fa: 'شاخص', en: 'Node' },
  nodes: { fa: '{count} شاخص', en: '{count} nodes' },
  before: { fa: 'پیش', en: 'Before' },
  after: { fa: 'پس', en: 'After' },
  difference: { fa: 'تفاوت', en: 'Difference' },
  reason: { fa: 'دلیل', en: 'Reason' },
  grounds: { fa: 'نامه، منبع، مستند', en: 'Letter, source, evidence' },
  links: { fa: 'رویدادهای پیوسته', en: 'Linked events' },
  evidence: { fa: '{count} مستند', en: '{count} documents' },
  onBehalf: { fa: 'از سوی {person}', en: 'on behalf of {person}' },
  printed: { fa: 'عین چاپ: {printed}', en: 'As printed: {printed}' },
  actor: { fa: 'شخص', en: 'Person' },
  from: { fa: 'از تاریخ (۱۴۰۳/۰۴/۱۲)', en: 'From day (1403/04/12 or 2024-07-02)' },
  to: { fa: 'تا پایان تاریخ', en: 'To the end of day' },
  reasonCode: { fa: 'دلیل', en: 'Reason' },
  letter: { fa: 'شماره نامه', en: 'Number of letter' },
  revised: { fa: 'کدام اقدام‌ها', en: 'Which acts' },
  revisedOnly: { fa: 'فقط آن‌ها که رقم را تغییر داد', en: 'only those that revised a figure' },
  toEvaluation: { fa: 'صفحه این ارزیابی', en: 'This evaluation' },
  toAll: { fa: 'سابقه همه ارزیابی‌ها', en: 'The trail of all evaluations' },
  toDuties: { fa: 'تداخل وظایف: یک نفر در دو نقش', en: 'Duties: one person in two parts' },
  toEvents: { fa: 'رویدادهای خام این ارزیابی', en: 'Raw events of this evaluation' }
}
