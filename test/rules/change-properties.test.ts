import fc from 'fast-check'
import t from 'tap'
import { addRatios, compareRatios, type Ratio } from '../../src/points.ts'
import { showChange } from '../../src/rules/change-shown.ts'
import { TOTAL } from '../../src/rules/tree.ts'
import { node } from '../support/history.ts'
import { between, type Year } from '../support/years.ts'

/*
 * Random years: axes A, B and C with some of three measures each, own points on some axes, any settings.
 */

interface Draw {
  ceiling: number
  percent: number
  applies: boolean
}
interface AxisDraw {
  setting: 'remove' | 'spread' | undefined
  scaled: number | null
  own: number | null
  measures: (Draw | null)[]
}

const draw: fc.Arbitrary<Draw> = fc.record({
  ceiling: fc.integer({ min: 0, max: 40 }),
  percent: fc.integer({ min: 0, max: 100 }),
  applies: fc.integer({ min: 0, max: 4 }).map((n) => n > 0)
})
const axis: fc.Arbitrary<AxisDraw> = fc.record({
  setting: fc.constantFrom('remove' as const, 'spread' as const, undefined),
  scaled: fc.option(fc.integer({ min: 1, max: 90 })),
  own: fc.option(fc.integer({ min: 0, max: 100 }), { freq: 2 }),
  measures: fc.array(fc.option(draw, { freq: 5 }), { minLength: 3, maxLength: 3 })
})
const axes = fc.array(axis, { minLength: 2, maxLength: 3 })

/** A percent of a ceiling in whole points has at most two digits, so nothing is rounded on entering. */
const share = (percent: number, ceiling: number) => String((percent * ceiling) / 100)

function yearOf(drawn: AxisDraw[]): Year {
  const year: Year & { scores: Record<string, string | null> } = { nodes: [], scores: {} }
  drawn.forEach(({ setting, scaled, own, measures }, i) => {
    const code = 'ABC'[i] ?? 'C'
    const present = measures.flatMap((m, n) => (m ? [{ ...m, code: `${code}.${n}` }] : []))
    const sum = present.reduce((total, { ceiling }) => total + ceiling, 0)
    const ceiling = scaled ?? (present.length > 0 ? sum : 30)
    const settings = { ...(setting && { notApplicable: setting }), ...(scaled !== null && { scaled: true }) }
    year.nodes.push(node(code, null, String(ceiling), settings))
    if (own !== null || present.length === 0) year.scores[code] = share(own ?? 50, ceiling)
    for (const m of present) {
      year.nodes.push(node(m.code, code, String(m.ceiling)))
      year.scores[m.code] = m.applies ? share(m.percent, m.ceiling) : null
    }
  })
  return year
}

const codes = (year: Year) => [TOTAL, ...year.nodes.map(({ code }) => code)]
const isZero = ({ top }: Ratio) => top === 0n
const cents = (text: string | null) => Math.round(Number(text) * 100)

t.test('the parts add up to the change, exactly and as shown', async () => {
  let separable = 0
  fc.assert(
    fc.property(axes, axes, fc.subarray(['A', 'A.0', 'B', 'B.1']), (a, b, unlinked) => {
      const [earlier, later] = [yearOf(a), yearOf(b)]
      const none = Object.fromEntries(unlinked.map((code) => [code, null]))
      for (const code of codes(earlier)) {
        const change = between(earlier, later, code, none)
        if (!change?.parts) continue
        separable++
        const { performance, applicability, framework } = change.parts
        const sum = addRatios(addRatios(performance, applicability), framework)
        if (compareRatios(sum, change.percent) !== 0) return false
        const view = showChange(change)
        const parts = [view.performance, view.applicability, view.framework].map(cents)
        if (parts.reduce((total, part) => total + part, 0) !== cents(view.percent)) return false
      }
      return true
    }),
    { numRuns: 150 }
  )
  t.ok(separable > 100, `${separable} changes could be split`)
})

t.test('an unchanged framework has no part in any change', async () => {
  fc.assert(
    fc.property(
      axes,
      fc.array(fc.array(draw, { minLength: 4, maxLength: 4 }), { minLength: 3, maxLength: 3 }),
      (a, redrawn) => {
        const b = a.map((one, i) => ({
          ...one,
          own: one.own === null ? null : (redrawn[i]?.[3]?.percent ?? 0),
          measures: one.measures.map((m, n) => m && { ...m, ...redrawn[i]?.[n], ceiling: m.ceiling })
        }))
        const [earlier, later] = [yearOf(a), yearOf(b)]
        return codes(earlier).every((code) => {
          const change = between(earlier, later, code)
          return !change || (change.parts !== null && isZero(change.parts.framework))
        })
      }
    ),
    { numRuns: 150 }
  )
})

t.test('the same percents on what applies as before are neither performance nor applicability', async () => {
  fc.assert(
    fc.property(axes, axes, (a, b) => {
      const c = b.map((one, i) => ({
        ...one,
        own: null,
        measures: one.measures.map((m, n) => {
          const before = a[i]?.measures[n]
          return m && before ? { ...m, percent: before.percent, applies: before.applies } : m
        })
      }))
      const [earlier, later] = [yearOf(a.map((one) => ({ ...one, own: null }))), yearOf(c)]
      return codes(earlier).every((code) => {
        const parts = between(earlier, later, code)?.parts
        return !parts || (isZero(parts.performance) && isZero(parts.applicability))
      })
    }),
    { numRuns: 150 }
  )
})
