import type { LedgerEvent } from '../src/events/catalogue.ts'
import { formatPoints, type Points } from '../src/points.ts'
import type { Case } from '../src/rules/case.ts'
import { concernedNodes } from '../src/rules/event-nodes.ts'
import { figuresOf, type NodeFigures } from '../src/rules/rollup.ts'
import { subtree, TOTAL } from '../src/rules/tree.ts'
import { caseAfter } from './history.ts'

/**
 * What changed in one evaluation between two positions (the first exclusive, the second inclusive), node by node,
 * and by which events. Null where it was not open by then.
 */
export function changesBetween(events: readonly LedgerEvent[], from: bigint, to: bigint) {
  const until = events.filter(({ position }) => position <= to)
  const after = caseAfter(until)
  if (!after) return null
  const before = caseAfter(until.filter(({ position }) => position <= from))
  const between = until.filter(({ position }) => position > from)
  const [figuresBefore, figuresAfter] = [
    before && figuresOf(before.tree, before.evaluation),
    figuresOf(after.tree, after.evaluation)
  ]
  const codes = [...new Set([...(before?.tree.order ?? []), ...after.tree.order])]
  return {
    evaluation: after.evaluation.evaluation,
    unit: after.evaluation.unit,
    stage: { before: before?.evaluation.stage ?? null, after: after.evaluation.stage },
    items: codes.flatMap((code) => {
      const sides = [figuresBefore?.get(code), figuresAfter.get(code)] as const
      return nodeChange(code, sides, () => causesOf(between, after, code))
    }),
    events: between.map(({ id, type, position, metadata }) => ({
      event: id,
      type,
      position: String(position),
      at: metadata.recordedAt
    }))
  }
}

type Side = NodeFigures | undefined

function nodeChange(code: string, [before, after]: readonly [Side, Side], causes: () => string[]) {
  const [earlier, later] = [sideOf(before), sideOf(after)]
  if (JSON.stringify(earlier) === JSON.stringify(later)) return []
  const difference = (after?.standing.points ?? 0) - (before?.standing.points ?? 0)
  return [
    { node: code, before: earlier, after: later, difference: formatPoints(difference), events: causes() }
  ]
}

const show = (points: Points | null): string | null => (points === null ? null : formatPoints(points))

const sideOf = (figures: Side) =>
  figures
    ? {
        applicable: figures.applicable,
        applicableCeiling: formatPoints(figures.applicableCeiling),
        self: show(figures.self.points),
        standing: show(figures.standing.points),
        partial: figures.standing.partial
      }
    : null

/** Events about the node, about what is below it, or about what is above it (a grant there counts here). */
function causesOf(between: readonly LedgerEvent[], { tree, evaluation }: Case, code: string): string[] {
  const near = new Set(subtree(tree, code))
  for (let at = tree.nodes.get(code); at && at.code !== TOTAL; at = tree.nodes.get(at.parent))
    near.add(at.code)
  return between
    .filter((event) => {
      if (event.type === 'FigurePublished' || event.type === 'EvidenceAttached') return false
      if (event.type === 'FrameworkAmended') return true
      return concernedNodes(event, evaluation.appeals).some((node) => near.has(node))
    })
    .map(({ id }) => id)
}
