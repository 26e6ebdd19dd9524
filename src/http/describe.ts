import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { Title } from '../events/forms.ts'
import { columnsOfList } from './csv-columns.ts'
import { AsOf, AsOfQuery, WaitForQuery } from './moment.ts'
import { Problem } from './problem.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The columns of the list that the route answers; set by what declares it. */
    columns?: readonly string[]
  }
}

/*
 * How read routes are declared: the schemas check the request, type the handler and make the OpenAPI document.
 */

const LIMIT_MAX = 500

/** What every reading of figures takes. */
export const momentQuery = { asOf: AsOfQuery.optional(), waitFor: WaitForQuery.optional() }

/** How many, where a number is given. */
export const Limit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/)
  .transform(Number)
  .pipe(z.int().max(LIMIT_MAX))
  .describe(`How many at most, 1 to ${LIMIT_MAX}; a page has 50 unless given`)

/** What every list takes. */
export const pageQuery = {
  limit: Limit.prefault('50'),
  cursor: z.string().max(4_000).optional().describe('What `next` of the page before said')
}

export const listQuery = { ...momentQuery, ...pageQuery }

/** An id in the path. One that cannot be is not malformed but simply not found. */
export const PathId = z.string().max(200)

/** A page of a list. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable(), asOf: AsOf })

/** What is sent piece by piece. */
const Stream = z.custom<Readable>()

/** How every route may say no. */
export const problems = {
  description: 'Why not',
  content: { 'application/problem+json': { schema: Problem } }
}

interface ReadSpec<Query extends z.ZodType, Params extends z.ZodType, Answer extends z.ZodType> {
  summary: Title
  tag: string
  query?: Query
  params?: Params
  answer: Answer
}

const common = ({ summary, tag }: { summary: Title; tag: string }) => ({
  summary: summary.en ?? summary.fa,
  description: summary.fa,
  tags: [tag]
})

const none = z.strictObject({})

/** The options of a route that answers JSON alone. */
export const readRoute = <
  Answer extends z.ZodType,
  Query extends z.ZodType = typeof none,
  Params extends z.ZodType = typeof none
>(
  spec: ReadSpec<Query, Params, Answer>
) => ({
  schema: {
    ...common(spec),
    // Left out means that nothing is taken, which is what the default types say.
    querystring: (spec.query ?? none) as Query,
    params: (spec.params ?? none) as Params,
    response: { 200: spec.answer, default: problems }
  }
})

/** The options of a route that answers JSON, or CSV where `Accept` asks for it. */
export const tableRoute = <
  Answer extends z.ZodType,
  Query extends z.ZodType = typeof none,
  Params extends z.ZodType = typeof none
>(
  spec: ReadSpec<Query, Params, Answer>
) => {
  const route = readRoute(spec)
  const content = { 'application/json': { schema: spec.answer }, 'text/csv': { schema: z.string() } }
  return {
    ...route,
    config: tableConfig(spec),
    schema: { ...route.schema, response: { 200: { description: 'The answer', content }, default: problems } }
  }
}

/** A table has the columns of the form of its rows, whichever page of it is asked for. */
function tableConfig({ answer }: { answer: z.ZodType }): { columns?: readonly string[] } {
  const columns = columnsOfList(answer)
  return columns ? { columns } : {}
}

/** The options of a route that answers a list in JSON or CSV, or all of it as lines. */
export const linesRoute = <
  Answer extends z.ZodType,
  Query extends z.ZodType = typeof none,
  Params extends z.ZodType = typeof none
>(
  spec: ReadSpec<Query, Params, Answer>
) => {
  const route = readRoute(spec)
  const content = {
    'application/json': { schema: spec.answer },
    'text/csv': { schema: z.string() },
    'application/x-ndjson': { schema: Stream }
  }
  return {
    ...route,
    config: tableConfig(spec),
    // A HEAD would read the whole ledger to throw it away.
    exposeHeadRoute: false,
    schema: { ...route.schema, response: { 200: { description: 'The answer', content }, default: problems } }
  }
}
