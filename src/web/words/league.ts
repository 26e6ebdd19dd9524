/* Words of the league table. */

export const league = {
  title: { fa: 'جدول رتبه‌بندی {period}', en: 'League table {period}' },
  empty: { fa: 'هنوز شیوه‌نامه‌ای ابلاغ نشده است.', en: 'No framework has been published yet.' },
  population: { fa: '{title}، {size} واحد', en: '{title}, {size} units' },
  period: { fa: 'دوره', en: 'Period' },
  series: { fa: 'سری', en: 'Series' },
  group: { fa: 'گروه', en: 'Group' },
  kind: { fa: 'نوع واحد', en: 'Kind of unit' },
  province: { fa: 'استان', en: 'Province' },
  node: { fa: 'شاخص', en: 'Node' },
  level: { fa: 'مرحله', en: 'Level' },
  rank: { fa: 'رتبه', en: 'Rank' },
  unit: { fa: 'واحد', en: 'Unit' },
  self: { fa: 'خودارزیابی', en: 'Self' },
  standing: { fa: 'ملاک عمل', en: 'Standing' },
  percent: { fa: 'درصد', en: 'Percent' },
  bar: { fa: 'نمودار', en: 'Bar' },
  grade: { fa: 'سطح عملکرد', en: 'Grade' },
  previous: { fa: 'دوره پیش', en: 'Last period' },
  growth: { fa: 'درصد رشد', en: 'Growth' },
  change: { fa: 'واحد درصد', en: 'Percent points' },
  rankChange: { fa: 'تغییر رتبه', en: 'Rank change' },
  state: { fa: 'وضعیت', en: 'State' },
  partial: { fa: 'ناکامل، بی‌رتبه', en: 'partial, not ranked' },
  tie: { fa: 'هم‌رتبه', en: 'tied' },
  notApplicable: { fa: 'عدم مصداق', en: 'not applicable' }
}
