/* Words of forms. */

export const form = {
  optional: { fa: '(اختیاری)', en: '(optional)' },
  choose: { fa: 'انتخاب کنید', en: 'Choose' },
  theEvent: { fa: 'رویدادی که مانع شد', en: 'The event that stands in the way' }
}
