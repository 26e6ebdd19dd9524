import type { Stage } from '../src/rules/evaluation.ts'
import type { Framework } from '../src/rules/framework.ts'
import type { Unit } from '../src/rules/units.ts'
import type { Reader } from './projection.ts'
import { frameworkTable, type StageRow, stageTable, unitsAt } from './registry.ts'

/** How one unit stands with a framework. */
export interface CoverageRow {
  unit: string
  name: Unit['name']
  evaluation: string | null
  origin: 'live' | 'imported' | null
  stage: Stage | null
  submittedAt: string | null
  submitted: boolean
  /** The period is over, and there is no evaluation or a live one that is not submitted. */
  late: boolean
}

/**
 * Who has an evaluation by a framework, who has submitted, and who is late on a given day. Expected are the units of
 * every kind that this series has ever evaluated; units of other kinds are not missing.
 */
export function coverageOf(
  reader: Reader,
  framework: Framework,
  day: string,
  at: bigint | null
): CoverageRow[] {
  const series = reader
    .all(frameworkTable, 'where series = ?', [framework.series])
    .map((row) => row.framework)
  const stages = series.flatMap((id) => stagesOf(reader, id, at))
  const units = unitsAt(reader, at)
  const evaluated = new Set(stages.map(({ unit }) => unit))
  const kinds = new Set(units.filter(({ unit }) => evaluated.has(unit)).map(({ kind }) => kind))
  const own = new Map(
    stages.filter((row) => row.framework === framework.framework).map((row) => [row.unit, row])
  )
  const isOver = day > framework.period.endsOn
  return units
    .filter(({ unit, kind }) => kinds.has(kind) || own.has(unit))
    .map((unit) => coverageRow(unit, own.get(unit.unit), isOver))
}

const stagesOf = (reader: Reader, framework: string, at: bigint | null): StageRow[] =>
  at === null
    ? reader.all(stageTable, 'where framework = ? and to_position is null', [framework])
    : reader.all(
        stageTable,
        'where framework = ? and from_position <= ? and (to_position is null or to_position > ?)',
        [framework, at, at]
      )

function coverageRow({ unit, name }: Unit, row: StageRow | undefined, isOver: boolean): CoverageRow {
  const submitted = row !== undefined && (row.submitted_at !== null || row.origin === 'imported')
  return {
    unit,
    name,
    evaluation: row?.evaluation ?? null,
    origin: row?.origin ?? null,
    stage: row?.stage ?? null,
    submittedAt: row?.submitted_at ?? null,
    submitted,
    late: isOver && !submitted
  }
}
