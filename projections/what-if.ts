import { type LedgerEvent, readEvent } from '../src/events/catalogue.ts'
import type { Title } from '../src/events/forms.ts'
import type { Case } from '../src/rules/case.ts'
import { TOTAL } from '../src/rules/tree.ts'
import type { EventStore } from '../src/store/event-store.ts'
import { caseNow, caseTables, follow } from './cases.ts'
import { league } from './league.ts'
import { heldRows } from './league-held.ts'
import { ranksAmong, type UnitRank } from './league-ranks.ts'
import { createMemoryRows, type MemoryRows } from './memory.ts'
import { apply, type Reader } from './projection.ts'
import { type NodeView, type Scorecard, scorecardView } from './scorecard-view.ts'
import {
  type Contest,
  contestOf,
  type Field,
  type RankChange,
  ranksThatChange,
  resultIn
} from './what-if-ranks.ts'

/*
 * What would follow from events that did not happen. The streams that they touch are folded up to the position, then
 * on through them by the handlers of the league itself; everybody else keeps the row that held at the position.
 */

const cases = caseTables('what_if')

export interface Hypothesis {
  /** The newest event that did happen. */
  position: bigint
  /** In order, at positions after it. */
  events: readonly LedgerEvent[]
}

/** One evaluation as it stood, or would stand. Points minimal, percents of two digits. */
export interface Side {
  stage: Scorecard['stage']
  status: Scorecard['status']
  total: {
    points: string | null
    percent: string | null
    /** The applicable one. */
    ceiling: string
    partial: boolean
    grade: Title | null
    /** Among all units of the series. */
    rank: number | null
  }
  /** The nodes that would not stay as they are, as a scorecard shows them. */
  nodes: NodeView[]
  /** In every population the unit belongs to. */
  ranks: Pick<UnitRank, 'by' | 'value' | 'population' | 'rank' | 'of'>[]
}

export interface EvaluationChange {
  evaluation: string
  unit: string
  framework: string
  period: string
  series: string
  /** Null where it would only be opened. */
  before: Side | null
  after: Side
}

export interface Consequences {
  evaluations: EvaluationChange[]
  ranks: RankChange[]
}

/**
 * Which evaluations would change by the events of a hypothesis, and whose rank. `reader` must have applied the
 * ledger up to the position; what it has applied beyond does not matter. `pace` is waited for between the pieces of
 * the work, and ends it by throwing.
 */
export async function whatIf(
  reader: Reader,
  store: Pick<EventStore, 'readStream'>,
  { position, events }: Hypothesis,
  pace: () => Promise<void>
): Promise<Consequences> {
  const touched = touchedBy(reader, { position, events })
  const rows = createMemoryRows()
  for (const event of await happened(store, streamsOf(touched, events), position)) {
    settle(rows, event)
  }
  const before = new Map([...touched].map((evaluation) => [evaluation, caseIn(rows, evaluation)]))
  for (const event of events) {
    await pace()
    suppose(rows, event)
  }
  const contests = new Map<string, Contest>()
  for (const framework of new Set([...touched].map((evaluation) => partsOf(evaluation).framework))) {
    await pace()
    const contest = contestOf(reader, rows, framework, position)
    if (contest) contests.set(framework, contest)
  }
  const acted = new Set(events.map(({ stream }) => stream))
  const evaluations: EvaluationChange[] = []
  for (const evaluation of touched) {
    await pace()
    const contest = contests.get(partsOf(evaluation).framework)
    const after = caseIn(rows, evaluation)
    if (!contest || !after) continue
    const change = changeOf(before.get(evaluation) ?? null, after, contest)
    if (acted.has(`evaluation-${evaluation}`) || !isSame(change)) evaluations.push(change)
  }
  return { evaluations, ranks: [...contests.values()].flatMap(ranksThatChange) }
}

const isSame = ({ before, after }: EvaluationChange): boolean =>
  JSON.stringify(before) === JSON.stringify(after)

/** An evaluation's id is that of its framework, a point, and that of its unit. */
function partsOf(evaluation: string): { framework: string; unit: string } {
  const point = evaluation.lastIndexOf('.')
  return { framework: evaluation.slice(0, point), unit: evaluation.slice(point + 1) }
}

const idOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1)

/** Evaluations that the events are about, that wait for the newest tree, or whose unit would be classed otherwise. */
function touchedBy(reader: Reader, { position, events }: Hypothesis): Set<string> {
  const held = (column: 'framework' | 'unit', id: string) =>
    heldRows(reader, TOTAL, position, { [column]: id })
  const touched = events.flatMap(({ type, stream }) => {
    if (stream.startsWith('evaluation-')) return [idOf(stream)]
    if (type === 'UnitReclassified') return held('unit', idOf(stream)).map(({ evaluation }) => evaluation)
    if (type !== 'FrameworkAmended') return []
    const waiting = held('framework', idOf(stream)).filter(({ stage }) => stage === 'self-assessment')
    return waiting.map(({ evaluation }) => evaluation)
  })
  return new Set(touched)
}

function streamsOf(touched: ReadonlySet<string>, events: readonly LedgerEvent[]): Set<string> {
  const home = [...touched].flatMap((evaluation) => {
    const { framework, unit } = partsOf(evaluation)
    return [`unit-${unit}`, `framework-${framework}`, `evaluation-${evaluation}`]
  })
  return new Set([...home, ...events.map(({ stream }) => stream)])
}

/** What these streams hold up to a position, in ledger order. */
async function happened(
  store: Pick<EventStore, 'readStream'>,
  streams: ReadonlySet<string>,
  position: bigint
): Promise<LedgerEvent[]> {
  const events: LedgerEvent[] = []
  for (const stream of streams) {
    for await (const stored of store.readStream(stream)) {
      if (stored.position > position) break
      events.push(readEvent(stored))
    }
  }
  return events.sort((a, b) => (a.position < b.position ? -1 : 1))
}

/** The figures of the past are in the reader's rows already: only what they were made of has to be known again. */
function settle({ get, write }: MemoryRows, event: LedgerEvent): void {
  write(event.stream.startsWith('unit-') ? apply(league, event, get) : follow(cases, event, get).changes)
}

function suppose({ get, write }: MemoryRows, event: LedgerEvent): void {
  const { changes, moved } = follow(cases, event, get)
  write(changes)
  for (const group of moved) write(apply(league, event, get, group))
}

const caseIn = (rows: MemoryRows, evaluation: string): Case | null => caseNow(cases, rows, evaluation)

function changeOf(was: Case | null, is: Case, { framework: home, before, after }: Contest): EvaluationChange {
  const [old, next] = [was && scorecardView(was), scorecardView(is)]
  const kept = new Map(old?.nodes.map((node) => [node.code, JSON.stringify(node)]))
  const same = new Set(
    next.nodes.filter((node) => kept.get(node.code) === JSON.stringify(node)).map(({ code }) => code)
  )
  const sideOf = (card: Scorecard, field: Field): Side => ({
    stage: card.stage,
    status: card.status,
    total: {
      points: card.total?.standing?.points ?? null,
      percent: card.total?.standing?.percent ?? null,
      ceiling: card.total?.applicableCeiling ?? '0',
      partial: card.total?.partial ?? false,
      ...resultIn(field, home, card.unit)
    },
    nodes: card.nodes.filter(({ code }) => !same.has(code)),
    ranks: ranksAmong(home, field.entrants, card.unit).map(({ by, value, population, rank, of }) => ({
      by,
      value,
      population,
      rank,
      of
    }))
  })
  const { evaluation, unit, framework, period, series } = next
  return {
    evaluation,
    unit,
    framework,
    period,
    series,
    before: old && sideOf(old, before),
    after: sideOf(next, after)
  }
}
