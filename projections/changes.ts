import type { LedgerEvent } from '../src/events/catalogue.ts'
import { formatPoints, type Points } from '../src/points.ts'
import type { Case } from '../src/rules/case.ts'
import { figuresOf, type NodeFigures } from '../src/rules/rollup.ts'
import { play, type Step } from './history.ts'

/**
 * What changed in one evaluation between two positions (the first exclusive, the second inclusive), node by node,
 * and by which events. Null where it was not open by then.
 */
export function changesBetween(events: readonly LedgerEvent[], from: bigint, to: bigint) {
  const steps = play(events.filter(({ position }) => position <= to))
  const after = steps.at(-1)?.after
  if (!after) return null
  const before = steps.findLast(({ event }) => event.position <= from)?.after ?? null
  const between = steps.filter(({ event }) => event.position > from)
  const [was, is] = [sidesOf(before), sidesOf(after)]
  const causes = causesOf(between)
  return {
    evaluation: after.evaluation.evaluation,
    unit: after.evaluation.unit,
    stage: { before: before?.evaluation.stage ?? null, after: after.evaluation.stage },
    items: [...new Set([...was.keys(), ...is.keys()])].flatMap((node) =>
      nodeChange(node, was.get(node) ?? null, is.get(node) ?? null, causes.get(node) ?? [])
    ),
    events: between.map(({ event: { id, type, position, metadata } }) => ({
      event: id,
      type,
      position: String(position),
      at: metadata.recordedAt
    }))
  }
}

/** What is watched of a node. */
interface Side {
  applicable: boolean
  applicableCeiling: Points
  self: Points | null
  standing: Points | null
  partial: boolean
}

type Sides = ReadonlyMap<string, Side>

const NOTHING: Sides = new Map()

/** Every node of a case in the framework's order, `total` first; none before it was open. */
function sidesOf(subject: Case | null): Sides {
  if (!subject) return NOTHING
  const figures = figuresOf(subject.tree, subject.evaluation)
  return new Map(
    subject.tree.order.flatMap((code) => {
      const found = figures.get(code)
      return found ? [[code, sideOf(found)] as const] : []
    })
  )
}

const sideOf = ({ applicable, applicableCeiling, self, standing }: NodeFigures): Side => ({
  applicable,
  applicableCeiling,
  self: self.points,
  standing: standing.points,
  partial: standing.partial
})

const isSame = (a: Side | null | undefined, b: Side | null | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** By node, the events that moved it, there and back included. */
function causesOf(steps: readonly Step[]): Map<string, string[]> {
  const causes = new Map<string, string[]>()
  let was = sidesOf(steps[0]?.before ?? null)
  for (const { event, after } of steps) {
    const is = sidesOf(after)
    for (const node of new Set([...was.keys(), ...is.keys()])) {
      if (!isSame(was.get(node), is.get(node))) causes.set(node, [...(causes.get(node) ?? []), event.id])
    }
    was = is
  }
  return causes
}

function nodeChange(node: string, before: Side | null, after: Side | null, events: readonly string[]) {
  if (isSame(before, after)) return []
  const difference = formatPoints((after?.standing ?? 0) - (before?.standing ?? 0))
  return [{ node, before: shown(before), after: shown(after), difference, events: [...events] }]
}

const shown = (side: Side | null) =>
  side && {
    ...side,
    applicableCeiling: formatPoints(side.applicableCeiling),
    self: show(side.self),
    standing: show(side.standing)
  }

const show = (points: Points | null): string | null => (points === null ? null : formatPoints(points))
