import { formatPoints, showPercent } from '../src/points.ts'
import { caseOf } from '../src/rules/case.ts'
import { type Evaluation, fileOf } from '../src/rules/evaluation.ts'
import type { Framework } from '../src/rules/framework.ts'
import { figuresOf, ownEntry } from '../src/rules/rollup.ts'
import { TOTAL } from '../src/rules/tree.ts'
import type { Touches } from './outcome.ts'

/** What rests on a final evaluation and is touched when it is reopened. */
export function touchesOf(framework: Framework, evaluation: Evaluation): Touches {
  const { tree } = caseOf(framework, evaluation)
  const total = figuresOf(tree, evaluation).get(TOTAL)
  const points = total?.standing.points ?? null
  return {
    nodes: [...tree.nodes.values()]
      .filter((node) => ownEntry(evaluation, node, 'standing') ?? fileOf(evaluation, node.code).granted)
      .map(({ code }) => code),
    total: {
      points: points === null ? null : formatPoints(points),
      percent: points === null || !total ? null : showPercent(points, total.applicableCeiling)
    },
    ranks: evaluation.figures.flatMap(({ rank, event }) =>
      rank ? [{ population: rank.population, place: rank.place, of: rank.of ?? null, event }] : []
    )
  }
}
