import type { Reader } from '../../projections/projection.ts'
import { frameworkTable, unitAt } from '../../projections/registry.ts'
import type { Title } from '../events/forms.ts'
import { revisionAt, treeAt } from '../rules/framework.ts'
import type { Tree } from '../rules/tree.ts'

/** What stands beside the codes of a list, so that nobody has to know them by heart. */
export interface Names {
  /** The id itself where nobody has registered such a unit. */
  unit(unit: string): Title
  /** Null for what the framework does not have: the total, or a code that only a report knows. */
  node(framework: string, node: string): Title | null
}

/** Names as they were at a position (null: as they are), each looked up once. */
export function namesAt(reader: Reader, at: bigint | null): Names {
  const units = new Map<string, Title>()
  const trees = new Map<string, Tree | null>()
  const treeOf = (framework: string): Tree | null => {
    const known = trees.get(framework)
    if (known !== undefined) return known
    const state = reader.get(frameworkTable, framework)?.state
    const tree = state ? treeAt(state, at === null ? undefined : revisionAt(state, at)) : null
    trees.set(framework, tree)
    return tree
  }
  return {
    unit: (unit) => {
      const name = units.get(unit) ?? unitAt(reader, unit, at)?.name ?? { fa: unit }
      units.set(unit, name)
      return name
    },
    node: (framework, node) => treeOf(framework)?.nodes.get(node)?.definition?.title ?? null
  }
}

/** The framework of an evaluation: what stands before the last point of its id. */
export const frameworkOf = (evaluation: string): string => evaluation.slice(0, evaluation.lastIndexOf('.'))
