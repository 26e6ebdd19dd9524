import type { Reader } from '../../projections/projection.ts'
import { frameworkTable, stageTable, unitAt } from '../../projections/registry.ts'
import type { Title } from '../events/forms.ts'
import { type Framework, revisionAt, treeAt } from '../rules/framework.ts'
import { TOTAL } from '../rules/tree.ts'

/** What stands beside the codes of a list, so that nobody has to know them by heart. */
export interface Names {
  /** The id itself where nobody has registered such a unit. */
  unit(unit: string): Title
  /**
   * As the tree has it that the evaluation is judged by; of a node that is not in it, as the framework had it last. Null
   * for what the framework never had: the total, or a code that only a report knows.
   */
  node(evaluation: string, node: string): Title | null
}

/** Names as they were at a position (null: as they are), each looked up once. */
export function namesAt(reader: Reader, at: bigint | null): Names {
  const frameworkOf = remembering((id) => reader.get(frameworkTable, id)?.state)
  const judgedBy = remembering((evaluation) => {
    // What stands before the last point of an evaluation's id is its framework.
    const framework = frameworkOf(evaluation.slice(0, evaluation.lastIndexOf('.')))
    return framework && { framework, revisions: revisionsFor(reader, evaluation, framework, at) }
  })
  return {
    unit: remembering((unit) => unitAt(reader, unit, at)?.name ?? { fa: unit }),
    node: (evaluation, node) => {
      const judged = node === TOTAL ? undefined : judgedBy(evaluation)
      for (const revision of judged?.revisions ?? []) {
        const definition = judged && treeAt(judged.framework, revision).nodes.get(node)?.definition
        if (definition) return definition.title
      }
      return null
    }
  }
}

function remembering<Value>(find: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, Value>()
  return (key) => {
    const value = known.get(key) ?? find(key)
    known.set(key, value)
    return value
  }
}

/** The revisions of the trees that a framework had had by a position (null: by now), the newest first. */
export const revisionsBy = ({ trees }: Framework, at: bigint | null): number[] =>
  trees
    .filter(({ position }) => at === null || BigInt(position) <= at)
    .map(({ revision }) => revision)
    .reverse()

/** The same, the one that an evaluation is judged by before the others: from its submission on that of then. */
function revisionsFor(reader: Reader, evaluation: string, framework: Framework, at: bigint | null): number[] {
  const revisions = revisionsBy(framework, at)
  if (revisions.length < 2) return revisions
  const stretches = reader.all(stageTable, 'where evaluation = ? order by from_position limit 2', [
    evaluation
  ])
  const settled = stretches.find(({ origin, stage }) => origin === 'imported' || stage !== 'self-assessment')
  if (!settled || (at !== null && settled.from_position > at)) return revisions
  return [revisionAt(framework, settled.from_position), ...revisions]
}
