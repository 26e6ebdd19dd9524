import { z } from 'zod'
import type { Runner } from '../../../projections/runner.ts'
import type { Clock } from '../../clock.ts'
import type { Attestation } from '../../store/attestation.ts'
import type { EventStore } from '../../store/event-store.ts'
import type { App } from '../app-type.ts'
import { type Lag, lagInEvents, watchMarks } from '../marks.ts'
import type { Metrics } from '../metrics.ts'
import { within } from '../within.ts'

interface Parts {
  runner: Pick<Runner, 'status' | 'isReady'>
  store: Pick<EventStore, 'end' | 'readAll'>
  /** The identity of the ledger. */
  identity: () => Promise<string>
  clock: Pick<Clock, 'now'>
  /** Whether other processes may append too: positions then do not count events. */
  shared: boolean
  metrics: Metrics
  /** What else must be done before this process counts as ready. */
  isPrepared?: (() => boolean) | undefined
  lastAttestation?: LastAttestation | undefined
}

/** What the last comparison of all rows with a rebuild found; null where there was none. */
export type LastAttestation = () => Promise<Attestation | null>

/** A store that has not answered by then does not answer. */
const STORE_MS = 2_000

export const Ready = z.strictObject({
  status: z.enum(['ready', 'not-ready']),
  store: z.enum(['answers', 'silent']),
  projections: z.array(
    z.strictObject({
      name: z.string(),
      position: z.string(),
      lag: z.string().nullable().describe('Events after the position; null while the store is silent'),
      lagIsMore: z.literal(true).optional().describe('There are more than that'),
      rebuilt: z.string().optional().describe('Rows are being built anew, and go up to here'),
      stalledSince: z
        .string()
        .nullable()
        .describe(
          'Since when the position (that of the rows being built, where there are any) has been seen not to move though there are events after it'
        ),
      stopped: z
        .strictObject({
          event: z
            .string()
            .nullable()
            .describe(
              'Null where the ledger itself or the file of rows is damaged, or whoever applied events has ended'
            ),
          position: z.string(),
          error: z.string(),
          isOver: z
            .literal(true)
            .optional()
            .describe('Whoever applied events has ended, or the rows are damaged: start it again')
        })
        .nullable()
    })
  ),
  attestation: z
    .strictObject({ at: z.string(), position: z.string(), outcome: z.enum(['same', 'differs']) })
    .nullable()
    .describe('When the rows were last compared with a rebuild from the first event, and what came of it')
})

type Ready = z.infer<typeof Ready>

/** For whoever runs this process. Returns what `/health/ready` says, for those who ask in here. */
export function operationRoutes(app: App, parts: Parts): () => Promise<Ready> {
  const { runner, store, metrics, isPrepared = () => true } = parts
  const tags = ['operations']

  const live = {
    summary: 'This process runs',
    tags,
    response: { 200: z.strictObject({ status: z.literal('live') }) }
  }
  app.get('/health/live', { schema: live }, async () => ({ status: 'live' as const }))

  const ready = {
    summary: 'The store answers, and all that it held at the start has been applied',
    tags,
    response: { 200: Ready, 503: Ready }
  }
  const describe = marksOf(parts)
  const readiness = async (): Promise<Ready> => {
    const end = await within(store.end(), STORE_MS)
    const isReady = end !== null && runner.isReady() && isPrepared()
    return {
      status: isReady ? 'ready' : 'not-ready',
      store: end === null ? 'silent' : 'answers',
      projections: await describe(end),
      attestation: await attestationOf(parts)
    }
  }
  app.get('/health/ready', { schema: ready }, async (_request, reply) => {
    const state = await readiness()
    if (state.status === 'not-ready') reply.header('retry-after', '1')
    return reply.code(state.status === 'ready' ? 200 : 503).send(state)
  })

  app.get('/metrics', { schema: { summary: 'Prometheus', tags } }, async (_request, reply) => {
    reply.type(metrics.registry.contentType)
    return metrics.registry.metrics()
  })
  return readiness
}

/** Rows of another ledger were attested where the identities differ. */
async function attestationOf({ identity, lastAttestation }: Parts): Promise<Ready['attestation']> {
  const last = (await lastAttestation?.()) ?? null
  if (last === null) return null
  const ledger = await within(identity(), STORE_MS)
  if (ledger !== null && ledger !== last.ledger) return null
  const { at, position, outcome } = last
  return { at, position, outcome }
}

/** Where each projection is, against the end of the ledger (null: not known). */
function marksOf({
  runner,
  store,
  clock,
  shared
}: Parts): (end: bigint | null) => Promise<Ready['projections']> {
  const stalledSince = watchMarks(clock.now)
  return (end) => {
    // Most stand at the same place, which is counted once.
    const counts = new Map<bigint, Promise<Lag | null>>()
    const lagAt = (position: bigint): Promise<Lag | null> => {
      if (end === null) return Promise.resolve(null)
      const counting = counts.get(position) ?? within(lagInEvents(store, position, end, !shared), STORE_MS)
      counts.set(position, counting)
      return counting
    }
    return Promise.all(
      runner.status().map(async ({ name, position, rebuilt, stopped }) => {
        const lag = await lagAt(position)
        return {
          name,
          position: String(position),
          lag: lag && String(lag.events),
          ...(lag?.isMore ? { lagIsMore: true as const } : {}),
          ...(rebuilt === undefined ? {} : { rebuilt: String(rebuilt) }),
          // While rows are built anew the ones that are served stand still, and that is no stall.
          stalledSince: end === null ? null : stalledSince({ name, position: rebuilt ?? position }, end),
          stopped: stopped && { ...stopped, position: String(stopped.position) }
        }
      })
    )
  }
}
