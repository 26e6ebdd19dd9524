import { catalogue, type EventTypeName, type LedgerEvent } from '../src/events/catalogue.ts'
import { evolveFramework, treeAt } from '../src/rules/framework.ts'
import { pathUp } from '../src/rules/tree.ts'
import { type Draft, draftOf } from './draft.ts'
import { doingsOf } from './duty-acts.ts'
import { beginCase, renewCase } from './duty-cases.ts'
import { caseOf, evolve, leavers } from './duty-evaluations.ts'
import { actsOf, fileRow, mayHoldCase, record } from './duty-files.ts'
import { type DutyFile, dutiesIn, identityOf } from './duty-rules.ts'
import {
  type DutyEvaluationRow,
  type DutyFileRow,
  dutyActs,
  dutyAppeals,
  dutyEvaluations,
  dutyFiles,
  dutyFrameworks,
  dutyPersons,
  dutyRows,
  dutyUnits,
  dutyWatched
} from './duty-tables.ts'
import { followUnit, isUnitWithin, learn, peopleBelow, personRow, watchedOf } from './duty-units.ts'
import { type Change, type Get, type Projection, tables } from './projection.ts'

/*
 * Cases of one person in two parts. Commands refuse what they can see in the evaluation at hand; what came out later,
 * was known elsewhere, could not be known, or is allowed and still worth a look, is listed here and stays listed.
 */

function follow(event: LedgerEvent, get: Get): Change[] {
  const rows = draftOf(get)
  if (event.stream.startsWith('unit-')) followUnits(rows, event)
  else if (event.stream.startsWith('framework-')) followFramework(rows, event)
  else followEvaluation(rows, event)
  return rows.changes()
}

/** Every type, for every event shows of which units its actor is. */
export const duties: Projection = {
  name: 'duties',
  version: 2,
  ordered: true,
  tables: tables(
    dutyRows,
    dutyEvaluations,
    dutyAppeals,
    dutyFrameworks,
    dutyUnits,
    dutyPersons,
    dutyFiles,
    dutyActs,
    dutyWatched
  ),
  on: Object.fromEntries((Object.keys(catalogue) as EventTypeName[]).map((type) => [type, follow]))
}

function followUnits(rows: Draft, event: LedgerEvent): void {
  const moved = followUnit(rows, event)
  const people = new Set(learn(rows, event, null))
  if (moved) for (const person of peopleBelow(rows, event.stream.slice('unit-'.length))) people.add(person)
  for (const person of people) lookEverywhere(rows, person, event)
}

function followFramework(rows: Draft, event: LedgerEvent): void {
  const framework = event.stream.slice('framework-'.length)
  const state = evolveFramework(rows.get(dutyFrameworks, framework)?.state ?? null, event)
  if (state) rows.put(dutyFrameworks, { framework, state })
  for (const person of learn(rows, event, null)) lookEverywhere(rows, person, event)
}

function followEvaluation(rows: Draft, event: LedgerEvent): void {
  const id = event.stream.slice('evaluation-'.length)
  const left = leavers(rows, id, event)
  const row = evolve(rows, id, event)
  if (!row) return
  const learnt = learn(rows, event, row.unit)
  const people = [...left, ...learnt]
  for (const { person, acts } of doingsOf(event, caseOf(rows, row)))
    if (record(rows, id, person, acts)) people.push(person)
  for (const person of learnt) lookEverywhere(rows, person, event, id)
  if (people.length > 0) for (const person of new Set(people)) look(rows, id, person, event)
}

/** Something new is known of a person; `but` is the evaluation that is looked at anyway. */
function lookEverywhere(rows: Draft, person: string, event: LedgerEvent, but?: string): void {
  for (const evaluation of watchedOf(rows, person))
    if (evaluation !== but) look(rows, evaluation, person, event)
}

/** Adds the cases that have come about, and what is newly known of those there are. */
function look(rows: Draft, evaluation: string, person: string, event: LedgerEvent): void {
  const row = fileRow(rows, evaluation, person)
  const judged = rows.get(dutyEvaluations, evaluation)
  if (!judged || !mayHoldCase(rows, row, judged.unit)) return
  const file = fileOf(rows, row, judged, event)
  if (!file) return
  const known = new Set(row.cases.map(identityOf))
  const fresh = dutiesIn(file).filter((found) => !known.has(identityOf(found)))
  const cases = [
    ...row.cases.map((open) => renewCase(rows, file, open, event.position)),
    ...fresh.map((found) => beginCase(rows, file, found, event.position))
  ]
  if (cases.some((open, i) => open !== row.cases[i])) rows.put(dutyFiles, { ...row, cases })
}

function fileOf(
  rows: Draft,
  row: DutyFileRow,
  judged: DutyEvaluationRow,
  event: LedgerEvent
): DutyFile | null {
  const framework = rows.get(dutyFrameworks, judged.framework)?.state
  if (!framework) return null
  const tree = treeAt(framework, judged.judged ?? framework.revision)
  const position = String(event.position)
  const { evaluation, person, played } = row
  return {
    evaluation,
    person,
    subject: caseOf(rows, judged),
    played,
    acts: actsOf(rows, row),
    affiliations: personRow(rows, person).affiliations,
    moved: event.stream.startsWith('unit-')
      ? { part: 'unit-moved', node: null, appeal: null, event: event.id, position }
      : null,
    isOfUnit: (unit) => isUnitWithin(rows, unit, judged.unit),
    isNear: (a, b) => a === b || pathUp(tree, a).includes(b) || pathUp(tree, b).includes(a)
  }
}
