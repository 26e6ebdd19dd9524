import { type Act, type DutyCase, type DutyPart, partsOf } from './duty-acts.ts'

/** What an auditor should look at: one person in two parts, or one of whom too little is known. */
export const DUTY_KINDS = [
  'judged-own-claim',
  'judged-own-appeal',
  'judge-of-unit',
  'panel-member-acted',
  'panel-member-of-unit',
  'decided-two-instances',
  'unknown-affiliation',
  'assigned-own-panel',
  'filed-and-assigned',
  'assigned-and-finalised',
  'filed-and-finalised',
  'decided-and-finalised',
  'reopened-and-finalised',
  'recorded-and-finalised'
] as const
export type DutyKind = (typeof DUTY_KINDS)[number]

/**
 * What else is known of a case. Said once and for all: `came-out-later` the act was in order as far as could be known
 * then; `elsewhere` the unit shows in an act outside the evaluation. Said while it is so: `known` the ledger knows a
 * unit of that person; `left-panel` another panel was named before any decision; `no-longer` the unit is
 * not part of the judged one any more.
 */
export const DUTY_NOTES = ['came-out-later', 'elsewhere', 'known', 'left-panel', 'no-longer'] as const
export type DutyNote = (typeof DUTY_NOTES)[number]

/** A unit that a person is known to be of, and the event that first showed it. */
export interface Affiliation {
  unit: string
  event: string
  position: string
  stream: string
}

/** One person in one evaluation, with all that bears on it. */
export interface DutyFile {
  evaluation: string
  person: string
  subject: DutyCase
  /** The parts that the acts have, as `partsOf` writes them. */
  played: number
  /** Oldest first. */
  acts: readonly Act[]
  affiliations: readonly Affiliation[]
  /** The change of the tree of units that makes us look; null where it is another event. */
  moved: Act | null
  /** Whether a unit is the judged one or below it, as the tree of units stands. */
  isOfUnit: (unit: string) => boolean
  /** Whether one of two nodes is the other or above it. */
  isNear: (a: string, b: string) => boolean
}

export interface DutyFound {
  kind: DutyKind
  node: string | null
  appeal: string | null
  /** One or two, oldest first. */
  parts: readonly Act[]
  /** What was to be in order; it may have been when it was done. */
  guarded: Act
}

interface Rule {
  kind: DutyKind
  first: readonly DutyPart[]
  /** What somebody with a first part should not have; this is what commands guard. */
  second: readonly DutyPart[]
  fits: (first: Act, second: Act, file: DutyFile) => boolean
  /** Which of both says what the case is about; none: the evaluation as a whole. */
  about: 'first' | 'second' | 'evaluation'
}

const near: Rule['fits'] = (a, b, { isNear }) => a.node !== null && b.node !== null && isNear(a.node, b.node)
const before: Rule['fits'] = (a, b) => BigInt(a.position) < BigInt(b.position)
const always = () => true

const JUDGING: readonly DutyPart[] = ['judged', 'returned', 'answered']
const ON_NODE: readonly DutyPart[] = [
  'prepared',
  'claimed',
  'evidence',
  'appealed',
  'responsible',
  'recorded',
  ...JUDGING
]
const SCORING: readonly DutyPart[] = ['claimed', 'judged', 'recorded']

const RULES: readonly Rule[] = [
  { kind: 'judged-own-claim', first: ['claimed'], second: JUDGING, fits: near, about: 'first' },
  { kind: 'judged-own-appeal', first: ['appealed'], second: JUDGING, fits: near, about: 'first' },
  { kind: 'panel-member-acted', first: ON_NODE, second: ['member'], fits: near, about: 'second' },
  {
    kind: 'decided-two-instances',
    first: ['decided', 'sat'],
    second: ['member'],
    // Another appeal on the same node may come after a reopening; who was silent binds only its own appeal.
    fits: (a, b, file) =>
      before(a, b, file) && (a.part === 'decided' ? a.node === b.node : a.appeal === b.appeal),
    about: 'second'
  },
  {
    kind: 'assigned-own-panel',
    first: ['assigned'],
    second: ['member'],
    fits: (a, b) => a.appeal === b.appeal,
    about: 'second'
  },
  { kind: 'filed-and-assigned', first: ['appealed'], second: ['assigned'], fits: always, about: 'second' },
  {
    kind: 'assigned-and-finalised',
    first: ['assigned'],
    second: ['finalised'],
    fits: before,
    about: 'first'
  },
  { kind: 'filed-and-finalised', first: ['appealed'], second: ['finalised'], fits: before, about: 'first' },
  { kind: 'decided-and-finalised', first: ['decided'], second: ['finalised'], fits: before, about: 'first' },
  {
    kind: 'reopened-and-finalised',
    first: ['reopened'],
    second: ['finalised'],
    fits: always,
    about: 'evaluation'
  },
  { kind: 'recorded-and-finalised', first: SCORING, second: ['finalised'], fits: before, about: 'evaluation' }
]

const PAIRED = RULES.map((rule) => ({ rule, first: partsOf(rule.first), second: partsOf(rule.second) }))

/** The rules of which both sides are among parts, as `partsOf` writes them. */
const rulesFor = (played: number): Rule[] =>
  PAIRED.filter(({ first, second }) => (played & first) !== 0 && (played & second) !== 0).map(
    ({ rule }) => rule
  )

/** Whether there is any such rule. Most people have one part only, and no rule is about that. */
export const canPair = (played: number): boolean =>
  PAIRED.some(({ first, second }) => (played & first) !== 0 && (played & second) !== 0)

/** Parts with which it matters of which unit a person is. */
export const OF_UNIT_PARTS = partsOf(['completed', 'member', ...JUDGING])

/** All cases of one person in one evaluation, each with the pair of acts that first made it. */
export function dutiesIn(file: DutyFile): DutyFound[] {
  return [...rulesFor(file.played).flatMap((rule) => pairs(rule, file)), ...ofUnit(file), ...unknown(file)]
}

function pairs(rule: Rule, file: DutyFile): DutyFound[] {
  const seconds = file.acts.filter(({ part }) => rule.second.includes(part))
  if (seconds.length === 0) return []
  const firsts = file.acts.filter(({ part }) => rule.first.includes(part))
  const found = firsts.flatMap((first) =>
    seconds.filter((second) => rule.fits(first, second, file)).map((second) => pair(rule, first, second))
  )
  return earliest(found)
}

function pair({ kind, about }: Rule, first: Act, second: Act): DutyFound {
  const { node, appeal } =
    about === 'evaluation' ? { node: null, appeal: null } : about === 'first' ? first : second
  const parts = inOrder(first, second)
  return { kind, node, appeal, parts, guarded: second }
}

/** Of several pairs about the same thing the one that was complete first. */
function earliest(found: readonly DutyFound[]): DutyFound[] {
  const best = new Map<string, DutyFound>()
  for (const each of found) {
    const key = identityOf(each)
    const known = best.get(key)
    if (!known || compareParts(each, known) < 0) best.set(key, each)
  }
  return [...best.values()]
}

/** By the later part, then by the earlier one; an event can hold both. */
function compareParts({ parts: a }: DutyFound, { parts: b }: DutyFound): number {
  return positionOrder(a.at(-1), b.at(-1)) || positionOrder(a[0], b[0])
}

function positionOrder(a: Act | undefined, b: Act | undefined): number {
  const [left, right] = [BigInt(a?.position ?? 0), BigInt(b?.position ?? 0)]
  return left < right ? -1 : left > right ? 1 : 0
}

const inOrder = (a: Act, b: Act): Act[] => (positionOrder(a, b) > 0 ? [b, a] : [a, b])

/** Names a case of one person in one evaluation. */
export const identityOf = ({ kind, node, appeal }: Pick<DutyFound, 'kind' | 'node' | 'appeal'>): string =>
  [kind, node ?? '', appeal ?? ''].join(' ')

/** Judges of an evaluation and members of a panel who are of the judged unit or below it. */
function ofUnit(file: DutyFile): DutyFound[] {
  const own = file.affiliations.find(({ unit }) => file.isOfUnit(unit))
  if (!own) return []
  const told: Act = { part: 'of-unit', node: null, appeal: null, event: own.event, position: own.position }
  const shown = file.moved && file.moved.event !== own.event ? file.moved : told
  const judging = file.acts.find(({ part }) => part === 'completed' || JUDGING.includes(part))
  const seats = file.acts.filter(({ part }) => part === 'member')
  return earliest([
    ...(judging
      ? [
          {
            kind: 'judge-of-unit' as const,
            node: null,
            appeal: null,
            parts: inOrder(judging, shown),
            guarded: judging
          }
        ]
      : []),
    ...seats.map((seat) => ({
      kind: 'panel-member-of-unit' as const,
      node: seat.node,
      appeal: seat.appeal,
      parts: inOrder(seat, shown),
      guarded: seat
    }))
  ])
}

function unknown({ acts }: DutyFile): DutyFound[] {
  const found = acts
    .filter((act) => act.unknown)
    .map((act) => ({
      kind: 'unknown-affiliation' as const,
      node: act.node,
      appeal: act.appeal,
      parts: [act],
      guarded: act
    }))
  return earliest(found)
}
