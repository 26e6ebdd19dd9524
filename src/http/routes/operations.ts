import { z } from 'zod'
import type { Runner } from '../../../projections/runner.ts'
import type { EventStore } from '../../store/event-store.ts'
import type { App } from '../app-type.ts'
import { lagOf, type Metrics } from '../metrics.ts'

interface Parts {
  runner: Pick<Runner, 'status' | 'isReady'>
  store: Pick<EventStore, 'end'>
  metrics: Metrics
  /** What else must be done before this process counts as ready. */
  isPrepared?: (() => boolean) | undefined
}

/** A store that has not answered by then does not answer. */
const STORE_MS = 2_000

const Ready = z.strictObject({
  status: z.enum(['ready', 'not-ready']),
  store: z.enum(['answers', 'silent']),
  projections: z.array(
    z.strictObject({
      name: z.string(),
      position: z.string(),
      lag: z.string().nullable(),
      stopped: z.strictObject({ event: z.string(), position: z.string(), error: z.string() }).nullable()
    })
  )
})

/** For whoever runs this process. */
export function operationRoutes(app: App, { runner, store, metrics, isPrepared = () => true }: Parts): void {
  const config = { access: 'public' as const }
  const tags = ['operations']

  const live = {
    summary: 'This process runs',
    tags,
    response: { 200: z.strictObject({ status: z.literal('live') }) }
  }
  app.get('/health/live', { config, schema: live }, async () => ({ status: 'live' as const }))

  const ready = {
    summary: 'The store answers, and all that it held at the start has been applied',
    tags,
    response: { 200: Ready, 503: Ready }
  }
  app.get('/health/ready', { config, schema: ready }, async (_request, reply) => {
    const end = await endWithin(store, STORE_MS)
    const projections = runner.status()
    const isReady = end !== null && runner.isReady() && isPrepared()
    if (!isReady) reply.header('retry-after', '1')
    return reply.code(isReady ? 200 : 503).send({
      status: isReady ? 'ready' : 'not-ready',
      store: end === null ? 'silent' : 'answers',
      projections: projections.map(({ name, position, stopped }) => ({
        name,
        position: String(position),
        lag: end === null ? null : String(lagOf(end, position)),
        stopped: stopped && { ...stopped, position: String(stopped.position) }
      }))
    })
  })

  app.get('/metrics', { config, schema: { summary: 'Prometheus', tags } }, async (_request, reply) => {
    reply.type(metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}

async function endWithin(store: Pick<EventStore, 'end'>, milliseconds: number): Promise<bigint | null> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds)
  })
  try {
    return await Promise.race([store.end().catch(() => null), tooLate])
  } finally {
    clearTimeout(timer)
  }
}
