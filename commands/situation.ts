import { Refusal } from '../src/errors.ts'
import type { Actor } from '../src/events/envelope.ts'
import { type Evaluation, fileOf, type Stage } from '../src/rules/evaluation.ts'
import type { Framework } from '../src/rules/framework.ts'
import { figuresOf } from '../src/rules/rollup.ts'
import { isLeaf, pathUp, subtree, TOTAL, type Tree, type TreeNode } from '../src/rules/tree.ts'
import { isWithin, type Unit, type UnitLookup } from '../src/rules/units.ts'
import { deedsOn, type Persons, unitsOf } from './persons.ts'

/** What a command about a unit is decided from. */
export interface UnitSituation {
  unit: Unit | null
  unitOf: UnitLookup
}

/** What a command about a framework is decided from. */
export interface FrameworkSituation {
  framework: Framework | null
  frameworkOf: (framework: string) => Framework | undefined
}

/** What a command about an evaluation is decided from. */
export interface EvaluationSituation {
  evaluation: Evaluation | null
  persons: Persons
  frameworkOf: (framework: string) => Framework | undefined
  unitOf: UnitLookup
}

/** An evaluation that exists, with the tree in force. */
export interface Open {
  evaluation: Evaluation
  framework: Framework
  tree: Tree
  persons: Persons
  unitOf: UnitLookup
}

/** The node in the tree in force, or a refusal. `total` is not a node that anyone acts on. */
export function requireNode({ tree, framework }: Pick<Open, 'tree' | 'framework'>, code: string): TreeNode {
  const node = code === TOTAL ? undefined : tree.nodes.get(code)
  if (!node) throw new Refusal('unknown-node', { params: { framework: framework.framework, node: code } })
  return node
}

export function requireLeaf(open: Open, code: string): TreeNode {
  const node = requireNode(open, code)
  if (!isLeaf(open.tree, code)) throw new Refusal('not-a-leaf', { params: { node: code } })
  return node
}

export function requireStage({ evaluation }: Open, ...stages: Stage[]): void {
  if (stages.includes(evaluation.stage)) return
  throw new Refusal('wrong-stage', {
    params: { stage: evaluation.stage, needed: stages.join(', ') },
    event: evaluation.stageEvent
  })
}

/** The event that made a node not applicable: its own grant or an ancestor's; null while it applies. */
export function exemptedBy(open: Open, code: string): string | null {
  for (const at of pathUp(open.tree, code)) {
    const { granted } = fileOf(open.evaluation, at)
    if (at !== TOTAL && granted) return granted.event
  }
  const figures = figuresOf(open.tree, open.evaluation, code).get(code)
  return figures?.applicable === false ? newestGrantBelow(open, code) : null
}

/** All children may have been exempted one by one; the last of these grants took the node out. */
function newestGrantBelow({ tree, evaluation }: Open, code: string): string | null {
  const grants = subtree(tree, code).flatMap((at) => fileOf(evaluation, at).granted ?? [])
  return grants.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).at(-1)?.event ?? null
}

export function requireApplicable(open: Open, code: string): void {
  const event = exemptedBy(open, code)
  if (event) throw new Refusal('not-applicable', { params: { node: code }, event })
}

/** Is the node one of those that are with the unit for correction, or below one? */
export const isReturned = ({ evaluation, tree }: Open, code: string): boolean =>
  evaluation.returned?.nodes.some((node) => subtree(tree, node).includes(code)) ?? false

/** An assessor acts for exactly its own unit. */
export function requireOwnUnit({ evaluation }: Open, actor: Actor): void {
  if (actor.units.includes(evaluation.unit)) return
  const params = { unit: evaluation.unit, units: actor.units.join(', ') || '-' }
  throw new Refusal('not-your-unit', { params })
}

/**
 * Why an expert may not judge a node, or null: the node's reviewing body (its own or the nearest above) must be one
 * of the token's units; a person known to be of the judged unit or below it may not judge it, nor may whoever
 * entered the score.
 */
export const objectionToJudge = (open: Open, actor: Actor, code: string): Refusal | null =>
  ownUnitObjection(open, actor) ?? nodeObjection(open, actor, code)

function ownUnitObjection({ evaluation, persons, unitOf }: Open, actor: Actor): Refusal | null {
  const own = unitsOf(persons, actor).some((unit) => isWithin(unit, evaluation.unit, unitOf))
  return own ? new Refusal('own-unit', { params: { unit: evaluation.unit } }) : null
}

function nodeObjection({ tree, persons }: Open, actor: Actor, code: string): Refusal | null {
  const body = reviewingBody(tree, code)
  if (body !== null && !actor.units.includes(body)) {
    return new Refusal('not-reviewer', { params: { node: code, body } })
  }
  const claim = deedsOn(persons, code).findLast(
    ({ person, deed }) => person === actor.id && deed === 'claimed'
  )
  return claim ? new Refusal('own-score', { params: { node: code }, event: claim.event }) : null
}

export function requireMayJudge(open: Open, actor: Actor, code: string): void {
  const objection = objectionToJudge(open, actor, code)
  if (objection) throw objection
}

/** The same for an act that is done to everything below the nodes as well: nobody gets round who reviews a part of them. */
export function requireMayJudgeBelow(open: Open, actor: Actor, codes: readonly string[]): void {
  const all = new Set(codes.flatMap((code) => subtree(open.tree, code)))
  const objection = ownUnitObjection(open, actor)
  if (objection) throw objection
  for (const code of all) {
    const objection = nodeObjection(open, actor, code)
    if (objection) throw objection
  }
}

/** The body that reviews a node: the one it names, else the nearest above names. */
export function reviewingBody(tree: Tree, code: string): string | null {
  for (const at of pathUp(tree, code)) {
    const body = tree.nodes.get(at)?.definition?.reviewedBy
    if (body !== undefined) return body
  }
  return null
}
