import { z } from 'zod'
import type { AnyCommand } from '../../../commands/command.ts'
import { malformed } from '../../../commands/malformed.ts'
import type { Handle, Outcome } from '../../../commands/outcome.ts'
import { Refusal } from '../../errors.ts'
import { actorOf } from '../access.ts'
import type { App } from '../app-type.ts'
import { problems } from '../describe.ts'
import type { Metrics } from '../metrics.ts'
import { endOfTurn } from '../turn.ts'
import { onlyDescribe } from '../validation.ts'

const Done = z.strictObject({
  events: z.array(
    z.strictObject({ id: z.string(), type: z.string(), stream: z.string(), revision: z.string() })
  ),
  revision: z.string(),
  created: z.strictObject({
    appeals: z.array(z.string()),
    evidence: z.array(z.string()),
    requests: z.array(z.string())
  }),
  touches: z.looseObject({}).optional()
})

const WouldDo = Done.extend({
  dryRun: z.literal(true),
  events: z.array(Done.shape.events.element.extend({ data: z.unknown() }))
})

const Headers = z.object({
  'Idempotency-Key': z
    .string()
    .optional()
    .describe('1 to 128 visible characters, a new one for each act; not needed for a dry run'),
  'If-Match': z.string().optional().describe('The revision that was read, in quotes: "3"')
})

const Query = z.strictObject({
  dryRun: z.enum(['true', 'false']).optional().describe('Decide and answer, but append nothing')
})

interface Parts {
  handle: Handle
  commands: readonly AnyCommand[]
  metrics: Pick<Metrics, 'appended'>
}

/** One route for each command of the catalogue. The body is checked where it is decided. */
export function commandRoutes(app: App, { handle, commands, metrics }: Parts): void {
  const turn = endOfTurn()
  for (const { name, summary, body } of commands) {
    const schema = {
      operationId: name,
      summary: summary.en ?? summary.fa,
      description: summary.fa,
      tags: ['commands'],
      headers: Headers,
      querystring: Query,
      body,
      response: { 200: WouldDo, 201: Done, default: problems }
    }
    const options = { schema, validatorCompiler: onlyDescribe, serializerCompiler: asMade }
    app.post(`/v1/commands/${name}`, options, async (request, reply) => {
      const dryRun = dryRunOf(request.query)
      const key = keyOf(request.headers['idempotency-key'], dryRun)
      const ifMatch = ifMatchOf(request.headers['if-match'])
      await turn()
      const outcome = await handle(name, request.body, { actor: actorOf(request), key, ifMatch, dryRun })
      if (outcome.dryRun) return reply.code(200).send(wouldDo(outcome))
      if (outcome.replayed) reply.header('idempotent-replay', 'true')
      else metrics.appended(outcome.events)
      reply.header('etag', `"${outcome.revision}"`).header('ledger-position', String(outcome.position))
      return reply.code(201).send(done(outcome))
    })
  }
}

/** An answer is put together below, member by member, so that no schema need look at it again. */
const asMade = () => (answer: unknown) => JSON.stringify(answer)

function dryRunOf(query: unknown): boolean {
  if (Object.keys(Object(query)).length === 0) return false
  const parsed = Query.safeParse(query)
  if (!parsed.success) throw malformed(parsed.error)
  return parsed.data.dryRun === 'true'
}

function keyOf(header: string | string[] | undefined, dryRun: boolean): string | null {
  if (header === undefined || header === '') {
    if (dryRun) return null
    throw new Refusal('missing-idempotency-key')
  }
  if (typeof header === 'string' && /^[\x21-\x7e]{1,128}$/.test(header)) return header
  throw badHeader(
    'Idempotency-Key',
    'must have 1 to 128 visible characters',
    'باید ۱ تا ۱۲۸ نویسه دیدنی داشته باشد'
  )
}

/** Only a strong tag of one revision makes sense here. */
function ifMatchOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  const revision = /^"(0|[1-9]\d{0,15})"$/.exec(header)?.[1]
  if (revision === undefined) {
    throw badHeader(
      'If-Match',
      'must be one revision in quotes, like "3"',
      'باید یک شماره نسخه در گیومه باشد، مانند "3"'
    )
  }
  return revision
}

const badHeader = (name: string, detail: string, fa: string) =>
  new Refusal('malformed', {
    errors: [{ pointer: `/${name}`, detail: `the header ${name} ${detail}`, fa: `سرایند ${name} ${fa}` }]
  })

const done = ({ events, revision, created, touches }: Outcome) => ({
  events: events.map((event) => ({
    id: event.id,
    type: event.type,
    stream: event.stream,
    revision: String(event.revision)
  })),
  revision: String(revision),
  created,
  ...(touches && { touches: { ...touches } })
})

const wouldDo = (outcome: Outcome) => {
  const answer = done(outcome)
  const events = answer.events.map((event, i) => ({ ...event, data: outcome.events[i]?.data }))
  return { ...answer, events, dryRun: true as const }
}
