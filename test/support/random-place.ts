import type { Actor } from '../../src/events/envelope.ts'
import { formatPoints } from '../../src/points.ts'
import type { AppealFile } from '../../src/rules/appeals.ts'
import { treeInForce } from '../../src/rules/case.ts'
import type { Evaluation } from '../../src/rules/evaluation.ts'
import { leavesOf, TOTAL, type Tree } from '../../src/rules/tree.ts'
import { ask, type World } from './world.ts'

/** Numbers that say what is asked where, by whom, about which node and how much. */
export interface Step {
  kind: number
  evaluation: number
  who: number
  node: number
  amount: number
}

/** Where a step acts, and the persons who may act there today. */
export interface Place {
  world: World
  step: Step
  evaluation: string
  state: Evaluation
  tree: Tree
  leaves: readonly string[]
  /** Any node, any leaf, and points for that leaf, now and then a few too many. */
  node: string
  leaf: string
  points: string
  appeal: AppealFile | undefined
  assessor: Actor
  expert: Actor
  registrar: Actor
  chair: Actor
}

export type Who = 'assessor' | 'expert' | 'registrar' | 'chair'

export const pick = <T>(list: readonly [T, ...T[]], index: number): T => list[index % list.length] ?? list[0]

const oneOf = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length]

/** `e-19` changes sides: sometimes of the unit, sometimes of those who judge it. */
export function placeOf(world: World, step: Step): Place | null {
  const state = oneOf(Object.values(world.known.evaluations), step.evaluation)
  const framework = state && world.known.frameworks[state.framework]
  if (!state || !framework) return null
  const tree = treeInForce(framework, state)
  const nodes = tree.order.filter((code) => code !== TOTAL)
  const leaves = leavesOf(tree)
  const leaf = oneOf(leaves, step.node) ?? 'nowhere'
  const appeal = oneOf(Object.values(state.appeals), step.node)
  return {
    world,
    step,
    evaluation: state.evaluation,
    state,
    tree,
    leaves,
    node: oneOf(nodes, step.node) ?? 'nowhere',
    leaf,
    points: formatPoints((step.amount * 3_737) % (ceilingOf(tree, leaf) + 100)),
    appeal,
    assessor: { id: pick(['a-3', 'a-3', 'e-19'], step.who), role: 'assessor', units: [state.unit] },
    expert: { id: pick(['e-17', 'e-17', 'e-18', 'e-19'], step.who), role: 'expert', units: ['organisation'] },
    registrar: { id: pick(['r-5', 'r-6'], step.who), role: 'registrar', units: [] },
    chair: { id: appeal?.panel?.chair ?? 'p-2', role: 'panelist', units: [] }
  }
}

export const ceilingOf = (tree: Tree, node: string): number => tree.nodes.get(node)?.ceiling ?? 0

/** A part of a node's ceiling, in points. */
export const partOf = ({ tree }: Place, node: string, part: number, of: number): string =>
  formatPoints(Math.floor((ceilingOf(tree, node) * (part % (of + 1))) / of))

/** Asks something about the evaluation of a place. */
export const askAt = (place: Place, name: string, body: object, who: Who): boolean =>
  ask(place.world, name, { evaluation: place.evaluation, ...body }, place[who])
