import { z } from 'zod'
import { type UnitRow, unitAt, unitsAt, unitTable } from '../../../projections/registry.ts'
import { Refusal } from '../../errors.ts'
import { UnitKind } from '../../events/forms.ts'
import { type Unit, unitsAbove } from '../../rules/units.ts'
import type { App } from '../app-type.ts'
import { listOf, PathId, pageQuery, readRoute, tableRoute } from '../describe.ts'
import { AsOf, WaitForQuery } from '../moment.ts'
import type { Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { UnitShape } from '../shapes.ts'

export const OneUnit = UnitShape.extend({
  revision: z.string(),
  /** Nearest first. */
  above: z.array(z.string()),
  below: z.array(z.string()),
  asOf: AsOf
})

export function unitRoutes(app: App, reading: Reading, reads: Reads): void {
  const list = tableRoute({
    summary: { fa: 'واحدها', en: 'Units' },
    tag: 'units',
    query: z.strictObject({
      ...pageQuery,
      waitFor: WaitForQuery.optional(),
      kind: UnitKind.optional(),
      group: z.string().optional(),
      province: z.string().optional(),
      parent: z.string().optional()
    }),
    answer: listOf(UnitShape)
  })
  app.get('/v1/units', list, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'registry')
    const { kind, group, province, parent } = request.query
    const items = unitsAt(reads.reader, moment.at)
      .filter((unit) => kind === undefined || unit.kind === kind)
      .filter((unit) => group === undefined || unit.groups.includes(group))
      .filter((unit) => province === undefined || unit.province === province)
      .filter((unit) => parent === undefined || unit.parent === parent)
      .map(unitView)
    return reading.list(request, reply, moment, items)
  })

  const one = readRoute({
    summary: { fa: 'یک واحد', en: 'One unit' },
    tag: 'units',
    query: z.strictObject({ waitFor: WaitForQuery.optional() }),
    params: z.strictObject({ unit: PathId }),
    answer: OneUnit
  })
  app.get('/v1/units/:unit', one, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'registry')
    const unit = requireUnit(reads, request.params.unit, null)
    const below = reads.reader.all<UnitRow>(unitTable, 'where parent = ? order by unit', [unit.unit])
    reply.header('etag', `"${unit.revision}"`)
    return reading.one(reply, moment, {
      ...unitView(unit),
      revision: String(unit.revision),
      above: unitsAbove(unit.unit, reads.unitOf).above,
      below: below.map((row) => row.unit)
    })
  })
}

/** A unit that was there at a position, as it was then (null: as it is now). */
export function requireUnit({ reader }: Reads, id: string, at: bigint | null): Unit {
  const unit = unitAt(reader, id, at)
  if (!unit) throw new Refusal('unknown-unit', { params: { id } })
  return unit
}

const unitView = ({ unit, name, kind, parent, province, groups }: Unit) => ({
  unit,
  name,
  kind,
  parent,
  province,
  groups: [...groups]
})
