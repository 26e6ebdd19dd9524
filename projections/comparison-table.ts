import type { Measurement, Title } from '../src/events/forms.ts'
import { formatPercent, formatPoints, type Points, percentOf } from '../src/points.ts'
import { changeOf, completePercent } from '../src/rules/change.ts'
import { type Relation, sameBelow } from '../src/rules/change-match.ts'
import { changePoints, growthPercent, type ShownChange, showChange } from '../src/rules/change-shown.ts'
import { standingMeasurement } from '../src/rules/evaluation.ts'
import type { NodeFigures } from '../src/rules/rollup.ts'
import { TOTAL } from '../src/rules/tree.ts'
import { type CaseFor, casesOfNow, type Year, type Years, yearsOf } from './comparison-years.ts'
import type { Reader } from './projection.ts'

/** What a row says about one period. Percents have two digits, points are minimal, both by what stands. */
export interface ComparedCell {
  /** The nodes of that year that the row is about: several where they were merged later. */
  nodes: string[]
  parent: string | null
  ceiling: string
  applicableCeiling: string
  applicable: boolean
  points: string | null
  percent: string | null
  partial: boolean
  measurement: Measurement | null
  /** How it continues the year before; null where no link says so, and in the first year. */
  relation: Relation | null
  comparable: boolean | null
  /** Against the period asked for before it; null without a common basis. */
  change: ShownChange | null
  growthPercent: string | null
  changePoints: string | null
}

export interface ComparedRow {
  node: string
  title: Title
  /** The period whose code and title these are: an earlier one where nothing continues the node. */
  period: string
  /** Null where that year's framework has no such node, or the unit no evaluation. */
  periods: Record<string, ComparedCell | null>
}

export interface Comparison {
  unit: string
  series: string
  periods: string[]
  /** By period; null where the unit has none. */
  evaluations: Record<string, string | null>
  /** Said when the years were not judged by the same measure. */
  caution: Title | null
  items: ComparedRow[]
}

const TOTAL_TITLE: Title = { fa: 'جمع کل', en: 'Total' }

const CAUTION: Title = {
  fa: 'شیوه‌نامه و شاخص‌های این دوره‌ها یکسان نیست؛ مقایسه سال به سال تنها جنبه توضیحی دارد.',
  en: 'These periods were not judged by the same framework; a comparison from year to year is explanatory only.'
}

/**
 * One unit over periods, along the lineage: a row for every node of the latest period (total first), then the nodes
 * of earlier periods that nothing continues. For a moment of the past, `caseFor` hands in cases folded up to it.
 */
export function compareUnit(reader: Reader, query: Years, caseFor: CaseFor = casesOfNow(reader)): Comparison {
  const years = yearsOf(reader, query, caseFor)
  return {
    unit: query.unit,
    series: query.series,
    periods: years.map(({ period }) => period),
    evaluations: Object.fromEntries(
      years.map(({ period, subject }) => [period, subject?.evaluation.evaluation ?? null])
    ),
    caution: years.some((year, i) => differs(years[i - 1], year)) ? CAUTION : null,
    items: rowsOf(years)
  }
}

function differs(before: Year | undefined, { tree, match, ancestry }: Year): boolean {
  if (!before?.tree || !tree || !match || !ancestry) return false
  const disturbed = [...ancestry.values()].some(({ comparable }) => !comparable)
  return disturbed || !sameBelow(match, { earlier: before.tree, later: tree }, TOTAL)
}

function rowsOf(years: readonly Year[]): ComparedRow[] {
  const rows: ComparedRow[] = []
  const covered = years.map(() => new Set<string>())
  for (let latest = years.length - 1; latest >= 0; latest--) {
    for (const code of years[latest]?.tree?.order ?? []) {
      if (covered[latest]?.has(code)) continue
      const nodes = traced(years, latest, code)
      nodes.forEach((codes, i) => {
        for (const node of codes) covered[i]?.add(node)
      })
      rows.push(rowOf(years, latest, code, nodes))
    }
  }
  return rows
}

/** The nodes of every year that one node of a year goes back to. */
function traced(years: readonly Year[], latest: number, code: string): string[][] {
  const nodes: string[][] = years.map(() => [])
  nodes[latest] = [code]
  for (let i = latest; i > 0; i--) {
    const before = (nodes[i] ?? []).flatMap((node) => years[i]?.ancestry?.get(node)?.nodes ?? [])
    nodes[i - 1] = [...new Set(before)].filter((node) => years[i - 1]?.tree?.nodes.has(node))
  }
  return nodes
}

function rowOf(years: readonly Year[], latest: number, node: string, nodes: string[][]): ComparedRow {
  const cells = years.map((year, i) => [year.period, cellOf(year, nodes[i] ?? [])] as const)
  return {
    node,
    title: years[latest]?.tree?.nodes.get(node)?.definition?.title ?? TOTAL_TITLE,
    period: years[latest]?.period ?? '',
    periods: Object.fromEntries(cells)
  }
}

function cellOf(year: Year, nodes: readonly string[]): ComparedCell | null {
  const { tree, subject } = year
  const [first, ...others] = nodes
  if (first === undefined || !tree || !subject) return null
  const found = nodes.flatMap((node) => year.figures.get(node) ?? [])
  const single = others.length === 0 ? found[0] : undefined
  const parents = new Set(nodes.map((node) => tree.nodes.get(node)?.definition?.parent ?? null))
  const link = single && first !== TOTAL ? year.ancestry?.get(first) : undefined
  return {
    nodes: [...nodes],
    parent: parents.size === 1 ? ([...parents][0] ?? null) : null,
    ceiling: formatPoints(sum(nodes.map((node) => tree.nodes.get(node)?.ceiling ?? 0))),
    ...figuresView(found),
    measurement: single?.applicable ? standingMeasurement(subject.evaluation, first) : null,
    relation: link?.relation ?? null,
    comparable: link?.comparable ?? null,
    ...(single ? changeView(year, first) : NO_CHANGE)
  }
}

/** What several nodes come to together; those that do not apply count nowhere. */
function figuresView(found: readonly NodeFigures[]) {
  const applying = found.filter(({ applicable }) => applicable)
  const of = sum(applying.map(({ applicableCeiling }) => applicableCeiling))
  const scored = applying.flatMap(({ standing }) => standing.points ?? [])
  const points = scored.length > 0 ? sum(scored) : null
  const percent = points === null ? null : percentOf(points, of)
  return {
    applicableCeiling: formatPoints(of),
    applicable: applying.length > 0,
    points: points === null ? null : formatPoints(points),
    percent: percent && formatPercent(percent),
    partial:
      applying.some(({ standing }) => standing.partial) ||
      (points !== null && scored.length < applying.length)
  }
}

type ChangeView = Pick<ComparedCell, 'change' | 'growthPercent' | 'changePoints'>
const NO_CHANGE: ChangeView = { change: null, growthPercent: null, changePoints: null }

function changeView({ pair }: Year, node: string): ChangeView {
  const earlier = pair?.match.earlier.get(node)
  if (!pair || earlier === undefined) return NO_CHANGE
  const change = changeOf(pair, earlier)
  const [before, after] = [completePercent(pair.earlier.get(earlier)), completePercent(pair.later.get(node))]
  if (!change || !before || !after) return NO_CHANGE
  return {
    change: showChange(change),
    growthPercent: growthPercent(before, after),
    changePoints: changePoints(before, after)
  }
}

const sum = (points: readonly Points[]): Points => points.reduce((total, each) => total + each, 0)
