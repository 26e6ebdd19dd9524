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
  badNumber: { fa: 'این عدد پذیرفتنی نیست.', en: 'That number will not do.' },
  notRecorded: {
    fa: 'آنچه فرستادید ثبت نشد؛ متن آن زیر همین جاست.',
    en: 'What you sent was not recorded; it stands below.'
  },
  yourWords: { fa: 'آنچه فرستادید', en: 'What you sent' },
  theEvent: { fa: 'رویدادی که مانع شد', en: 'The event that stands in the way' }
}
