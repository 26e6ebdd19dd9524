import { UNIT } from '../import/names.ts'
import { heading } from './page.ts'
import type { Lang } from './words.ts'

export interface Where {
  url: string
  evaluation: string
  node: string
  lang: Lang
}

/** Where the pages and the API tell the same, and how to get in. */
export function whereToLook({ url, evaluation, node, lang }: Where): string[] {
  const fa = lang === 'fa'
  const paths: [path: string, fa: string, en: string][] = [
    [`/v1/evaluations/${evaluation}`, 'کارنامه سال', 'the scorecard'],
    [`/v1/evaluations/${evaluation}/nodes/${node}`, 'توضیح یک شاخص، گام به گام', 'why a node is what it is'],
    [`/v1/evaluations/${evaluation}/trail?node=${node}`, 'سابقه اقدامات', 'its audit trail'],
    ['/v1/discrepancies?class=material', 'مغایرت‌های بااهمیت', 'material discrepancies'],
    [`/v1/units/${UNIT}/comparison`, 'سال به سال', 'year over year'],
    ['/v1/events', 'دفتر رویدادها', 'the ledger'],
    ['/docs', 'مستندات', 'the documentation']
  ]
  const pages: [path: string, fa: string, en: string][] = [
    ['/', 'جدول رتبه‌بندی', 'the league table'],
    [`/evaluations/${evaluation}`, 'کارنامه سال', 'the scorecard'],
    [`/evaluations/${evaluation}/nodes/${node}`, 'چرا این امتیاز', 'why this score']
  ]
  const lineOf = ([path, persian, english]: [string, string, string]) =>
    `${url}${path}  ${fa ? persian : english}`
  return [
    ...heading('pages', { lang, isolate: false }),
    fa
      ? 'در مرورگر، با نقشی که در صفحه ورود برمی‌گزینید:'
      : 'In a browser, as whoever you choose to sign in as:',
    ...pages.map(lineOf),
    '',
    ...heading('api', { lang, isolate: false }),
    'TOKEN=$(npm run -s token -- --role auditor --actor e-17)',
    `curl -H "Authorization: Bearer $TOKEN" ${url}/v1/me`,
    ...paths.map(lineOf),
    ''
  ]
}
