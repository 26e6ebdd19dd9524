import { latinDigits } from '../digits.ts'
import type { Context } from './context.ts'
import { byName } from './format.ts'
import { inLanguage } from './language.ts'
import { wholeList } from './page.ts'
import type { Option } from './parts/form.ts'
import type { FrameworkSummary, Reads, Unit } from './reads.ts'

/*
 * What there is to choose from: frameworks, units, groups, provinces, nodes. Every page with a filter needs it and it
 * hardly ever changes, so that the long lists are kept by the server until something has changed.
 */

export interface Directory {
  /** The newest period first. */
  frameworks: FrameworkSummary[]
  units: ReadonlyMap<string, Unit>
  groups: string[]
  provinces: string[]
  /** The newest event that all of it knows. */
  position: string
}

/** All frameworks and units of now. */
export async function directoryOf(reads: Reads): Promise<Directory> {
  const { items: frameworks, asOf } = await wholeList(reads.frameworks, {})
  const { position } = asOf
  frameworks.sort(newestFirst)
  const rest = await reads.kept('units', position, async () => {
    const units = new Map((await wholeList(reads.units, {})).items.map((each) => [each.unit, each]))
    const all = [...units.values()]
    const groups = [...new Set(all.flatMap((unit) => unit.groups))].sort()
    const provinces = [...new Set(all.flatMap(({ province }) => province ?? []))].sort()
    return { units, groups, provinces }
  })
  return { frameworks, position, ...rest }
}

const newestFirst = (a: FrameworkSummary, b: FrameworkSummary): number =>
  b.period.startsOn.localeCompare(a.period.startsOn) || a.series.localeCompare(b.series)

/** A node of a framework, as much of it as a list of choices shows. */
export interface Branch {
  code: string
  title: FrameworkSummary['title']
  /** 0 for the roots. */
  depth: number
}

/** The tree of a framework as it is now, each node after its parent. */
export const treeOf = (reads: Reads, { framework, revision }: FrameworkSummary): Promise<Branch[]> =>
  reads.kept(`tree of ${framework}`, revision, async () => {
    const { nodes } = await reads.framework(framework)
    const below = Map.groupBy(nodes, ({ parent }) => parent)
    const walk = (parent: string | null, depth: number): Branch[] =>
      (below.get(parent) ?? []).flatMap(({ code, title }) => [
        { code, title, depth },
        ...walk(code, depth + 1)
      ])
    return walk(null, 0)
  })

const TITLE_MAX = 60

/** Nodes as options, those below another set in. */
export const nodeOptions = (context: Context, nodes: readonly Branch[]): Option[] =>
  nodes.map(({ code, title, depth }) => {
    const name = context.name(title)
    const short = name.length > TITLE_MAX ? `${name.slice(0, TITLE_MAX)}…` : name
    return { value: code, label: `${'\u00a0\u00a0'.repeat(depth)}${code} ${short}` }
  })

/** The title of a framework without its period: what its series is called over the years. */
export function seriesName({ language, name }: Context, framework: FrameworkSummary): string {
  const { title, period } = framework
  let text = inLanguage(title, language)
  for (const end of [inLanguage(period.title, language), period.id]) {
    if (latinDigits(text).endsWith(latinDigits(end))) text = text.slice(0, -end.length)
  }
  const bare = text.replace(/[\s،,;:–—-]+$/, '').replace(/[\s،,]+(سال|دوره|year|period)$/i, '')
  return bare === '' ? name(title) : name({ fa: bare, en: bare })
}

/** Periods as options, the newest first. */
export const periodOptions = (context: Context, frameworks: readonly FrameworkSummary[]): Option[] =>
  optionList(new Map(frameworks.map(({ period }) => [period.id, context.name(period.title)])))

/** Series as options, each under its newest title. */
export const seriesOptions = (context: Context, frameworks: readonly FrameworkSummary[]): Option[] =>
  optionList(new Map(frameworks.toReversed().map((each) => [each.series, seriesName(context, each)])))

/** Units as options, in the order of their names. */
export function unitOptions(context: Context, { units }: Directory): Option[] {
  const names = byName(context.language)
  return [...units.values()]
    .map(({ unit, name }) => ({ value: unit, label: context.name(name) }))
    .sort((a, b) => names(a.label, b.label))
}

const optionList = (map: ReadonlyMap<string, string>): Option[] =>
  [...map].map(([value, label]) => ({ value, label }))

/** What a period is called: by its newest framework, else its id. */
export function periodName(context: Context, { frameworks }: Directory, period: string): string {
  const found = frameworks.find((each) => each.period.id === period)
  return found ? context.name(found.period.title) : context.format.digits(period)
}
