/* Words of a unit and its years. */

export const unit = {
  kind: { fa: 'نوع', en: 'Kind' },
  above: { fa: 'زیر مجموعه', en: 'Part of' },
  below: { fa: 'واحدهای تابعه', en: 'Units below it' },
  groups: { fa: 'گروه‌ها', en: 'Groups' },
  province: { fa: 'استان', en: 'Province' },
  id: { fa: 'شناسه', en: 'Id' },
  none: {
    fa: 'این واحد در این زمان ارزیابی‌ای ندارد.',
    en: 'This unit has no evaluation at this moment.'
  },

  years: { fa: 'سال به سال', en: 'Year over year' },
  series: { fa: 'سری', en: 'Series' },
  periods: { fa: 'دوره‌ها', en: 'Periods' },
  addPeriod: { fa: 'افزودن {period}', en: 'add {period}' },
  dropPeriod: { fa: 'برداشتن {period}', en: 'leave out {period}' },
  allPeriods: { fa: 'همه دوره‌ها', en: 'all periods' },
  lastTwo: { fa: 'دو دوره آخر', en: 'the last two' },
  onePeriod: {
    fa: 'تنها یک دوره برگزیده شده است؛ برای مقایسه دوره دیگری بیفزایید.',
    en: 'Only one period is chosen; add another one to compare.'
  },
  chart: {
    fa: 'درصد تحقق در هر دوره (ارقام در جدول پایین؛ توخالی: با دوره پیش قابل مقایسه نیست یا تنها با احتیاط)',
    en: 'Percent in each period (figures in the table below; hollow: not comparable with the period before, or only with caution)'
  },

  detail: { fa: 'تغییر {node}', en: 'The change of {node}' },
  change: {
    fa: 'از {before} تا {after} درصد تحقق از {was} به {is} رسید: {change} واحد درصد، رشد {growth}.',
    en: 'From {before} to {after} the percent went from {was} to {is}: {change} percent points, growth {growth}.'
  },
  changeOnly: {
    fa: 'از {before} تا {after} درصد تحقق از {was} به {is} رسید: {change} واحد درصد.',
    en: 'From {before} to {after} the percent went from {was} to {is}: {change} percent points.'
  },
  parts: {
    fa: 'از این تغییر {performance} از عملکرد، {applicability} از مصداق‌دار بودن شاخص‌ها و {framework} از تغییر شیوه‌نامه است.',
    en: 'Of this, {performance} comes from performance, {applicability} from what applies and {framework} from the framework.'
  },
  partsHint: {
    fa: 'عملکرد: همان شاخص‌ها بهتر یا بدتر شده است؛ مصداق: شاخص‌هایی مصداق یافته یا از دست داده است؛ شیوه‌نامه: سقف‌ها و شاخص‌ها عوض شده است.',
    en: 'Performance: the same nodes did better or worse. Applicability: nodes began or ceased to apply. Framework: ceilings and nodes changed.'
  },
  notSeparable: {
    fa: 'این تغییر به عملکرد، مصداق و شیوه‌نامه تفکیک‌پذیر نیست، زیرا سقف‌ها، درخت یا تناظر شاخص‌های زیر آن تغییر کرده است.',
    en: 'This change cannot be split into performance, applicability and framework, since ceilings, tree or lineage below it have changed.'
  },
  noBasis: {
    fa: 'از {before} تا {after} مبنای مشترکی برای مقایسه نیست: {why}.',
    en: 'From {before} to {after} there is no common basis to compare: {why}.'
  },
  whyMissing: { fa: 'در یکی از دو دوره نبوده است', en: 'one of the two does not have it' },
  whyNotApplicable: { fa: 'در یکی از دو دوره مصداق ندارد', en: 'it does not apply in one of the two' },
  whyPartial: { fa: 'امتیاز یکی از دو دوره ناکامل است', en: 'one of the two is partial' },
  whyLineage: {
    fa: 'تناظر آن با همان شاخص در دوره پیش ثبت نشده است',
    en: 'no lineage says that it is the same node'
  },

  splitCaption: {
    fa: 'تفکیک تغییر {before} تا {after}، واحد درصد',
    en: 'The change {before} to {after} split, in percent points'
  },
  performance: { fa: 'عملکرد', en: 'Performance' },
  applicability: { fa: 'مصداق', en: 'Applicability' },
  framework: { fa: 'شیوه‌نامه', en: 'Framework' },
  sum: { fa: 'تغییر', en: 'Change' },
  growth: { fa: 'درصد رشد', en: 'Growth' },
  measurement: { fa: 'اندازه‌گیری', en: 'Measurement' },
  measured: { fa: '{numerator} از {denominator}', en: '{numerator} of {denominator}' },
  baseline: { fa: 'مبنا {value}', en: 'baseline {value}' },
  target: { fa: 'هدف {value}', en: 'target {value}' },
  code: { fa: 'کد در آن دوره', en: 'Code in that period' },
  points: { fa: 'امتیاز', en: 'Points' },
  ceiling: { fa: 'سقف مصداق‌دار', en: 'Applicable ceiling' },
  percent: { fa: 'درصد', en: 'Percent' },
  comparability: { fa: 'مقایسه‌پذیری با دوره پیش', en: 'Comparable with the period before' },
  period: { fa: 'دوره', en: 'Period' },
  nodeYears: { fa: '{node} در هر دوره', en: '{node} in each period' },

  table: {
    fa: 'شاخص‌ها در هر دوره؛ تغییر از {before} تا {after}',
    en: 'Nodes in each period; the change from {before} to {after}'
  },
  tableOne: { fa: 'شاخص‌ها در دوره', en: 'Nodes in the period' },
  tableHint: {
    fa: 'برای دیدن تفکیک تغییر هر شاخص، نام آن را برگزینید.',
    en: 'Choose a node to see its change split.'
  },
  node: { fa: 'شاخص', en: 'Node' },
  ofPoints: { fa: '{points} از {ceiling}', en: '{points} of {ceiling}' },
  depth: { fa: 'تا سطح', en: 'Down to level' },
  depthAll: { fa: 'همه سطح‌ها', en: 'all levels' },
  notApplicable: { fa: 'عدم مصداق', en: 'not applicable' },
  partial: { fa: 'ناکامل', en: 'partial' },
  absent: { fa: 'نبوده', en: 'not there' },
  unscored: { fa: 'بی‌امتیاز', en: 'no score' },
  ended: {
    fa: 'شاخص‌هایی که در {period} ادامه ندارد ({count})',
    en: 'Nodes that nothing continues in {period} ({count})'
  },

  first: { fa: 'نخستین دوره', en: 'the first period' },
  same: { fa: 'همان شاخص، قابل مقایسه', en: 'the same, comparable' },
  sameOther: { fa: 'همان شاخص با تغییر، قابل مقایسه نیست', en: 'the same but changed, not comparable' },
  split: { fa: 'تفکیک‌شده، قابل مقایسه نیست', en: 'split off, not comparable' },
  splitComparable: { fa: 'تفکیک‌شده، قابل مقایسه', en: 'split off, comparable' },
  merged: { fa: 'ادغام‌شده، قابل مقایسه نیست', en: 'merged, not comparable' },
  mergedComparable: { fa: 'ادغام‌شده، قابل مقایسه', en: 'merged, comparable' },
  isNew: { fa: 'شاخص جدید، دوره پیش ندارد', en: 'new, nothing to compare' },
  unlinked: { fa: 'تناظری ثبت نشده، قابل مقایسه نیست', en: 'no lineage recorded, not comparable' },
  wholeSame: { fa: 'اجزای آن همان است، قابل مقایسه', en: 'the same parts, comparable' },
  wholeOther: { fa: 'اجزای آن تغییر کرده، با احتیاط', en: 'its parts have changed, with caution' },
  wholeNone: { fa: 'مبنای مشترک ندارد', en: 'no common basis' },

  ranks: { fa: 'رتبه در هر جامعه', en: 'Rank in every population' },
  ranksHint: {
    fa: 'رتبه تنها در جامعه خود معنا دارد؛ هر رتبه به جدول همان جامعه می‌رود.',
    en: 'A rank means something only within its population; each leads to the table of that population.'
  },
  population: { fa: 'جامعه', en: 'Population' },
  everybody: { fa: 'همه واحدها', en: 'All units' },
  ofKind: { fa: 'نوع: {value}', en: 'Kind: {value}' },
  ofGroup: { fa: 'گروه: {value}', en: 'Group: {value}' },
  ofProvince: { fa: 'استان: {value}', en: 'Province: {value}' },
  rank: { fa: '{rank} از {of}', en: '{rank} of {of}' },
  ofSize: { fa: '(جامعه {size} واحد)', en: '({size} units in all)' },
  unranked: { fa: 'بی‌رتبه', en: 'unranked' },
  evaluations: { fa: 'ارزیابی‌های این واحد', en: 'Evaluations of this unit' }
}
