import { formatPercent, formatPoints, type Points, ratio } from '../src/points.ts'
import { type AppealStatus, statusAt } from './appeal-list.ts'
import type { AppealRow } from './appeals.ts'

export const STATISTICS_BY = ['unit', 'node', 'expert'] as const
export type StatisticsBy = (typeof STATISTICS_BY)[number]

/** How appeals fared that have something in common. */
export interface AppealStatistics {
  unit: string | null
  framework: string | null
  node: string | null
  /** Who had given what was disputed. */
  expert: string | null
  appeals: number
  open: number
  overdue: number
  decided: number
  withdrawn: number
  /** Of the decided ones, those that gave the unit at least a part of its claim, in any instance. */
  overturned: number
  /** Overturned of decided, in percent with two digits; null while none is decided. */
  overturnedShare: string | null
  /** Points by which decisions moved the nodes. */
  moved: string
}

/**
 * Appeals counted by unit, by node of a framework, or by the expert whose act was disputed; the most appeals first.
 * Appeals about what no expert gave are in no expert's count.
 */
export function appealStatistics(
  rows: readonly AppealRow[],
  by: StatisticsBy,
  now: string
): AppealStatistics[] {
  const groups = new Map<string, AppealRow[]>()
  for (const row of rows) {
    const key = KEYS[by](row)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return [...groups.entries()]
    .sort(([a, many], [b, few]) => few.length - many.length || (a < b ? -1 : 1))
    .flatMap(([, group]) => (group[0] ? [count(group[0], group, by, now)] : []))
}

const KEYS: Record<StatisticsBy, (row: AppealRow) => string | null> = {
  unit: ({ unit }) => unit,
  node: ({ framework, node }) => `${framework} ${node}`,
  expert: ({ judge }) => judge
}

function count(
  { unit, framework, node, judge }: AppealRow,
  group: readonly AppealRow[],
  by: StatisticsBy,
  now: string
): AppealStatistics {
  const at = (status: AppealStatus) => group.filter((row) => statusAt(row, now) === status)
  // A second instance that is open leaves what the first has decided for later.
  const decided = group.filter(({ moved, status }) => moved !== null && status !== 'open')
  const overturned = decided.filter((row) => row.overturned === 1).length
  return {
    unit: by === 'unit' ? unit : null,
    framework: by === 'node' ? framework : null,
    node: by === 'node' ? node : null,
    expert: by === 'expert' ? judge : null,
    appeals: group.length,
    open: at('open').length,
    overdue: at('overdue').length,
    decided: decided.length,
    withdrawn: at('withdrawn').filter(({ moved }) => moved === null).length,
    overturned,
    overturnedShare: shareOf(overturned, decided.length),
    moved: formatPoints(group.reduce((sum: Points, row) => sum + (row.moved ?? 0), 0))
  }
}

const shareOf = (part: number, of: number): string | null =>
  of === 0 ? null : formatPercent(ratio(BigInt(part) * 100n, BigInt(of)))
