/* Words of a decision as the letter that both sides get. */

export const decision = {
  title: { fa: 'رأی هیئت رسیدگی به اعتراضات', en: 'Decision of the appeals panel' },
  noneTitle: { fa: 'رأی هیئت', en: 'Decision of the panel' },
  none: {
    fa: 'در این اعتراض هنوز تصمیمی گرفته نشده است.',
    en: 'Nothing was decided in this appeal yet.'
  },
  toCase: { fa: 'پرونده اعتراض', en: 'The whole case' },
  other: { fa: 'رأی مرحله {instance}', en: 'Decision of the {instance} instance' },
  opening: { fa: 'باسمه تعالی', en: '' },
  number: { fa: 'شماره', en: 'Number' },
  date: { fa: 'تاریخ', en: 'Date' },
  attachments: { fa: 'پیوست', en: 'Enclosures' },
  documents: { fa: '{count} مستند', en: '{count} documents' },
  noAttachments: { fa: 'ندارد', en: 'none' },
  noNumber: { fa: 'رویداد {position} دفتر', en: 'event {position} of the ledger' },
  to: { fa: 'به', en: 'To' },
  copy: { fa: 'رونوشت', en: 'Copy' },
  toHeadquarters: { fa: 'طرف ارزیاب', en: 'headquarters' },
  subject: { fa: 'موضوع', en: 'Subject' },
  subjectText: {
    fa: 'اعتراض به امتیاز «{node}» ({code}) در {framework}',
    en: 'Appeal about “{node}” ({code}) in {framework}'
  },
  instance: { fa: 'مرحله رسیدگی', en: 'Instance' },
  composition: { fa: 'ترکیب هیئت', en: 'Composition of the panel' },
  person: { fa: 'عضو', en: 'Member' },
  part: { fa: 'سمت', en: 'Part' },
  chair: { fa: 'رئیس', en: 'chair' },
  member: { fa: 'عضو', en: 'member' },
  presence: { fa: 'حضور', en: 'Presence' },
  present: { fa: 'حاضر', en: 'present' },
  absent: { fa: 'غایب', en: 'absent' },
  namedBy: {
    fa: 'هیئت را {person} در تاریخ {day} تعیین کرده است.',
    en: 'The panel was named by {person} on {day}.'
  },
  noComposition: { fa: 'ترکیب هیئت ثبت نشده است.', en: 'No composition was recorded.' },
  claim: { fa: 'خواسته', en: 'The claim' },
  grounds: { fa: 'دلایل معترض', en: 'Grounds of the appeal' },
  said: { fa: '{person}، {day}', en: '{person}, {day}' },
  answer: { fa: 'پاسخ طرف ارزیاب', en: 'The answer of headquarters' },
  noAnswer: { fa: 'پاسخی داده نشده است.', en: 'No answer was given.' },
  rule: { fa: 'مقررات حاکم', en: 'The rule in force' },
  reference: { fa: 'مورد استناد', en: 'Referred to' },
  evidence: { fa: 'مستندات بررسی‌شده', en: 'Evidence considered' },
  noEvidence: { fa: 'مستندی بررسی نشده است.', en: 'No evidence was considered.' },
  outcome: { fa: 'رأی', en: 'The decision' },
  ruling: {
    upheld: { fa: 'اعتراض به‌تمامی پذیرفته می‌شود.', en: 'The appeal is upheld.' },
    'partly-upheld': { fa: 'بخشی از اعتراض پذیرفته می‌شود.', en: 'The appeal is partly upheld.' },
    rejected: { fa: 'اعتراض رد می‌شود.', en: 'The appeal is rejected.' },
    inadmissible: {
      fa: 'اعتراض از نظر شکلی پذیرفته نیست و رد می‌شود.',
      en: 'The appeal is inadmissible.'
    }
  },
  findings: { fa: 'دلایل رأی', en: 'Reasons' },
  dissent: { fa: 'نظر اقلیت', en: 'Dissent' },
  figures: { fa: 'اثر رأی بر ارقام', en: 'Effect on the figures' },
  remedy: { fa: 'راه و مهلت تجدیدنظر', en: 'Remedy' },
  signature: { fa: 'رئیس هیئت رسیدگی به اعتراضات', en: 'Chair of the appeals panel' },
  proof: {
    fa: 'این رأی رویداد {position} دفتر کارنامه است، با شناسه {event}. اعتبار آن از همان رویداد است.',
    en: 'This decision is event {position} of the ledger of Karnameh, id {event}; its force comes from that event.'
  },
  print: {
    fa: 'برای چاپ، فرمان چاپ مرورگر را به کار برید؛ کاغذ A4.',
    en: 'Print it with the print command of the browser, on A4.'
  }
}
