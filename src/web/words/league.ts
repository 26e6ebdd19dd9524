/* Words of the league table. */

export const league = {
  title: { fa: 'جدول رتبه‌بندی {period}', en: 'League table {period}' },
  titleOfNode: { fa: 'جدول رتبه‌بندی {period}: {node}', en: 'League table {period}: {node}' },
  empty: {
    fa: 'هنوز شیوه‌نامه‌ای ابلاغ نشده است؛ پس از ابلاغ آن و گشایش ارزیابی‌ها، واحدها اینجا رتبه‌بندی می‌شوند.',
    en: 'No framework has been published yet; once one is and evaluations are opened, units are ranked here.'
  },
  unknown: {
    fa: 'این سری در این دوره شیوه‌نامه‌ای ندارد؛ دوره یا سری دیگری برگزینید.',
    en: 'That series has no framework in that period; choose another period or series.'
  },
  notYet: {
    fa: 'در این زمان هنوز شیوه‌نامه‌ای ابلاغ نشده بود.',
    en: 'At that time no framework had been published yet.'
  },
  population: { fa: '{title}، {size} واحد', en: '{title}, {size} units' },
  found: { fa: '{population}؛ {count} واحد با این نام', en: '{population}; {count} of that name' },
  tally: { fa: 'از این واحدها: {parts}', en: 'Of these: {parts}' },
  tallyFinal: { fa: '{count} قطعی', en: '{count} final' },
  tallyProvisional: { fa: '{count} غیرقطعی', en: '{count} provisional' },
  tallyPartial: { fa: '{count} ناکامل و بی‌رتبه', en: '{count} partial, not ranked' },
  tallyExempt: { fa: '{count} عدم مصداق و بی‌رتبه', en: '{count} not applicable, not ranked' },
  legend: {
    fa: 'نوار: درصد تحقق؛ خط عمودی روی آن: خودارزیابی. واحدهای با درصد برابر هم‌رتبه‌اند. تغییر رتبه مثبت یعنی بالا رفتن در جدول.',
    en: 'Bar: percent; the line across it: the self score. Units of equal percent share a rank. A positive change of rank is a climb.'
  },
  search: { fa: 'نام واحد', en: 'Name of unit' },
  period: { fa: 'دوره', en: 'Period' },
  series: { fa: 'سری', en: 'Series' },
  group: { fa: 'گروه', en: 'Group' },
  kind: { fa: 'نوع واحد', en: 'Kind of unit' },
  province: { fa: 'استان', en: 'Province' },
  node: { fa: 'شاخص', en: 'Node' },
  total: { fa: 'جمع کل', en: 'Total' },
  level: { fa: 'مرحله', en: 'Level' },
  rank: { fa: 'رتبه', en: 'Rank' },
  unranked: { fa: 'بی‌رتبه', en: 'unranked' },
  unit: { fa: 'واحد', en: 'Unit' },
  percent: { fa: 'درصد', en: 'Percent' },
  bar: { fa: 'نمودار', en: 'Bar' },
  grade: { fa: 'سطح عملکرد', en: 'Grade' },
  previous: { fa: 'دوره پیش', en: 'Last period' },
  previousOf: { fa: 'دوره پیش ({period})', en: 'Last period ({period})' },
  growth: { fa: 'درصد رشد', en: 'Growth' },
  change: { fa: 'واحد درصد', en: 'Percent points' },
  rankChange: { fa: 'تغییر رتبه', en: 'Rank change' },
  state: { fa: 'وضعیت', en: 'State' },
  partial: { fa: 'ناکامل', en: 'partial' },
  tie: { fa: 'هم‌رتبه', en: 'tied' },
  notApplicable: { fa: 'عدم مصداق', en: 'not applicable' },
  overYears: { fa: 'سال به سال', en: 'year over year' }
}
