import { defined } from '../../commands/define.ts'
import { frameworkId, keyOf, type PlannedCommand } from './names.ts'
import type { Sample, SampleStep, SampleYear } from './sample.ts'

/** Where the nodes of every year come from: sets, axes and criteria continue themselves, the rest as the file says. */
export function lineageCommands({ years, steps }: Sample): PlannedCommand[] {
  return years.flatMap((later, i) => {
    const earlier = years[i - 1]
    if (!earlier) return []
    const own = steps.filter(({ fromYear, toYear }) => fromYear === earlier.year && toYear === later.year)
    return [...continued(earlier, later, own), ...own.flatMap((step) => stepCommand(earlier, later, step))]
  })
}

const STRUCTURE: ReadonlySet<string> = new Set(['set', 'axis', 'criterion'])

function continued(earlier: SampleYear, later: SampleYear, steps: readonly SampleStep[]): PlannedCommand[] {
  return later.nodes.flatMap(({ code, kind }) => {
    if (!STRUCTURE.has(kind) || !has(earlier, code)) return []
    const step = steps.find((candidate) => candidate.code === code)
    return [same(earlier, later, code, step && noteOf(step))]
  })
}

function stepCommand(earlier: SampleYear, later: SampleYear, step: SampleStep): PlannedCommand[] {
  const { code, kinds } = step
  const node = later.nodes.find((candidate) => candidate.code === code)
  if (node && STRUCTURE.has(node.kind)) return []
  if (kinds.includes('split') || kinds.includes('merged')) {
    throw new Error(`${code} was split or merged in ${later.year}, but the file does not say with what`)
  }
  const note = noteOf(step)
  if (kinds.includes('removed')) return [retired(earlier, later, code, note)]
  if (!kinds.includes('added')) return [same(earlier, later, code, note)]
  const body = { framework: frameworkId(later.year), node: code, predecessors: [], relation: 'new', note }
  return [{ command: 'link-lineage', key: keyOf(later.year, 'lineage', code), body: defined(body) }]
}

function same(earlier: SampleYear, later: SampleYear, node: string, note?: string): PlannedCommand {
  const predecessors = [{ framework: frameworkId(earlier.year), node }]
  const body = { framework: frameworkId(later.year), node, predecessors, relation: 'same', note }
  return { command: 'link-lineage', key: keyOf(later.year, 'lineage', node), body: defined(body) }
}

/** Said on the framework that had the node; the later one knows nothing of it. */
function retired(earlier: SampleYear, later: SampleYear, node: string, note: string): PlannedCommand {
  const body = { framework: frameworkId(earlier.year), node, predecessors: [], relation: 'retired', note }
  return { command: 'link-lineage', key: keyOf(later.year, 'retired', node), body }
}

const has = ({ nodes }: SampleYear, code: string): boolean => nodes.some((node) => node.code === code)

const noteOf = ({ evidence, note }: SampleStep): string =>
  [...evidence, ...(note === undefined ? [] : [note])].join('\n')
