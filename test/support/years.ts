import type { FrameworkNode } from '../../src/events/forms.ts'
import { caseOf } from '../../src/rules/case.ts'
import { type Change, changeOf, pairOf, type Side } from '../../src/rules/change.ts'
import { type Ancestry, matchOf } from '../../src/rules/change-match.ts'
import type { Evaluation } from '../../src/rules/evaluation.ts'
import { evolveEvaluation } from '../../src/rules/evolve-evaluation.ts'
import { evolveFramework, type Framework } from '../../src/rules/framework.ts'
import { eventsOf, type Happening, opened, published, recorded } from './history.ts'

export interface Year {
  nodes: FrameworkNode[]
  /** Own points by code; null: not applicable. */
  scores: Record<string, string | null>
  setting?: 'remove' | 'spread'
}

/** One imported evaluation as its events would leave it. */
function side({ nodes, scores, setting = 'remove' }: Year): Side {
  const facts: Happening[] = Object.entries(scores).map(([code, points]) =>
    points === null
      ? { type: 'NotApplicableGranted', data: { node: code, reasonCode: 'not-stated' } }
      : recorded(code, 'final', points)
  )
  const history = [
    published('1402-x', nodes, { notApplicable: setting }),
    opened('1402-x', 'qazvin'),
    ...facts
  ]
  let framework: Framework | null = null
  let evaluation: Evaluation | null = null
  for (const event of eventsOf(history)) {
    if (event.stream.startsWith('framework-')) framework = evolveFramework(framework, event)
    else evaluation = evolveEvaluation(evaluation, event, () => [])
  }
  if (!framework || !evaluation) throw new Error('no history')
  return caseOf(framework, evaluation)
}

export const same = (code: string): Ancestry => ({ relation: 'same', nodes: [code], comparable: true })

/** Every code that both years have continues itself, unless told otherwise. */
function lineage(earlier: Year, later: Year, other: Record<string, Ancestry | null> = {}) {
  const before = new Set(earlier.nodes.map(({ code }) => code))
  const ancestry = new Map<string, Ancestry>()
  for (const { code } of later.nodes) {
    const told = other[code]
    if (told) ancestry.set(code, told)
    else if (told === undefined && before.has(code)) ancestry.set(code, same(code))
  }
  return ancestry
}

/** The change of a node between two years. */
export function between(
  earlier: Year,
  later: Year,
  code: string,
  other?: Record<string, Ancestry | null>
): Change | null {
  const [before, after] = [side(earlier), side(later)]
  const match = matchOf(before.tree, after.tree, lineage(earlier, later, other))
  return changeOf(pairOf(before, after, match), code)
}
