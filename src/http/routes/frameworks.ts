import { z } from 'zod'
import { coverageOf } from '../../../projections/coverage.ts'
import { type NodeItem, nodeAcross } from '../../../projections/league-lists.ts'
import { type FrameworkRow, frameworkTable } from '../../../projections/registry.ts'
import { dayOf } from '../../clock.ts'
import { Refusal } from '../../errors.ts'
import { FrameworkNode, Measurement, Origin, Title } from '../../events/forms.ts'
import { FrameworkPublished } from '../../events/framework-published.ts'
import { LineageLinked } from '../../events/lineage-linked.ts'
import { fileOf, standingEntry, standingMeasurement } from '../../rules/evaluation.ts'
import { type Framework, newestNodes, treeAt } from '../../rules/framework.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { listOf, listQuery, momentQuery, PathId, pageQuery, readRoute, tableRoute } from '../describe.ts'
import { frameworkAt } from '../framework-then.ts'
import { createLists } from '../lists.ts'
import { AsOf, instantOf, type Moment, WaitForQuery } from '../moment.ts'
import { revisionsBy } from '../names.ts'
import { partOf, type Reading } from '../reading.ts'
import type { Reads } from '../reads.ts'
import { GapShape, Stage, Status } from '../shapes.ts'
import { redact, seesWhole } from '../visibility.ts'

const { nodes: _nodes, ...published } = FrameworkPublished.data.shape

export const Summary = z.strictObject({
  ...published,
  series: z.string(),
  revision: z.string(),
  nodes: z.int()
})

export const Whole = z.strictObject({
  ...published,
  series: z.string(),
  revision: z.string(),
  nodes: z.array(FrameworkNode),
  lineage: z.array(LineageLinked.data.extend({ event: z.string() })),
  asOf: AsOf
})

export const Coverage = z.strictObject({
  unit: z.string(),
  name: Title,
  evaluation: z.string().nullable(),
  origin: Origin.nullable(),
  stage: Stage.nullable(),
  submittedAt: z.string().nullable(),
  submitted: z.boolean(),
  late: z.boolean()
})

export const Across = z.strictObject({
  unit: z.string(),
  name: Title,
  evaluation: z.string(),
  self: z.string().nullable(),
  standing: z.string().nullable(),
  percent: z.string().nullable(),
  gap: GapShape.nullable(),
  ceiling: z.string(),
  applicable: z.boolean(),
  partial: z.boolean(),
  status: Status,
  measurement: Measurement.nullable(),
  reasonCode: z.string().nullable(),
  reason: z.string().nullable()
})

const Params = z.strictObject({ framework: PathId })

export function frameworkRoutes(app: App, reading: Reading, reads: Reads): void {
  listRoute(app, reading, reads)
  oneRoute(app, reading, reads)
  coverageRoute(app, reading, reads)
  acrossRoute(app, reading, reads)
}

/** A framework that was published by then (null: by now). */
function requireFramework({ reader }: Reads, id: string, at: bigint | null): Framework {
  const row = reader.get(frameworkTable, id)
  if (!row || !isPublished(row.state, at)) throw new Refusal('unknown-framework', { params: { id } })
  return row.state
}

const isPublished = ({ trees: [first] }: Framework, at: bigint | null): boolean =>
  at === null || (first !== undefined && BigInt(first.position) <= at)

function listRoute(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: { fa: 'شیوه‌نامه‌ها', en: 'Frameworks' },
    tag: 'frameworks',
    query: z.strictObject({
      ...pageQuery,
      waitFor: WaitForQuery.optional(),
      period: z.string().optional(),
      series: z.string().optional()
    }),
    answer: listOf(Summary)
  })
  app.get('/v1/frameworks', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'registry', 'ledger')
    const { period, series } = request.query
    const found = reads.reader
      .all<FrameworkRow>(frameworkTable, 'order by starts_on, framework')
      .filter((row) => period === undefined || row.period === period)
      .filter((row) => series === undefined || row.series === series)
      .filter(({ state }) => isPublished(state, moment.at))
    const part = partOf(request, found)
    const items: z.infer<typeof Summary>[] = []
    for (const { state } of part.items) {
      const then = await frameworkAt(reads, state, moment)
      items.push({ ...headOf(then), nodes: newestNodes(then).length })
    }
    return reading.page(request, reply, moment, { ...part, items })
  })
}

const headOf = ({ trees: _trees, lineage: _lineage, retired: _retired, revision, ...head }: Framework) => ({
  ...head,
  revision: String(revision)
})

function oneRoute(app: App, reading: Reading, reads: Reads): void {
  const options = readRoute({
    summary: { fa: 'یک شیوه‌نامه با درخت و تناظر', en: 'One framework with its tree and lineage' },
    tag: 'frameworks',
    query: z.strictObject(momentQuery),
    params: Params,
    answer: Whole
  })
  app.get('/v1/frameworks/:framework', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'registry', 'ledger')
    const known = requireFramework(reads, request.params.framework, moment.at)
    const framework = await frameworkAt(reads, known, moment)
    reply.header('etag', `"${framework.revision}"`)
    return reading.one(reply, moment, {
      ...headOf(framework),
      nodes: [...newestNodes(framework)],
      lineage: [...Object.values(framework.lineage), ...Object.values(framework.retired)]
    })
  })
}

function coverageRoute(app: App, reading: Reading, reads: Reads): void {
  const options = tableRoute({
    summary: {
      fa: 'پوشش: چه کسی ارسال کرده است',
      en: 'Who has an evaluation, who has submitted, who is late'
    },
    tag: 'frameworks',
    query: z.strictObject(listQuery),
    params: Params,
    answer: listOf(Coverage).extend({
      counts: z.strictObject({
        units: z.int(),
        evaluations: z.int(),
        submitted: z.int(),
        late: z.int()
      })
    })
  })
  app.get('/v1/frameworks/:framework/coverage', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'registry')
    const framework = requireFramework(reads, request.params.framework, moment.at)
    const day = dayOf(instantOf(request.query, moment, reading.moments.now()))
    const rows = coverageOf(reads.reader, framework, day, moment.at)
    const count = (wanted: (row: (typeof rows)[number]) => boolean) => rows.filter(wanted).length
    const counts = {
      units: rows.length,
      evaluations: count(({ evaluation }) => evaluation !== null),
      submitted: count(({ submitted }) => submitted),
      late: count(({ late }) => late)
    }
    const page = await reading.list(request, reply, moment, rows)
    return typeof page === 'string' ? page : { ...page, counts }
  })
}

/** Whether a node was in any tree there had been by then: evaluations are judged by older ones too. */
const hasHad = (framework: Framework, node: string, at: bigint | null): boolean =>
  revisionsBy(framework, at).some((revision) => treeAt(framework, revision).nodes.has(node))

function acrossRoute(app: App, reading: Reading, reads: Reads): void {
  const listed = createLists<NodeItem[]>()
  const options = tableRoute({
    summary: { fa: 'یک گره در همه واحدها', en: 'One node across all units' },
    tag: 'frameworks',
    query: z.strictObject(listQuery),
    params: z.strictObject({ framework: PathId, node: PathId }),
    answer: listOf(Across)
  })
  app.get('/v1/frameworks/:framework/nodes/:node/evaluations', options, async (request, reply) => {
    const moment = await reading.moments.of(request.query, 'registry', 'league', 'scorecard')
    const { framework: id, node } = request.params
    const framework = requireFramework(reads, id, moment.at)
    if (!hasHad(framework, node, moment.at))
      throw new Refusal('not-found', { params: { kind: 'node', id: node } })
    const across = listed(request, moment, () => nodeAcross(reads.reader, { framework: id, node }, moment.at))
    // Only of the page: each evaluation is put together for it, one of the past from its first event.
    const part = partOf(request, across)
    const items = await withGrounds(reads, node, part.items, moment, actorOf(request))
    return reading.page(request, reply, moment, { ...part, items })
  })
}

/** What each figure rests on: the measurement, and the reason of whoever judged it. */
async function withGrounds(
  reads: Reads,
  node: string,
  items: readonly NodeItem[],
  moment: Moment,
  actor: ReturnType<typeof actorOf>
) {
  const rows: z.infer<typeof Across>[] = []
  for (const item of items) {
    const found = await reads.caseAt(item.evaluation, moment)
    const entry = found && standingEntry(found.evaluation, node)
    const exempted = found && fileOf(found.evaluation, node).granted
    const { reasonCode = null, reason = null } = exempted ?? entry ?? {}
    const measurement = found && standingMeasurement(found.evaluation, node)
    const row = { ...item, measurement, reasonCode, reason }
    rows.push(seesWhole(actor, item.evaluation, reads.facts) ? row : redact(row))
  }
  return rows
}
