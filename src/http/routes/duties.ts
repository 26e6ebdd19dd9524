import { z } from 'zod'
import { listDuties } from '../../../projections/duties-list.ts'
import { DUTY_PARTS } from '../../../projections/duty-acts.ts'
import { DUTY_KINDS, DUTY_NOTES } from '../../../projections/duty-rules.ts'
import type { App } from '../app-type.ts'
import { listOf, listQuery, tableRoute } from '../describe.ts'
import { namesAt } from '../names.ts'
import { pageAfter, type Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { namedShape } from '../shapes.ts'

const Part = z.strictObject({
  part: z.enum(DUTY_PARTS),
  node: z.string().nullable(),
  event: z.string(),
  position: z.string()
})

export const DutyShape = z.strictObject({
  kind: z.enum(DUTY_KINDS),
  person: z.string(),
  evaluation: z.string(),
  unit: z.string(),
  node: z.string().nullable(),
  appeal: z.string().nullable(),
  parts: z.array(Part),
  since: z.string(),
  notes: z.array(z.enum(DUTY_NOTES)),
  ...namedShape
})

const Query = z.strictObject({
  ...listQuery,
  kind: z.enum(DUTY_KINDS).optional(),
  person: z.string().max(200).optional(),
  evaluation: z.string().max(200).optional(),
  unit: z.string().max(200).optional()
})

/** Cases for an auditor; the table of access hides the list from those who do not read everything. */
export function dutyRoutes(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: { fa: 'تداخل وظایف', en: 'Cases of one person in two parts' },
    tag: 'duties',
    query: Query,
    answer: listOf(DutyShape)
  })
  app.get('/v1/duties', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'duties', 'registry')
    const { limit, kind, person, evaluation, unit } = request.query
    const offset = Number(pageAfter(request) ?? '0')
    const filter = { kind, person, evaluation, unit }
    const found = listDuties(reads.reader, filter, moment.at, { limit: limit + 1, offset })
    const after = found.length > limit ? String(offset + limit) : null
    const names = namesAt(reads.reader, moment.at)
    const items = found.slice(0, limit).map((duty) => ({
      ...duty,
      unitName: names.unit(duty.unit),
      nodeTitle: duty.node === null ? null : names.node(duty.evaluation, duty.node)
    }))
    return reading.page(request, reply, moment, { items, after })
  })
}
