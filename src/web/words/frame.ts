/* Words of what stands around every page. */

export const frame = {
  product: { fa: 'کارنامه', en: 'Karnameh' },
  skip: { fa: 'رفتن به محتوا', en: 'Skip to content' },
  menu: { fa: 'فهرست', en: 'Menu' },
  league: { fa: 'جدول رتبه‌بندی', en: 'League table' },
  evaluations: { fa: 'ارزیابی‌ها', en: 'Evaluations' },
  discrepancies: { fa: 'مغایرت‌ها', en: 'Discrepancies' },
  appeals: { fa: 'اعتراض‌ها', en: 'Appeals' },
  trail: { fa: 'سابقه اقدامات', en: 'Audit trail' },
  events: { fa: 'دفتر رویدادها', en: 'Ledger' },
  operations: { fa: 'وضعیت سامانه', en: 'Operations' },
  otherLanguage: { fa: 'English', en: 'فارسی' },
  signOut: { fa: 'خروج', en: 'Sign out' },
  moment: { fa: 'وضعیت در تاریخ', en: 'As of' },
  momentDate: { fa: 'تاریخ (۱۴۰۳/۰۴/۱۲)', en: 'Date (1403/04/12 or 2024-07-02)' },
  momentPosition: { fa: 'یا شماره رویداد', en: 'or event number' },
  show: { fa: 'نمایش', en: 'Show' },
  asOfNow: {
    fa: 'دفتر تا رویداد {position}، {at}',
    en: 'Ledger up to event {position}, {at}'
  },
  asOfNothing: { fa: 'دفتر هنوز خالی است', en: 'The ledger is empty' },
  asOfPast: {
    fa: 'وضعیت در رویداد {position}، {at}',
    en: 'As of event {position}, {at}'
  },
  asOfBefore: { fa: 'وضعیت پیش از نخستین رویداد', en: 'As it was before the first event' },
  unsettled: {
    fa: 'این زمان تازه است و شاید هنوز رویدادی به آن افزوده شود.',
    en: 'This moment is recent; an event may still be added to it.'
  },
  backToNow: { fa: 'بازگشت به اکنون', en: 'Back to now' },
  takeAway: { fa: 'دریافت همین فهرست:', en: 'This list as a file:' },
  printedOn: { fa: 'چاپ: {at}', en: 'Printed: {at}' },
  filter: { fa: 'صافی', en: 'Filter' },
  apply: { fa: 'اعمال', en: 'Apply' },
  all: { fa: 'همه', en: 'all' },
  without: { fa: 'برداشتن صافی {label}', en: 'remove the filter {label}' },
  more: { fa: 'صفحه بعد', en: 'Next page' },
  first: { fa: 'صفحه نخست', en: 'First page' },
  none: { fa: 'چیزی یافت نشد.', en: 'Nothing was found.' },
  noData: { fa: 'ندارد', en: 'none' },
  notInSource: { fa: 'در منبع نیامده است', en: 'not in the source' },
  withheld: { fa: 'نمایش داده نمی‌شود', en: 'not shown to you' },
  asTable: { fa: 'همین نمودار به صورت جدول', en: 'This chart as a table' },
  fresh: {
    fa: 'رویداد تازه‌ای ثبت شد؛ صفحه تا رویداد {position} است.',
    en: 'Something new was recorded; the page is now of event {position}.'
  },
  freshTyped: {
    fa: 'رویداد تازه‌ای ثبت شد؛ برای دیدن آن صفحه را دوباره بارگیری کنید.',
    en: 'Something new was recorded; reload the page to see it.'
  },
  done: { fa: 'ثبت شد: {command}، رویداد {position}', en: 'Recorded: {command}, event {position}' },
  wrong: { fa: 'نشد', en: 'That did not work' },
  code: { fa: 'کد', en: 'code' },
  home: { fa: 'بازگشت به جدول رتبه‌بندی', en: 'Back to the league table' },
  badDate: {
    fa: 'این تاریخ شناخته نشد؛ آن را مانند ۱۴۰۳/۰۴/۱۲ بنویسید.',
    en: 'That is no date; write it like 1403/04/12 or 2024-07-02.'
  }
}
