import type { Title } from '../../src/events/forms.ts'
import { title } from './names.ts'
import type { Sample, SampleYear } from './sample.ts'

/** What the source has, or ought to have, and the ledger has no place for or cannot know. */
export function unplaced(sample: Sample): Title[] {
  const { years } = sample
  return [
    ...years.flatMap(lostCells),
    ...years.flatMap(dashes),
    ...years.flatMap(missingDomains),
    ...years.flatMap(sections),
    ...WAITING
  ]
}

function lostCells({ year, scores }: SampleYear): Title[] {
  const lost = scores.filter((score) => score.lost)
  return lost.map(({ code, level, source }) =>
    title(
      `${year} ${code} (${level})، ${source}: خانه‌های این ردیف در منبع از میان رفته است؛ چیزی ثبت نشد.`,
      `${year} ${code} (${level}), ${source}: the cells do not survive in the source; nothing is recorded.`
    )
  )
}

/** Rows of nodes that the year's framework does not have, with nothing but a dash or its like in them. */
function dashes({ year, nodes, scores }: SampleYear): Title[] {
  const known = new Set(nodes.map(({ code }) => code))
  const empty = scores.filter(
    ({ code, cell, ceiling, score, percent }) =>
      cell !== undefined && !known.has(code) && [ceiling, score, percent].every((value) => value === null)
  )
  const count = empty.length
  if (count === 0) return []
  return [
    title(
      `${year}: ${count} ردیف خارج از شیوه‌نامه آن سال تنها «-» یا «عدم مصداق» دارد؛ منبع نمی‌گوید شاخص نبوده یا مصداق نداشته است.`,
      `${year}: ${count} rows outside of that year's framework hold only a dash or "not applicable"; the source does not say whether there was no such node or it did not apply.`
    )
  ]
}

/** Section numbers of the printed guide: the tree has codes and no second numbering. */
function sections({ year, nodes }: SampleYear): Title[] {
  const numbered = nodes.filter(({ printedSection }) => printedSection !== undefined).length
  if (numbered === 0) return []
  return [
    title(
      `${year}: شماره بخش چاپی ${numbered} شاخص در شیوه‌نامه جایی در درخت ندارد.`,
      `${year}: the section numbers that the guide prints for ${numbered} indicators have no place in the tree.`
    )
  ]
}

/** Indicators that no table names a responsible domain for, in a year whose file has domains at all. */
function missingDomains({ year, nodes }: SampleYear): Title[] {
  const indicators = nodes.filter(({ kind }) => kind === 'indicator')
  const without = indicators.filter(({ responsibleDomain }) => !responsibleDomain).map(({ code }) => code)
  if (without.length === 0 || without.length === indicators.length) return []
  const codes = without.join(', ')
  return [
    title(
      `${year} ${codes}: متولی در هیچ جدولی نیامده است.`,
      `${year} ${codes}: no table names a responsible domain.`
    )
  ]
}

/** Parts of the report that no command takes yet. */
const WAITING: readonly Title[] = [
  title(
    'نقاط قوت، نقاط ضعف و پیشنهادهای بهبود گزارش و گلایه‌های دیگر استان هنوز رویدادی در دفتر ندارند.',
    'Strengths, weaknesses and improvements of the report, and the other grievances of the province: no event takes them yet.'
  ),
  title(
    'سرنخ‌های تناظر شاخص‌های اختصاصی با سال‌های پیش: منبع عنوان‌های آن سال‌ها را ندارد و تناظری ثبت نشد.',
    'Hints on where the specific indicators come from: their titles of earlier years are not printed, so nothing is linked.'
  ),
  title(
    'تاریخ ابلاغ شاخص‌ها، مهلت و نتیجه اعتراض، و نظر کارشناسی در منبع نیامده است.',
    'Dates of issue, time limits and outcomes of appeals, and scores of the expert level are not printed.'
  )
]
