/* Words of forms. */

export const form = {
  optional: { fa: '(اختیاری)', en: '(optional)' },
  choose: { fa: 'انتخاب کنید', en: 'Choose' },
  needed: { fa: 'این را باید پر کنید.', en: 'This must be filled in.' },
  badDay: {
    fa: 'این تاریخ شناخته نشد؛ آن را مانند ۱۴۰۳/۰۴/۱۲ بنویسید.',
    en: 'That is no date; write it like 1403/04/12 or 2024-07-02.'
  },
  dayLike: { fa: '۱۴۰۳/۰۴/۱۲', en: '2024-07-02' },
  badHash: {
    fa: 'این SHA-256 نیست: شصت‌وچهار نویسه از 0 تا 9 و a تا f است.',
    en: 'That is no SHA-256, which is sixty-four characters, 0 to 9 and a to f.'
  },
  badNumber: {
    fa: 'عدد را مانند ۱۲۵۸٫۵ یا 1258.5 بنویسید: بی‌علامت، و نه با «/» یا «,» به جای ممیز.',
    en: 'Write the number like 1258.5 or ۱۲۵۸٫۵: without a sign, and with no comma or slash for its point.'
  },
  someWrong: {
    fa: 'برخی پاسخ‌ها پذیرفتنی نیست؛ دلیل هر کدام همراه آن آمده است.',
    en: 'Some answers will not do; the reason stands with each of them.'
  },
  notRecorded: {
    fa: 'آنچه فرستادید ثبت نشد؛ متن آن زیر همین جاست.',
    en: 'What you sent was not recorded; it stands below.'
  },
  yourWords: { fa: 'آنچه فرستادید', en: 'What you sent' },
  theEvent: { fa: 'رویدادی که مانع شد', en: 'The event that stands in the way' }
}
