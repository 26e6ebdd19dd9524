import type { LedgerEvent } from '../../src/events/catalogue.ts'
import type { FrameworkNode, Level } from '../../src/events/forms.ts'

/*
 * The points of the nodes of one evaluation, worked out a second time and in another way: straight from the events and
 * with exact fractions, as slowly as it likes. It shares no code with the rules.
 */

/** An exact fraction of points. */
type Fraction = [top: bigint, bottom: bigint]

const ZERO: Fraction = [0n, 1n]
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d]
const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d]
const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => (c === 0n ? ZERO : [a * d, b * c])
const same = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d === c * b

function decimal(text: string): Fraction {
  const [whole = '', fraction = ''] = text.split('.')
  return [BigInt(whole + fraction), 10n ** BigInt(fraction.length)]
}

/** To four digits, a half away from zero; nothing here is negative. */
function rounded([top, bottom]: Fraction): Fraction {
  const [scaled, rest] = [(top * 10_000n) / bottom, (top * 10_000n) % bottom]
  return [rest * 2n >= bottom ? scaled + 1n : scaled, 10_000n]
}

/** In units of 1/10 000 point; fails on what is finer. */
function units([top, bottom]: Fraction): number {
  if ((top * 10_000n) % bottom !== 0n) throw new Error(`${top}/${bottom} is finer than a unit`)
  return Number((top * 10_000n) / bottom)
}

/** What the events say about the nodes themselves. */
interface Said {
  own: Record<Level | 'standing', Map<string, Fraction>>
  exempt: Set<string>
}

/** Reads what was said of every node off the events of one evaluation. */
function said(events: readonly LedgerEvent[], below: (node: string) => string[]): Said {
  const level: Record<Level, Map<string, Fraction>> = { self: new Map(), expert: new Map(), final: new Map() }
  // The acts of experts and panels on each node, oldest first.
  const acts = new Map<string, { points: Fraction; by: 'expert' | 'panel' }[]>()
  const exempt = new Map<string, 'expert' | 'panel'>()
  const appealed = new Map<string, string>()
  let live = false
  const act = (node: string, points: string, by: 'expert' | 'panel') =>
    acts.set(node, [...(acts.get(node) ?? []), { points: decimal(points), by }])

  for (const event of events) {
    const { type, data } = event
    if (type === 'EvaluationOpened') live = data.origin === 'live'
    if (type === 'SelfScoreEntered') level.self.set(data.node, decimal(data.points))
    if (type === 'ScoreRecorded') level[data.level].set(data.node, decimal(data.points))
    if (type === 'ScoreConfirmed' || type === 'ScoreOverridden') act(data.node, data.points, 'expert')
    if (type === 'NotApplicableGranted') exempt.set(data.node, 'expert')
    if (type === 'NotApplicableRevoked') exempt.delete(data.node)
    if (type === 'AppealFiled') appealed.set(data.appeal, data.node)
    if (type === 'AppealDecided') {
      const node = appealed.get(data.appeal) ?? ''
      if (data.points !== undefined) act(node, data.points, 'panel')
      if (data.applicable === false) exempt.set(node, 'panel')
      if (data.applicable === true) exempt.delete(node)
    }
    if (type === 'ReturnedForCorrection') {
      for (const node of data.nodes.flatMap(below)) {
        acts.set(node, acts.get(node)?.filter(({ by }) => by === 'panel') ?? [])
        if (exempt.get(node) === 'expert') exempt.delete(node)
      }
    }
    if (type === 'EvaluationReopened' && live) level.final.clear()
    if (type === 'EvaluationFinalised' && live) {
      for (const { node, points } of data.nodes) if (points !== null) level.final.set(node, decimal(points))
    }
  }
  if (live) {
    for (const [node, list] of acts) {
      const newest = list.findLast(({ by }) => by === 'expert')
      if (newest) level.expert.set(node, newest.points)
    }
  }
  const standing = new Map(level.self)
  const layers = live
    ? [
        new Map(
          [...acts].flatMap(([node, list]) =>
            list.at(-1) ? ([[node, (list.at(-1) ?? { points: ZERO }).points]] as const) : []
          )
        )
      ]
    : [level.expert, level.final]
  for (const layer of layers) for (const [node, points] of layer) standing.set(node, points)
  return { own: { ...level, standing }, exempt: new Set(exempt.keys()) }
}

export interface NaiveFigure {
  applicable: boolean
  applicableCeiling: number
  points: Record<Level | 'standing', number | null>
  /** Ceilings of what has no points yet. */
  missing: Record<Level | 'standing', number>
  partial: Record<Level | 'standing', boolean>
}

const LEVELS = ['self', 'expert', 'final', 'standing'] as const

/**
 * The figures of every node and of `total`, by section 4 of the design read literally. `nodes` are those in force,
 * `setting` is the framework's.
 */
export function naiveFigures(
  events: readonly LedgerEvent[],
  nodes: readonly FrameworkNode[],
  setting: 'remove' | 'spread'
): Map<string, NaiveFigure> {
  const childrenOf = (code: string) => nodes.filter(({ parent }) => (parent ?? 'total') === code)
  const below = (code: string): string[] => [code, ...childrenOf(code).flatMap((child) => below(child.code))]
  const { own, exempt } = said(events, below)
  const live = events.some(({ type, data }) => type === 'EvaluationOpened' && data.origin === 'live')
  const node = (code: string) => nodes.find((each) => each.code === code)

  /** Not by itself, an ancestor or for want of a child that applies. */
  const applies = (code: string): boolean => {
    for (let at = node(code); at; at = node(at.parent ?? 'total')) if (exempt.has(at.code)) return false
    const children = childrenOf(code)
    return children.length === 0 || children.some((child) => applies(child.code))
  }
  const settingOf = (code: string): 'remove' | 'spread' => {
    const at = node(code)
    return at ? (at.notApplicable ?? settingOf(at.parent ?? 'total')) : setting
  }
  const ceilings = (list: readonly FrameworkNode[]) =>
    list.reduce((sum, { ceiling }) => plus(sum, decimal(ceiling)), ZERO)
  const ceiling = (code: string): Fraction => decimal(node(code)?.ceiling ?? '0')
  const whole = (code: string): Fraction => (node(code) ? ceiling(code) : ceilings(childrenOf(code)))

  const applicableCeiling = (code: string): Fraction => {
    if (!applies(code)) return ZERO
    const children = childrenOf(code)
    if (children.length === 0 || settingOf(code) === 'spread') return whole(code)
    const left = children.reduce((sum, child) => plus(sum, applicableCeiling(child.code)), ZERO)
    return node(code)?.scaled ? rounded(over(times(left, whole(code)), ceilings(children))) : left
  }

  const scored = (code: string, level: (typeof LEVELS)[number]): Fraction | undefined =>
    live && childrenOf(code).length > 0 ? undefined : own[level].get(code)

  const points = (code: string, level: (typeof LEVELS)[number]): Fraction | null => {
    if (!applies(code)) return null
    const entered = scored(code, level)
    if (entered) return entered
    const children = childrenOf(code).filter((child) => applies(child.code))
    const given = children.map((child) => points(child.code, level)).filter((each) => each !== null)
    return given.length === 0 ? null : brought(code, given.reduce(plus, ZERO))
  }

  /** What the children add up to, brought to the ceiling of a parent that is spread or scaled. */
  const brought = (code: string, sum: Fraction): Fraction => {
    const children = childrenOf(code)
    if (settingOf(code) === 'spread') {
      const left = children.reduce((total, child) => plus(total, applicableCeiling(child.code)), ZERO)
      return same(left, whole(code)) ? sum : rounded(over(times(sum, whole(code)), left))
    }
    return node(code)?.scaled ? rounded(over(times(sum, whole(code)), ceilings(children))) : sum
  }

  const missing = (code: string, level: (typeof LEVELS)[number]): Fraction => {
    if (!applies(code) || scored(code, level)) return ZERO
    const children = childrenOf(code)
    if (children.length === 0) return ceiling(code)
    return brought(
      code,
      children.reduce((sum, child) => plus(sum, missing(child.code, level)), ZERO)
    )
  }

  const partial = (code: string, level: (typeof LEVELS)[number]): boolean => {
    if (!applies(code) || scored(code, level)) return false
    return childrenOf(code)
      .filter((child) => applies(child.code))
      .some((child) => points(child.code, level) === null || partial(child.code, level))
  }

  const inUnits = (fraction: Fraction | null) => (fraction ? units(fraction) : null)
  const byLevel = <T>(of: (level: (typeof LEVELS)[number]) => T): Record<(typeof LEVELS)[number], T> => ({
    self: of('self'),
    expert: of('expert'),
    final: of('final'),
    standing: of('standing')
  })
  return new Map(
    ['total', ...nodes.map(({ code }) => code)].map((code) => [
      code,
      {
        applicable: applies(code),
        applicableCeiling: units(applicableCeiling(code)),
        points: byLevel((level) => inUnits(points(code, level))),
        missing: byLevel((level) => units(missing(code, level))),
        partial: byLevel((level) => partial(code, level))
      }
    ])
  )
}
