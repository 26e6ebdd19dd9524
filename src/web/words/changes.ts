/* Words of the page that lays two moments side by side. */

export const changes = {
  title: { fa: 'دو زمان در کنار هم: {unit}، {period}', en: 'Two moments side by side: {unit}, {period}' },
  from: { fa: 'از (تاریخ یا شماره رویداد)', en: 'From (date or event number)' },
  to: { fa: 'تا (تاریخ یا شماره رویداد)', en: 'To (date or event number)' },
  hint: {
    fa: 'تاریخ مانند ۱۴۰۳/۰۴/۱۲ است و پایان آن روز را می‌گوید؛ خالی: از آغاز، تا اکنون.',
    en: 'A date like 1403/04/12 or 2024-07-02 means the end of that day; empty: from the beginning, up to now.'
  },
  compare: { fa: 'مقایسه', en: 'Compare' },
  badMoment: {
    fa: 'این نه تاریخ است و نه شماره رویداد.',
    en: 'This is neither a date nor an event number.'
  },
  laterMoment: {
    fa: 'این زمان پس از زمان دوم است.',
    en: 'This moment is later than the second one.'
  },
  notOpenThen: {
    fa: 'در این زمان ارزیابی هنوز گشوده نشده بود.',
    en: 'The evaluation was not open yet at this moment.'
  },
  lead: {
    fa: 'میان {from} و {to}، {events} رویداد ثبت شد و {nodes} شاخص جابه‌جا شد.',
    en: 'Recorded between {from} and {to}: {events} events; nodes that moved: {nodes}.'
  },
  total: {
    fa: 'جمع کل از {before} به {after} رسید: {difference} امتیاز.',
    en: 'The total went from {before} to {after}: {difference} points.'
  },
  totalSame: { fa: 'جمع کل جابه‌جا نشد.', en: 'The total did not move.' },
  stage: { fa: 'مرحله از «{before}» به «{after}» رسید.', en: 'The stage went from “{before}” to “{after}”.' },
  stageSame: { fa: 'مرحله همان است: «{after}».', en: 'The stage is the same: “{after}”.' },
  notOpen: { fa: 'هنوز گشوده نبود', en: 'not open yet' },
  beginning: { fa: 'آغاز', en: 'the beginning' },
  moment: { fa: 'رویداد {position} ({at})', en: 'event {position} ({at})' },
  position: { fa: 'رویداد {position}', en: 'event {position}' },
  items: { fa: 'آنچه تغییر کرد', en: 'What changed' },
  itemsNone: { fa: 'هیچ رقمی میان این دو زمان تغییر نکرد.', en: 'No figure changed between these moments.' },
  standingBefore: { fa: 'ملاک عمل پیش از آن', en: 'Standing before' },
  standingAfter: { fa: 'ملاک عمل پس از آن', en: 'Standing after' },
  difference: { fa: 'تفاوت', en: 'Difference' },
  selfChange: { fa: 'ادعا', en: 'Self' },
  other: { fa: 'تغییر دیگر', en: 'Also' },
  ceiling: { fa: 'سقف مصداق‌دار {before} ← {after}', en: 'applicable ceiling {before} → {after}' },
  nowExempt: { fa: 'مصداق ندارد', en: 'became not applicable' },
  nowApplies: { fa: 'مصداق یافت', en: 'became applicable' },
  nowWhole: { fa: 'کامل شد', en: 'became complete' },
  nowPartial: { fa: 'ناکامل شد', en: 'became partial' },
  why: { fa: 'چرا', en: 'Why' },
  more: { fa: 'و {count} رویداد دیگر، پایین‌تر', en: 'and {count} more events, below' },
  events: { fa: 'رویدادهای این فاصله', en: 'The events between' },
  eventsNone: { fa: 'هیچ رویدادی در این فاصله نیست.', en: 'There is no event between.' },
  event: { fa: 'رویداد', en: 'Event' },
  act: { fa: 'اقدام', en: 'Act' },
  nodes: { fa: 'شاخص‌ها', en: 'Nodes' },
  who: { fa: 'چه کسی', en: 'Who' },
  when: { fa: 'ثبت در دفتر', en: 'Recorded' },
  reason: { fa: 'دلیل', en: 'Reason' },
  choose: { fa: 'مقایسه از', en: 'Compare from' },
  fromHere: { fa: 'از اینجا', en: 'from here' },
  toHere: { fa: 'تا اینجا', en: 'up to here' }
}
