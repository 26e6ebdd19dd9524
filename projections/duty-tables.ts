import type { Origin } from '../src/events/forms.ts'
import type { Framework } from '../src/rules/framework.ts'
import type { Unit } from '../src/rules/units.ts'
import type { Act, DutyAppeal } from './duty-acts.ts'
import type { Affiliation, DutyKind, DutyNote } from './duty-rules.ts'
import { table } from './projection.ts'

/** A case while it stood in one way. It never ends: what explains it is added to it. */
export interface DutyRow {
  evaluation: string
  kind: DutyKind
  person: string
  /** Empty where it is about none, as is `node`: a key holds no null. */
  appeal: string
  node: string
  from_position: bigint
  to_position: bigint | null
  /** Since when it is a case. */
  since: bigint
  unit: string
  parts: readonly Act[]
  notes: readonly DutyNote[]
}

export interface DutyEvaluationRow {
  evaluation: string
  unit: string
  origin: Origin
  framework: string
  /** The framework's revision it is judged by for good; null while that is the newest. */
  judged: number | null
}

export interface DutyAppealRow extends DutyAppeal {
  evaluation: string
  appeal: string
}

export interface DutyFrameworkRow {
  framework: string
  state: Framework
}

/** A unit with what is below it, and the persons known to be of it. Persons may be of a unit nobody has registered. */
export interface DutyUnitRow {
  unit: string
  state: Unit | null
  children: readonly string[]
  people: readonly string[]
}

export interface DutyPersonRow {
  person: string
  affiliations: readonly Affiliation[]
  /** In how many evaluations the person judged or sat on a panel. */
  watched: number
}

/** One of these evaluations, from 0: where it matters what the person is of. A panelist may have sat in thousands. */
export interface DutyWatchedRow {
  person: string
  number: number
  evaluation: string
}

/** A case as it stands, without what the file says already. */
export type OpenDuty = Pick<DutyRow, 'kind' | 'appeal' | 'node' | 'parts' | 'notes'> & {
  from: string
  since: string
}

/** What one person did in one evaluation, and the cases that came of it. */
export interface DutyFileRow {
  evaluation: string
  person: string
  /** Which parts the person has played, as `partsOf` writes them: most files need no more to be known to hold no case. */
  played: number
  /** How many pieces were put away. */
  pieces: number
  /** The acts since then, oldest first. */
  acts: readonly Act[]
  cases: readonly OpenDuty[]
}

/** Older acts of a file, so many to a piece: each is written once, however long the file grows. */
export interface DutyActsRow {
  evaluation: string
  person: string
  piece: number
  acts: readonly Act[]
}

export const dutyRows = table<DutyRow>({
  name: 'duties_cases',
  key: ['evaluation', 'kind', 'person', 'appeal', 'node', 'from_position'],
  columns: {
    evaluation: 'text',
    kind: 'text',
    person: 'text',
    appeal: 'text',
    node: 'text',
    from_position: 'position',
    to_position: 'position',
    since: 'position',
    unit: 'text',
    parts: 'json',
    notes: 'json'
  },
  indexes: [['person'], ['unit'], ['since']]
})

export const dutyEvaluations = table<DutyEvaluationRow>({
  name: 'duties_evaluations',
  key: ['evaluation'],
  columns: {
    evaluation: 'text',
    framework: 'text',
    judged: 'int',
    unit: 'text',
    origin: 'text'
  }
})

export const dutyAppeals = table<DutyAppealRow>({
  name: 'duties_appeals',
  key: ['evaluation', 'appeal'],
  columns: {
    evaluation: 'text',
    appeal: 'text',
    node: 'text',
    panel: 'json',
    before: 'json',
    decided: 'json'
  }
})

export const dutyFrameworks = table<DutyFrameworkRow>({
  name: 'duties_frameworks',
  key: ['framework'],
  columns: { framework: 'text', state: 'json' }
})

export const dutyUnits = table<DutyUnitRow>({
  name: 'duties_units',
  key: ['unit'],
  columns: { unit: 'text', state: 'json', children: 'json', people: 'json' }
})

export const dutyPersons = table<DutyPersonRow>({
  name: 'duties_persons',
  key: ['person'],
  columns: { person: 'text', affiliations: 'json', watched: 'int' }
})

export const dutyWatched = table<DutyWatchedRow>({
  name: 'duties_watched',
  key: ['person', 'number'],
  columns: { person: 'text', number: 'int', evaluation: 'text' },
  once: true
})

export const dutyFiles = table<DutyFileRow>({
  name: 'duties_files',
  key: ['evaluation', 'person'],
  columns: {
    evaluation: 'text',
    person: 'text',
    played: 'int',
    pieces: 'int',
    acts: 'json',
    cases: 'json'
  },
  plain: ['acts', 'cases']
})

export const dutyActs = table<DutyActsRow>({
  name: 'duties_acts',
  key: ['evaluation', 'person', 'piece'],
  columns: { evaluation: 'text', person: 'text', piece: 'int', acts: 'json' },
  once: true,
  plain: ['acts']
})
