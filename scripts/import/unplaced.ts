import type { Title } from '../../src/events/forms.ts'
import { title } from './names.ts'
import type { Sample, SampleYear } from './sample.ts'

/** What the source has, or ought to have, and the ledger has no place for or cannot know. */
export function unplaced(sample: Sample): Title[] {
  return [...sample.years.flatMap(lostCells), ...sample.years.flatMap(missingDomains), ...WAITING]
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
    'شماره بخش‌های چاپی شیوه‌نامه جایی در درخت شاخص‌ها ندارد.',
    'The section numbers printed in the guide have no place in the tree.'
  ),
  title(
    'تاریخ ابلاغ شاخص‌ها، مهلت و نتیجه اعتراض، و نظر کارشناسی در منبع نیامده است.',
    'Dates of issue, time limits and outcomes of appeals, and scores of the expert level are not printed.'
  )
]
