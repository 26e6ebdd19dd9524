import type { JSONWebKeySet } from 'jose'
import { z } from 'zod'
import { Refusal } from '../../errors.ts'
import { catalogue, type EventTypeName } from '../../events/catalogue.ts'
import type { EventType } from '../../events/envelope.ts'
import { type RefusalCode, refusals } from '../../refusals.ts'
import type { App } from '../app-type.ts'
import { PathId, readRoute } from '../describe.ts'

const Wording = z.strictObject({ fa: z.string(), en: z.string() })

/** What the links in answers lead to: problems, the schemas of events, the document of the whole API, keys. */
export function descriptionRoutes(app: App, localKeys: JSONWebKeySet | null): void {
  const problem = readRoute({
    summary: { fa: 'شرح یک پاسخ منفی', en: 'What a refusal means' },
    tag: 'descriptions',
    params: z.strictObject({ code: PathId }),
    answer: z.strictObject({ code: z.string(), status: z.int(), title: Wording, detail: Wording })
  })
  app.get('/problems/:code', problem, async (request) => {
    const { code } = request.params
    if (!Object.hasOwn(refusals, code)) throw notFound('problem', code)
    const { status, title, detail } = refusals[code as RefusalCode]
    return { code, status, title, detail }
  })

  const schema = readRoute({
    summary: { fa: 'شکل داده‌های یک رویداد', en: 'The JSON Schema of the data of an event type' },
    tag: 'descriptions',
    params: z.strictObject({ schema: PathId }),
    answer: z.looseObject({})
  })
  app.get('/schemas/:schema', schema, async (request) => {
    const [, type = '', version] = /^(\w+)\.v(\d+)$/.exec(request.params.schema) ?? []
    const known: EventType<string, z.ZodType> | undefined = Object.hasOwn(catalogue, type)
      ? catalogue[type as EventTypeName]
      : undefined
    if (!known || String(known.version) !== version) throw notFound('schema', request.params.schema)
    return { ...z.toJSONSchema(known.data, { unrepresentable: 'any' }) }
  })

  const open = { schema: { hide: true } }
  app.get('/openapi.json', open, async (_request, reply) => {
    reply.type('application/json; charset=utf-8')
    return JSON.stringify(app.swagger())
  })
  if (localKeys)
    app.get('/.well-known/jwks.json', open, async (_request, reply) => {
      reply.type('application/json; charset=utf-8')
      return JSON.stringify(localKeys)
    })
}

const notFound = (kind: string, id: string) => new Refusal('not-found', { params: { kind, id } })
