import { z } from 'zod'
import { changesBetween } from '../../../projections/changes.ts'
import { explain } from '../../../projections/explanation.ts'
import { caseEvents } from '../../../projections/history.ts'
import { type EvaluationItem, evaluationsList } from '../../../projections/league-lists.ts'
import { Refusal } from '../../errors.ts'
import { Origin, Title } from '../../events/forms.ts'
import { TOTAL } from '../../rules/tree.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { CARD_COLUMNS, CardShape, createCards } from '../card.ts'
import { listOf, listQuery, momentQuery, PathId, readRoute, tableRoute } from '../describe.ts'
import { createLists } from '../lists.ts'
import { AsOf, AsOfQuery, WaitForQuery } from '../moment.ts'
import type { Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { ExplanationShape, Stage, Status } from '../shapes.ts'
import { redact, seesWhole } from '../visibility.ts'

const Params = z.strictObject({ evaluation: PathId })
const NodeParams = z.strictObject({ evaluation: PathId, node: PathId })

export const Listed = z.strictObject({
  evaluation: z.string(),
  unit: z.string(),
  name: Title,
  framework: z.string(),
  period: z.string(),
  series: z.string(),
  stage: Stage,
  status: Status,
  origin: Origin,
  total: z.strictObject({
    self: z.string().nullable(),
    standing: z.string().nullable(),
    ceiling: z.string(),
    percent: z.string().nullable(),
    partial: z.boolean()
  })
})

const Side = z
  .strictObject({
    applicable: z.boolean(),
    applicableCeiling: z.string(),
    self: z.string().nullable(),
    standing: z.string().nullable(),
    partial: z.boolean()
  })
  .nullable()

export const Changes = z.strictObject({
  evaluation: z.string(),
  unit: z.string(),
  from: AsOf,
  to: AsOf,
  stage: z.strictObject({ before: Stage.nullable(), after: Stage }),
  items: z.array(
    z.strictObject({
      node: z.string(),
      before: Side,
      after: Side,
      difference: z.string(),
      events: z.array(z.string())
    })
  ),
  events: z.array(
    z.strictObject({ event: z.string(), type: z.string(), position: z.string(), at: z.string() })
  ),
  asOf: AsOf
})

const unknown = (evaluation: string) => new Refusal('unknown-evaluation', { params: { id: evaluation } })

export function evaluationRoutes(app: App, reading: Reading, reads: Reads): void {
  listRoute(app, reading, reads)
  scorecardRoute(app, reading, reads)
  explanationRoute(app, reading, reads)
  changesRoute(app, reading, reads)
}

function listRoute(app: App, reading: Reading, reads: Reads): void {
  const query = z.strictObject({
    ...listQuery,
    period: z.string().optional(),
    framework: z.string().optional(),
    unit: z.string().optional(),
    stage: Stage.optional()
  })
  const options = tableRoute({
    summary: { fa: 'فهرست ارزیابی‌ها', en: 'Evaluations' },
    tag: 'evaluations',
    query,
    answer: listOf(Listed)
  })
  const listed = createLists<EvaluationItem[]>()
  app.get('/v1/evaluations', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'league')
    const { period, framework, unit, stage } = request.query
    const items = listed(request, moment, () =>
      evaluationsList(reads.reader, { period, framework, unit, stage }, moment.at)
    )
    return reading.list(request, reply, moment, items)
  })
}

function scorecardRoute(app: App, reading: Reading, reads: Reads): void {
  const cardOf = createCards()
  const options = tableRoute({
    summary: { fa: 'کارنامه یک ارزیابی', en: 'The scorecard of one evaluation' },
    tag: 'evaluations',
    query: z.strictObject(momentQuery),
    params: Params,
    answer: CardShape
  })
  app.get('/v1/evaluations/:evaluation', options, async (request, reply) => {
    const { evaluation } = request.params
    const moment = await reading.moments.of(request.query, 'scorecard')
    const found = await reads.caseAt(evaluation, moment)
    if (!found) throw unknown(evaluation)
    const actor = actorOf(request)
    const may = request.query.asOf === undefined ? await reads.may(actor)({ evaluation }) : []
    const { shown, rows, json } = cardOf(found, seesWhole(actor, evaluation, reads.facts))
    reply.header('etag', `"${shown.revision}"`)
    const csv = reading.csv(request, reply, moment, rows, CARD_COLUMNS)
    if (csv !== null) return csv
    reading.ready(reply, moment, json({ may, asOf: moment.asOf }))
    return reply
  })
}

function explanationRoute(app: App, reading: Reading, reads: Reads): void {
  const options = readRoute({
    summary: { fa: 'چرا این امتیاز؟', en: 'Why a node (or total) stands where it does, step by step' },
    tag: 'evaluations',
    query: z.strictObject(momentQuery),
    params: NodeParams,
    answer: ExplanationShape.extend({ asOf: AsOf })
  })
  app.get('/v1/evaluations/:evaluation/nodes/:node', options, async (request, reply) => {
    const { evaluation, node } = request.params
    const moment = await reading.moments.of(request.query, 'scorecard')
    const steps = await reads.stepsAt(evaluation, moment)
    if (steps.length === 0) throw unknown(evaluation)
    const explanation = explain(steps, node)
    if (!explanation) throw new Refusal('not-found', { params: { kind: 'node', id: node } })
    const actor = actorOf(request)
    const about = node === TOTAL ? { evaluation } : { evaluation, node }
    const may = request.query.asOf === undefined ? await reads.may(actor)(about) : []
    const view = { ...explanation, may }
    return reading.one(reply, moment, seesWhole(actor, evaluation, reads.facts) ? view : redact(view))
  })
}

function changesRoute(app: App, reading: Reading, reads: Reads): void {
  const options = readRoute({
    summary: { fa: 'تفاوت دو زمان', en: 'What changed between two moments, and by which events' },
    tag: 'evaluations',
    query: z.strictObject({
      from: AsOfQuery.optional(),
      to: AsOfQuery.optional(),
      waitFor: WaitForQuery.optional()
    }),
    params: Params,
    answer: Changes
  })
  app.get('/v1/evaluations/:evaluation/changes', options, async (request, reply) => {
    const { evaluation } = request.params
    const { from = '0', to, waitFor } = request.query
    const later = await reading.moments.of({ asOf: to, waitFor }, 'scorecard')
    const earlier = await reading.moments.of({ asOf: from }, 'scorecard')
    const [first, last] = [BigInt(earlier.asOf.position), BigInt(later.asOf.position)]
    if (first > last) {
      const errors = [{ pointer: '/from', detail: 'is later than to', fa: 'پس از to است' }]
      throw new Refusal('malformed', { errors })
    }
    const changes = changesBetween(await caseEvents(reads.store, evaluation, last), first, last)
    if (!changes) throw unknown(evaluation)
    const shown = seesWhole(actorOf(request), evaluation, reads.facts) ? changes : redact(changes)
    return reading.one(reply, later, { ...shown, from: earlier.asOf, to: later.asOf })
  })
}
