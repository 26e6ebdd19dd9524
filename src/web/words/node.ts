/* Words of the page that says why a figure is what it is. */

export const node = {
  title: { fa: '{node}', en: '{node}' },
  path: { fa: 'جای این شاخص', en: 'Where this is' },
  claimed: {
    fa: 'واحد {self} از {ceiling} ادعا کرده است ({selfPercent})؛ {standing} ملاک عمل است ({percent}).',
    en: 'The unit claimed {self} of {ceiling} ({selfPercent}); {standing} stand ({percent}).'
  },
  noClaim: {
    fa: '{standing} از {ceiling} ملاک عمل است ({percent}). ادعای واحد: {claim}.',
    en: '{standing} of {ceiling} stand ({percent}). The claim of the unit: {claim}.'
  },
  onlyClaim: {
    fa: 'واحد {self} از {ceiling} ادعا کرده است ({selfPercent})؛ هنوز چیزی ملاک عمل نیست.',
    en: 'The unit claimed {self} of {ceiling} ({selfPercent}); nothing stands yet.'
  },
  nothing: { fa: 'هنوز امتیازی ثبت نشده است.', en: 'No points have been entered yet.' },
  notApplicable: {
    fa: 'این شاخص برای این واحد مصداق ندارد: سقف {ceiling} امتیازی آن در محاسبه نمی‌آید و صفر هم شمرده نمی‌شود.',
    en: 'This does not apply to the unit: its ceiling of {ceiling} points is left out, and it does not count as zero.'
  },
  movedNone: { fa: 'هیچ اقدامی آن را جابه‌جا نکرده است.', en: 'Nothing has moved it.' },
  movedOne: {
    fa: 'یک اقدام آن را جابه‌جا کرد: {act}، {delta} امتیاز.',
    en: 'One act moved it: {act}, {delta} points.'
  },
  movedMany: {
    fa: '{count} اقدام آن را جابه‌جا کرد، روی هم {delta} امتیاز؛ بزرگ‌ترین: {act}، {largest} امتیاز.',
    en: '{count} acts moved it, {delta} points in all; the largest: {act}, {largest} points.'
  },
  theReason: { fa: 'دلیل: {reason}', en: 'The reason: {reason}' },
  reasonMissing: { fa: 'دلیل آن در منبع نیامده است.', en: 'The reason is not in the source.' },
  reasonWithheld: { fa: 'دلیل به شما نمایش داده نمی‌شود.', en: 'The reason is not shown to you.' },
  partial: {
    fa: 'جمع ناکامل است: بخشی از زیرمجموعه‌ها امتیازی ندارند.',
    en: 'The sum is partial: some of its parts have no points.'
  },
  waterfall: { fa: 'از ادعا تا ملاک عمل', en: 'From the claim to what stands' },
  waterfallOf: {
    fa: 'از ادعای {self} تا ملاک عمل {standing}، گام به گام',
    en: 'From a claim of {self} to {standing} that stand, step by step'
  },
  claim: { fa: 'ادعای واحد', en: 'Claim of the unit' },
  standing: { fa: 'ملاک عمل', en: 'What stands' },
  taken: { fa: 'کم شد', en: 'taken' },
  given: { fa: 'افزوده شد', en: 'given' },
  step: { fa: 'گام', en: 'Step' },
  delta: { fa: 'تغییر', en: 'Change' },
  steps: { fa: 'گام‌ها', en: 'The steps' },
  stepsMoving: { fa: 'گام‌هایی که آن را جابه‌جا کرد', en: 'Steps that moved it' },
  stepsClaims: { fa: 'گام‌های ادعا ({count})', en: 'Steps of the claim ({count})' },
  stepsStill: { fa: 'اقدام‌هایی که چیزی را جابه‌جا نکرد ({count})', en: 'Acts that moved nothing ({count})' },
  noSteps: { fa: 'هیچ اقدامی ثبت نشده است.', en: 'No act is recorded.' },
  sumLine: {
    fa: 'جمع گام‌ها: {sum} = {standing} − {self}، ملاک عمل منهای ادعا.',
    en: 'The steps add up: {sum} = {standing} − {self}, what stands less the claim.'
  },
  sumLineNone: { fa: 'جمع گام‌ها: {sum}', en: 'The steps add up to {sum}' },
  before: { fa: 'پیش از آن', en: 'Before' },
  after: { fa: 'پس از آن', en: 'After' },
  moves: { fa: '{before} ← {after}', en: '{before} → {after}' },
  none: { fa: 'بی‌امتیاز', en: 'no points' },
  by: { fa: 'چه کسی', en: 'Who' },
  at: { fa: 'ثبت در دفتر', en: 'Recorded' },
  reason: { fa: 'دلیل', en: 'Reason' },
  note: { fa: 'توضیح ثبت‌شده', en: 'Note' },
  letter: { fa: 'نامه', en: 'Letter' },
  letterOf: { fa: 'شماره {number}، {date}', en: 'no. {number}, {date}' },
  signed: { fa: 'امضا: {signatory}', en: 'signed by {signatory}' },
  onBehalf: { fa: 'به نمایندگی از {person}', en: 'on behalf of {person}' },
  evidence: { fa: 'مستندات', en: 'Evidence' },
  noEvidence: { fa: 'بی‌مستند', en: 'no evidence' },
  measurement: { fa: 'اندازه', en: 'Measurement' },
  from: { fa: 'منبع', en: 'Source' },
  imported: {
    fa: 'از منبع وارد شده است؛ چه کسی امتیاز را داده، در منبع نیامده است.',
    en: 'Recorded from the source; who gave the points is not in the source.'
  },
  levelOf: { fa: '{type}، مرحله {level}', en: '{type}, level {level}' },
  basis: { fa: 'بر چه اساسی', en: 'What it is judged by' },
  rule: { fa: 'قاعده', en: 'Rule' },
  ruleDirect: {
    fa: 'امتیاز مستقیم داده می‌شود و قاعده محاسبه‌ای ندارد.',
    en: 'Points are given directly; there is no rule that computes them.'
  },
  ruleRatio: {
    fa: 'نسبت به هدف {target}: هر چه به هدف نزدیک‌تر، سهم بیشتری از سقف؛ رسیدن به هدف همه سقف را می‌دهد.',
    en: 'Ratio against target {target}: the share of the target that is reached earns the same share of the ceiling.'
  },
  ruleRatioLower: {
    fa: 'نسبت به هدف {target}، کمتر بهتر: رسیدن به هدف یا پایین‌تر از آن همه سقف را می‌دهد.',
    en: 'Ratio against target {target}, lower is better: at the target or below it the whole ceiling is earned.'
  },
  ruleGrowth: {
    fa: 'رشد نسبت به مقدار پایه، در برابر هدف {target} درصد رشد.',
    en: 'Growth over the baseline, against a target of {target} % growth.'
  },
  ruleBands: { fa: 'پله‌ای: {bands}.', en: 'Bands: {bands}.' },
  band: { fa: 'از {from}: {points} امتیاز', en: 'from {from}: {points} points' },
  target: { fa: 'هدف', en: 'Target' },
  targetAssigned: { fa: 'برای این واحد تعیین شده است', en: 'assigned to this unit' },
  targetNode: { fa: 'هدف شاخص در شیوه‌نامه', en: 'the target of the node in the framework' },
  targetRule: { fa: 'هدف قاعده', en: 'the target of the rule' },
  targetStated: { fa: 'همراه اندازه گفته شده است', en: 'stated with the measurement' },
  baseline: { fa: 'مقدار پایه', en: 'Baseline' },
  noTarget: { fa: 'هدفی ندارد', en: 'no target' },
  measured: { fa: 'اندازه ثبت‌شده', en: 'Measurement on record' },
  measuredNone: { fa: 'اندازه‌ای ثبت نشده است', en: 'no measurement is recorded' },
  computed: { fa: 'محاسبه', en: 'The computation' },
  againstTarget: { fa: 'در برابر هدف {target}', en: 'against target {target}' },
  ratioOf: { fa: 'نسبت {numerator} به {denominator}', en: 'ratio of {numerator}/{denominator}' },
  shareOf: {
    fa: 'در برابر هدف {target}: {share} آن',
    en: 'against a target of {target}: {share} of it'
  },
  byRule: {
    fa: 'قاعده از این اندازه {points} امتیاز از {ceiling} می‌دهد.',
    en: 'By the rule this measurement earns {points} of {ceiling} points.'
  },
  responsible: { fa: 'متولی', en: 'Responsible' },
  main: { fa: 'اصلی', en: 'main' },
  collaborating: { fa: 'همکار', en: 'collaborating' },
  revision: { fa: 'ویرایش شیوه‌نامه', en: 'Framework revision' },
  reads: { fa: 'سقف امتیاز', en: 'Ceiling' },
  children: { fa: 'زیرمجموعه‌ها', en: 'What it is made of' },
  childrenSum: {
    fa: 'جمع زیرمجموعه‌ها {sum} است.',
    en: 'The parts add up to {sum}.'
  },
  published: { fa: 'رقم‌های منتشرشده', en: 'Published figures' },
  discrepancies: { fa: 'مغایرت‌ها', en: 'Discrepancies' },
  discrepanciesNone: { fa: 'هیچ دو رقمی ناهمخوان نیست.', en: 'No two figures disagree.' },
  expected: { fa: 'رقم محاسبه‌شده', en: 'Expected' },
  found: { fa: 'رقم یافته', en: 'Found' },
  difference: { fa: 'تفاوت', en: 'Difference' },
  measure: { fa: 'سنجه', en: 'Measure' },
  weight: { fa: 'درجه', en: 'Class' },
  years: { fa: 'سال به سال', en: 'Over the years' },
  yearsChart: {
    fa: 'درصد ملاک عمل، این شاخص و همه ارزیابی',
    en: 'Percent that stands: this node and the whole evaluation'
  },
  yearsTotal: { fa: 'درصد ملاک عمل همه ارزیابی', en: 'Percent that stands of the whole evaluation' },
  yearsNone: {
    fa: 'این شاخص در سال‌های دیگر همتایی ندارد یا تناظر آن ثبت نشده است.',
    en: 'No lineage ties this node to another year.'
  },
  wholeEvaluation: { fa: 'همه ارزیابی', en: 'whole evaluation' },
  thisNode: { fa: 'این شاخص', en: 'this node' },
  relation: { fa: 'تناظر با سال پیش', en: 'Tie to the year before' },
  relations: { fa: 'نوع تناظر', en: 'Relation' },
  comparable: { fa: 'مقایسه‌پذیر', en: 'comparable' },
  notComparable: { fa: 'مقایسه‌پذیر نیست', en: 'not comparable' },
  change: { fa: 'تغییر، واحد درصد', en: 'Change in percent points' },
  split: { fa: 'سهم‌ها', en: 'Of which' },
  performance: { fa: 'از عملکرد', en: 'by performance' },
  applicability: { fa: 'از مصداق', en: 'by applicability' },
  framework: { fa: 'از شیوه‌نامه', en: 'by framework' },
  notSeparable: { fa: 'جداشدنی نیست', en: 'cannot be separated' },
  noSuchNode: { fa: 'در آن سال نبود', en: 'not in that year' },
  elsewhere: { fa: 'همین شاخص در واحدهای دیگر', en: 'How the same was judged elsewhere' },
  elsewhereAlone: {
    fa: 'تنها همین واحد با این شیوه‌نامه ارزیابی شده است.',
    en: 'This is the only unit judged by this framework.'
  },
  elsewhereLead: {
    fa: 'از {units} واحد، {judged} واحد امتیاز کامل دارند: کمترین {least}، چارک نخست {lower}، میانه {median}، چارک سوم {upper}، بیشترین {most}.',
    en: 'Of {units} units {judged} have complete points: least {least}, lower quartile {lower}, median {median}, upper quartile {upper}, most {most}.'
  },
  elsewherePlace: {
    fa: 'این واحد با {percent} در جای {place} است؛ {above} واحد بیشتر و {below} واحد کمتر دارند.',
    en: 'With {percent} this unit is in place {place}; {above} have more and {below} have less.'
  },
  elsewhereNot: { fa: 'این واحد جایی در میان آن‌ها ندارد.', en: 'This unit has no place among them.' },
  elsewhereChart: { fa: 'چند واحد چند درصد گرفته‌اند', en: 'How many units got what percent' },
  bin: { fa: '{from} تا {to} درصد', en: '{from} to {to} %' },
  binFull: { fa: '۱۰۰ درصد', en: '100 %' },
  units: { fa: 'شمار واحدها', en: 'Units' },
  ofThem: { fa: 'این واحد', en: 'this unit' },
  appeal: { fa: 'اعتراض', en: 'The appeal' },
  appealHidden: {
    fa: 'درباره این شاخص اعتراضی هست ({status})؛ متن آن به شما نمایش داده نمی‌شود.',
    en: 'There is an appeal on this node ({status}); its words are not shown to you.'
  },
  appealWhole: { fa: 'پرونده کامل', en: 'The whole case' },
  appealOther: { fa: 'اعتراض‌های دیگر درباره همین شاخص:', en: 'Other appeals on the same node:' },
  sides: { fa: 'طرف', en: 'Side' }
}

export const relations: Readonly<Record<string, { fa: string; en: string }>> = {
  same: { fa: 'همان شاخص', en: 'the same' },
  split: { fa: 'جداشده از شاخصی دیگر', en: 'split off' },
  merged: { fa: 'ادغام چند شاخص', en: 'merged' },
  new: { fa: 'شاخص نو', en: 'new' },
  retired: { fa: 'کنارگذاشته', en: 'retired' }
}

export const sides: Readonly<Record<string, { fa: string; en: string }>> = {
  unit: { fa: 'واحد', en: 'the unit' },
  headquarters: { fa: 'ستاد', en: 'headquarters' },
  panel: { fa: 'هیئت', en: 'the panel' },
  registry: { fa: 'دبیرخانه', en: 'the registry' }
}
