import type { WrittenEvent } from '../../commands/outcome.ts'
import type { Actor } from '../../src/events/envelope.ts'
import type { FrameworkNode, Measurement } from '../../src/events/forms.ts'
import { formatPoints, parsePoints } from '../../src/points.ts'
import { type Evaluation, fileOf, type NodeFile } from '../../src/rules/evaluation.ts'
import { leavesOf, type Tree } from '../../src/rules/tree.ts'
import type { Play } from './agenda.ts'
import type { Random } from './random.ts'
import { DOCUMENTS } from './words.ts'
import type { World } from './world.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** One evaluation with those who act in it. */
export interface Place {
  world: World
  random: Random
  evaluation: string
  unit: string
  expert: Actor
  colleague: Actor
  /** Of a hundred judged leaves so many are appealed. */
  appeals: number
  /** Lets something go on beside this one, from now on. */
  beside(play: Play): void
}

export const askHere = (
  { world, evaluation }: Place,
  name: string,
  body: object,
  actor: Actor
): WrittenEvent[] => world.ask(name, { evaluation, ...body }, actor)

export const stateOf = ({ world, evaluation }: Place): Evaluation => world.evaluation(evaluation)
export const treeOf = ({ world, evaluation }: Place): Tree => world.tree(evaluation)
export const file = (place: Place, node: string): NodeFile => fileOf(stateOf(place), node)
export const leaves = (place: Place): FrameworkNode[] => {
  const tree = treeOf(place)
  return leavesOf(tree).flatMap((code) => tree.nodes.get(code)?.definition ?? [])
}

export const isMeasured = ({ rule }: FrameworkNode): boolean => rule !== undefined && rule.kind !== 'direct'

/** A part of the ceiling in twentieths, at least and at most so many. */
export const pointsOf = (random: Random, { ceiling }: FrameworkNode, least: number, most: number): string =>
  formatPoints((parsePoints(ceiling) / 20) * random.between(least, most))

/** What was counted, near what the rule of the node looks at. */
export function measured(random: Random, { rule }: FrameworkNode): Measurement {
  const denominator = random.between(200, 4_000)
  if (rule?.kind === 'growth') {
    const numerator = Math.floor((denominator * random.between(95, 140)) / 100)
    return { numerator: String(numerator), baseline: String(denominator) }
  }
  const numerator = Math.floor((denominator * random.between(15, 95)) / 100)
  return { numerator: String(numerator), denominator: String(denominator) }
}

/** A document given on the spot, so many times in a hundred. */
export const documents = (random: Random, chance: number) =>
  random.percent(chance)
    ? [
        random.percent(70)
          ? { title: { fa: random.of(DOCUMENTS) }, sha256: random.hex(64) }
          : { title: { fa: random.of(DOCUMENTS) }, uri: `https://documents.invalid/${random.hex(16)}` }
      ]
    : []
