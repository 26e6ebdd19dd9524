import type { Phrase } from '../language.ts'

/* Words for whoever runs the server. */

export const operations = {
  title: { fa: 'وضعیت سامانه', en: 'Operations' },
  ofNow: { fa: 'این صفحه همیشه از اکنون است.', en: 'This page is always of now.' },
  ready: { fa: 'آماده', en: 'ready' },
  notReady: { fa: 'هنوز آماده نیست', en: 'not ready' },
  status: { fa: 'وضعیت', en: 'Status' },
  store: { fa: 'انبار رویدادها', en: 'Event store' },
  answers: { fa: 'پاسخ می‌دهد', en: 'answers' },
  silent: { fa: 'پاسخ نمی‌دهد', en: 'does not answer' },
  program: { fa: 'نسخه برنامه', en: 'Version of the program' },
  runtime: { fa: 'محیط اجرا', en: 'Runs on' },
  readers: { fa: 'خوانندگان زنده', en: 'Live readers' },
  attestation: { fa: 'آخرین گواهی درستی', en: 'Last attestation' },
  noAttestation: { fa: 'هنوز انجام نشده است', en: 'there was none yet' },
  upTo: { fa: 'تا رویداد {position}', en: 'up to event {position}' },
  projections: { fa: 'نماها (پروجکشن‌ها)', en: 'Projections' },
  lead: {
    fa: 'هر نما از رویدادها ساخته می‌شود و می‌توان آن را دور ریخت و از نو ساخت.',
    en: 'Each of them is made of the events alone, and can be thrown away and built anew.'
  },
  name: { fa: 'نما', en: 'Projection' },
  what: { fa: 'برای چه', en: 'What for' },
  version: { fa: 'نسخه', en: 'Version' },
  position: { fa: 'تا رویداد', en: 'Up to event' },
  lag: { fa: 'مانده', en: 'Behind by' },
  atLeast: { fa: 'بیش از', en: 'more than' },
  state: { fa: 'حال', en: 'State' },
  follows: { fa: 'پیرو دفتر', en: 'follows the ledger' },
  rebuilding: { fa: 'از نو ساخته می‌شود، تا رویداد {position}', en: 'being rebuilt, up to event {position}' },
  stopped: { fa: 'ایستاده در رویداد', en: 'stopped at event' },
  stalled: { fa: 'بی‌حرکت از', en: 'has not moved since' },
  discrepancies: { fa: 'مغایرت‌ها', en: 'Discrepancies' },
  kind: { fa: 'نوع', en: 'Kind' },
  class: { fa: 'دسته', en: 'Class' },
  count: { fa: 'تعداد', en: 'Count' }
}

/** What each projection is for, by its name. */
export const projectionWords: Readonly<Record<string, Phrase>> = {
  journal: { fa: 'زمان و شماره رویدادها', en: 'moments and positions' },
  ledger: { fa: 'یافتن رویداد و پاسخ‌های آن', en: 'finding events and what answers them' },
  registry: { fa: 'واحدها و شیوه‌نامه‌ها', en: 'units and frameworks' },
  scorecard: { fa: 'کارنامه هر ارزیابی', en: 'the scorecard of an evaluation' },
  trail: { fa: 'سابقه اقدامات', en: 'the audit trail' },
  comparison: { fa: 'مقایسه سال‌ها', en: 'year over year' },
  league: { fa: 'جدول رتبه‌بندی', en: 'the league table' },
  discrepancies: { fa: 'مغایرت‌ها', en: 'discrepancies' },
  appeals: { fa: 'دفتر اعتراض‌ها', en: 'the register of appeals' },
  duties: { fa: 'تداخل وظایف', en: 'duties' }
}
