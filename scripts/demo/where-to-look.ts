import { UNIT } from '../import/names.ts'
import { heading } from './page.ts'
import type { Lang } from './words.ts'

export interface Where {
  url: string
  evaluation: string
  node: string
  lang: Lang
}

/** Where the API tells the same, and how to get in. */
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
  return [
    ...heading('api', { lang, isolate: false }),
    'TOKEN=$(npm run -s token -- --role auditor --actor e-17)',
    `curl -H "Authorization: Bearer $TOKEN" ${url}/v1/me`,
    ...paths.map(([path, persian, english]) => `${url}${path}  ${fa ? persian : english}`),
    ''
  ]
}
