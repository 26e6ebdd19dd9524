import { type FieldError, Refusal } from '../src/errors.ts'
import { Letter } from '../src/events/forms.ts'
import { FrameworkPublished } from '../src/events/framework-published.ts'
import { compareRatios, parseDecimal } from '../src/points.ts'
import { treeErrors } from '../src/rules/tree.ts'
import { defined, frameworkCommand } from './define.ts'

const SERIES = /^[a-z0-9][a-z0-9-]{0,63}$/

export const publishFramework = frameworkCommand({
  name: 'publish-framework',
  summary: { fa: 'انتشار شیوه‌نامه و شاخص‌ها', en: 'Publish a framework' },
  roles: ['registrar'],
  body: FrameworkPublished.data.extend({ letter: Letter.optional() }),
  nodes: () => null,
  decide: ({ framework: known }, { letter: _letter, ...data }) => {
    const { framework, period } = data
    if (known) throw new Refusal('framework-exists', { params: { id: framework } })
    const prefix = `${period.id}-`
    if (!framework.startsWith(prefix) || !SERIES.test(framework.slice(prefix.length))) {
      throw new Refusal('bad-framework-id', { params: { period: period.id } })
    }
    if (period.endsOn < period.startsOn) {
      const { id, startsOn, endsOn } = period
      throw new Refusal('bad-period', { params: { period: id, startsOn, endsOn } })
    }
    const errors = [...treeErrors(data.nodes), ...gradeErrors(data.grades ?? [])]
    if (errors.length > 0) throw new Refusal('bad-tree', { errors })
    return [{ type: 'FrameworkPublished', data: defined(data) }]
  }
})

/** Two bands that begin at the same percent would leave the grade to chance. */
const gradeErrors = (grades: readonly { from: string }[]): FieldError[] =>
  grades.flatMap(({ from }, index) => {
    const twice = grades
      .slice(0, index)
      .some((other) => compareRatios(parseDecimal(other.from), parseDecimal(from)) === 0)
    return twice
      ? [
          {
            pointer: `/grades/${index}/from`,
            detail: `two grades begin at ${from}`,
            fa: `دو درجه از ${from} آغاز می‌شوند`
          }
        ]
      : []
  })
