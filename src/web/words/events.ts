/* Words of the ledger itself. */

export const events = {
  title: { fa: 'دفتر رویدادها', en: 'Ledger' },
  lead: {
    fa: 'همه رویدادها، همان‌گونه که ثبت شده‌اند. رویداد فقط افزوده می‌شود؛ نه ویرایش می‌شود و نه پاک.',
    en: 'Every event, as it was recorded. Events are only added; none is edited, none is deleted.'
  },
  type: { fa: 'نوع رویداد', en: 'Type' },
  stream: { fa: 'رشته', en: 'Stream' },
  about: { fa: 'درباره', en: 'About' },
  causedBy: { fa: 'در پاسخ به رویداد', en: 'Answers event' },
  correlation: { fa: 'هم‌پرونده', en: 'Correlation' },
  newer: { fa: 'تازه‌ترها', en: 'Newer' },
  older: { fa: 'کهن‌ترها', en: 'Older' },
  start: { fa: 'آغاز این فهرست', en: 'Start of this list' },
  isLive: { fa: 'رویدادهای تازه خودبه‌خود نشان داده می‌شود.', en: 'New events appear by themselves.' },
  pause: { fa: 'مکث', en: 'Pause' },
  isPaused: { fa: 'نمایش رویدادهای تازه متوقف است.', en: 'New events do not appear by themselves.' },
  resume: { fa: 'ادامه', en: 'Resume' },
  eventTitle: { fa: 'رویداد {position}: {type}', en: 'Event {position}: {type}' },
  position: { fa: 'شماره در دفتر', en: 'Number in the ledger' },
  revision: { fa: 'شماره در رشته', en: 'Revision in its stream' },
  version: { fa: 'نسخه شکل', en: 'Version of its form' },
  recordedAt: { fa: 'زمان ثبت', en: 'Recorded at' },
  actor: { fa: 'ثبت‌کننده', en: 'Actor' },
  letter: { fa: 'نامه', en: 'Letter' },
  id: { fa: 'شناسه رویداد', en: 'Event id' },
  command: { fa: 'شناسه فرمان', en: 'Command id' },
  parent: { fa: 'در پاسخ به', en: 'Answers' },
  byCommand: {
    fa: 'فرمان خود؛ به رویداد دیگری پاسخ نمی‌دهد',
    en: 'its own command; it answers no other event'
  },
  sameCase: { fa: 'همه رویدادهای همین پرونده', en: 'All events of the same case' },
  children: { fa: 'رویدادهایی که به این پاسخ داده‌اند', en: 'Events that answer this one' },
  noChildren: { fa: 'هنوز رویدادی به این پاسخ نداده است.', en: 'No event answers this one yet.' },
  moreChildren: { fa: 'همه آن‌ها', en: 'All of them' },
  data: { fa: 'داده', en: 'Data' },
  metadata: { fa: 'فراداده', en: 'Metadata' },
  raw: { fa: 'همین رویداد به صورت JSON', en: 'This event as JSON' },
  itsTrail: { fa: 'سابقه اقدامات ارزیابی', en: 'Trail of the evaluation' },
  itsStream: { fa: 'همه رویدادهای این رشته', en: 'All events of this stream' },
  asAct: {
    fa: 'متن خام این رویداد به شما نشان داده نمی‌شود؛ این اقدام در سابقه چنین آمده است:',
    en: 'The raw event is not shown to you; this is the act as the trail has it:'
  },
  items: { fa: '{count} مورد', en: '{count} items' }
}
