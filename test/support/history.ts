import { caseAfter } from '../../projections/history.ts'
import {
  catalogue,
  type DataOf,
  type EventTypeName,
  type Fact,
  type LedgerEvent
} from '../../src/events/catalogue.ts'
import type { Actor } from '../../src/events/envelope.ts'
import type { FrameworkNode, Level } from '../../src/events/forms.ts'
import { uuidV5 } from '../../src/ids.ts'
import type { Case } from '../../src/rules/case.ts'

/** A fact with what the store and the shell would add; all of it may be left out. */
export type Happening<T extends EventTypeName = EventTypeName> = Fact<T> & {
  /** The stream; left out, the one its data names, else the unit, framework or evaluation last named. */
  on?: string
  by?: Partial<Actor>
  /** `recordedAt`; left out, one minute after the happening before it. */
  at?: string
}

const TESTS = '7b0d4a5e-2f7c-5f0e-8a4e-0d6f2a1c9b33'
const START = Date.parse('2024-03-20T06:00:00.000Z')
const MINUTE_MS = 60_000

/** The id of the n-th event (from 1) of any history made here. */
export const eventNumber = (n: number): string => uuidV5(TESTS, String(n))

/**
 * A ledger of these facts: ids, streams, revisions, positions (1, 2, 3 …) and metadata are filled in, and the data
 * must pass the schema of its type, so that no test uses a history that could not have been stored.
 */
export function eventsOf(happenings: readonly Happening[]): LedgerEvent[] {
  const revisions = new Map<string, number>()
  const newest: Newest = { unit: '', framework: '', evaluation: '' }
  let at = START
  return happenings.map((happening, index) => {
    const stream = happening.on ?? streamOf(happening, newest)
    if (stream.startsWith('unit-')) newest.unit = stream
    if (stream.startsWith('framework-')) newest.framework = stream
    if (stream.startsWith('evaluation-')) newest.evaluation = stream
    const revision = (revisions.get(stream) ?? -1) + 1
    revisions.set(stream, revision)
    at = happening.at === undefined ? at + MINUTE_MS : Date.parse(happening.at)
    const id = eventNumber(index + 1)
    return {
      id,
      type: happening.type,
      version: catalogue[happening.type].version,
      stream,
      revision,
      position: BigInt(index + 1),
      data: catalogue[happening.type].data.parse(happening.data),
      metadata: {
        recordedAt: new Date(at).toISOString(),
        actor: { id: 'e-17', role: 'registrar', units: [], ...happening.by },
        correlationId: id,
        causationId: id,
        commandId: id,
        commandHash: '0'.repeat(64)
      }
      // The schema found under `type` has just parsed the data.
    } as LedgerEvent
  })
}

/** The evaluation that these facts are about, with its framework, after all of them. */
export function caseOf(happenings: readonly Happening[]): Case {
  const subject = caseAfter(eventsOf(happenings))
  if (!subject) throw new Error('no evaluation was opened')
  return subject
}

type Newest = Record<'unit' | 'framework' | 'evaluation', string>

function streamOf({ type, data }: Fact, newest: Newest): string {
  if (type === 'UnitRegistered') return `unit-${data.unit}`
  if (type === 'UnitReclassified') return newest.unit
  if (type === 'FrameworkPublished') return `framework-${data.framework}`
  if (type === 'FrameworkAmended' || type === 'LineageLinked') return newest.framework
  return type === 'EvaluationOpened' ? `evaluation-${data.evaluation}` : newest.evaluation
}

/** A node in short: `node('G1.a', 'G1', '30')`; its kind is criterion unless said otherwise. */
export const node = (
  code: string,
  parent: string | null,
  ceiling: string,
  more: Partial<FrameworkNode> = {}
): FrameworkNode => ({ code, parent, kind: 'criterion', title: { fa: code }, ceiling, ...more })

/** A framework `<period>-<series>` of a year that begins on 21 March 2023. */
export const published = (
  framework: string,
  nodes: FrameworkNode[],
  more: Partial<DataOf<'FrameworkPublished'>> = {}
): Happening<'FrameworkPublished'> => {
  const id = framework.split('-')[0] ?? framework
  return {
    type: 'FrameworkPublished',
    data: {
      framework,
      period: { id, title: { fa: id }, startsOn: '2023-03-21', endsOn: '2024-03-19' },
      title: { fa: framework },
      issuedBy: 'centre',
      nodes,
      notApplicable: 'remove',
      appeal: { windowDays: 10, escalationDays: 5, decisionDays: 15, instances: 2 },
      ...more
    }
  }
}

/** An evaluation `<framework>.<unit>` is opened. */
export const opened = (
  framework: string,
  unit: string,
  more: Partial<DataOf<'EvaluationOpened'>> = {}
): Happening<'EvaluationOpened'> => ({
  type: 'EvaluationOpened',
  data: {
    evaluation: `${framework}.${unit}`,
    unit,
    framework,
    frameworkRevision: '0',
    origin: 'imported',
    ...more
  }
})

/** The printed report that scores and figures of a test stand in; points with two digits. */
export const report = { document: 'report', place: 'table 1 row 1', digits: 2 }

/** An imported score. */
export const recorded = (
  code: string,
  level: Level,
  points: string,
  more: Partial<DataOf<'ScoreRecorded'>> = {}
): Happening<'ScoreRecorded'> => ({
  type: 'ScoreRecorded',
  data: { node: code, level, points, source: report, ...more }
})

/** A printed figure about a node. */
export const figure = (
  code: string,
  level: Level | undefined,
  printed: Partial<DataOf<'FigurePublished'>>
): Happening<'FigurePublished'> => ({
  type: 'FigurePublished',
  data: {
    about: { node: code },
    ...(level === undefined ? {} : { level }),
    printed:
      [printed.ceiling, printed.points, printed.percent, printed.count].filter(Boolean).join(' | ') || '-',
    source: report,
    ...printed
  }
})

/** A claim of the unit in a live evaluation. */
export const claimed = (
  code: string,
  points: string,
  more: Partial<DataOf<'SelfScoreEntered'>> = {}
): Happening<'SelfScoreEntered'> => ({
  type: 'SelfScoreEntered',
  data: { node: code, points, evidence: [], ...more },
  by: { role: 'assessor', units: ['qazvin'] }
})
