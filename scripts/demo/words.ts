import type { Title } from '../../src/events/forms.ts'

export type Lang = 'fa' | 'en'

/** A text in the language asked for; Persian where there is no English. */
export const say = (text: Title, lang: Lang): string => (lang === 'en' ? (text.en ?? text.fa) : text.fa)

const word = (fa: string, en: string): Title => ({ fa, en })

/** Heads of columns and the words inside tables. */
export const words = {
  code: word('کد', 'code'),
  title: word('عنوان', 'title'),
  ceiling: word('سقف', 'ceiling'),
  self: word('خودارزیابی', 'self'),
  final: word('نهایی', 'final'),
  announced: word('اعلام‌شده', 'announced'),
  sum: word('جمع شاخص‌ها', 'sum of parts'),
  difference: word('تفاوت', 'difference'),
  percentOfAnnounced: word('٪ اعلام‌شده', '% announced'),
  percentOfSum: word('٪ جمع', '% of sum'),
  printedPercent: word('٪ چاپی', '% printed'),
  place: word('محل', 'place'),
  unit: word('واحد سنجش', 'unit'),
  standard: word('استاندارد', 'S'),
  weight: word('ضریب', 'W'),
  gap: word('اختلاف', 'gap'),
  percent: word('درصد', 'percent'),
  position: word('ردیف دفتر', 'position'),
  act: word('رویداد', 'act'),
  level: word('مرحله', 'level'),
  before: word('پیش', 'before'),
  after: word('پس', 'after'),
  delta: word('سهم', 'delta'),
  by: word('ثبت‌کننده', 'by'),
  reason: word('دلیل', 'reason'),
  notInSource: word('در منبع نیامده است', 'not in the source'),
  year: word('سال', 'year'),
  measure: word('سنجه مغایرت', 'of'),
  printed: word('چاپی', 'printed'),
  computed: word('محاسبه‌شده', 'computed'),
  from: word('از', 'from'),
  inPoints: word('به امتیاز', 'in points'),
  kind: word('نوع', 'kind'),
  hint: word('نشانه', 'hint'),
  points: word('واحد درصد', 'pp'),
  growth: word('رشد ٪', 'growth %'),
  performance: word('عملکرد', 'performance'),
  applicability: word('مصداق', 'applicability'),
  framework: word('شیوه‌نامه', 'framework'),
  why: word('توضیح', 'note'),
  lost: word('از دست رفته', 'lost'),
  shareOfLoss: word('٪ از کل', '% of all lost'),
  notApplicable: word('عدم مصداق', 'n/a')
} satisfies Record<string, Title>

export const headings = {
  totals: word(
    'الف) جمع‌های سال {year}: رقم اعلام‌شده در کنار جمع اجزای آن',
    '(a) Totals of {year}: the announced figure beside the sum of its parts'
  ),
  formA: word('ب) فرم الف، شاخص‌های اختصاصی سال {year}', '(b) Form A, the specific indicators of {year}'),
  dispute: word('پ) چرا {node} به {percent} درصد رسید؟', '(c) Why did {node} become {percent} %?'),
  discrepancies: word(
    'ت) مغایرت‌های بااهمیت، بزرگ‌ترین در آغاز ({count})',
    '(d) Material discrepancies, largest first ({count})'
  ),
  years: word('ث) سال به سال، {periods}', '(e) Year over year, {periods}'),
  split: word('ث) تفکیک تغییر درصد', '(e) What the change of percent is made of'),
  losses: word('ج) امتیازهای از دست رفته سال {year} به تفکیک شاخص', '(f) Points lost in {year} by indicator'),
  unknown: word('چ) آنچه دانسته نیست', '(g) What is not known'),
  pages: word('برای دیدن بیشتر: صفحه‌ها', 'Where to look: the pages'),
  api: word('برای دیدن بیشتر: رابط برنامه‌نویسی', 'Where to look: the API')
} satisfies Record<string, Title>

/** Fills the `{…}` places of a text. */
export const filled = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
