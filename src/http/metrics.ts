import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Runner } from '../../projections/runner.ts'
import { Refusal } from '../errors.ts'
import type { EventStore } from '../store/event-store.ts'
import type { App } from './app-type.ts'
import { gathering } from './turn.ts'
import { within } from './within.ts'

/** What operators watch. No label names a unit or a person. */
export interface Metrics {
  registry: Registry
  appended(events: readonly { type: string }[]): void
  sseClients: Gauge
}

type Watched = Pick<Runner, 'status' | 'isReady' | 'onApplied'>

export interface MetricsParts {
  runner: Watched
  store: Pick<EventStore, 'end'>
  /** Also memory, event loop and the like of this process. */
  ofProcess: boolean
}

/** Whoever asks for figures is not kept waiting for a store that is away. */
const STORE_MS = 250

const LOST_RACES: ReadonlySet<string> = new Set(['stale', 'changed-meanwhile'])

export function createMetrics({ runner, store, ofProcess }: MetricsParts): Metrics {
  const registry = new Registry()
  const registers = [registry]
  if (ofProcess) collectDefaultMetrics({ register: registry })
  const appended = new Counter({
    name: 'ledger_events_appended_total',
    help: 'Events that commands sent to this process have appended',
    labelNames: ['type'],
    registers
  })
  new Gauge({
    name: 'ledger_projection_position',
    help: 'Position up to which a projection has applied the ledger',
    labelNames: ['projection'],
    registers,
    collect() {
      for (const status of runner.status()) this.set({ projection: status.name }, Number(status.position))
    }
  })
  const ask = sharing(() => store.end())
  const endNow = () => within(ask(), STORE_MS)
  new Gauge({
    name: 'ledger_store_answers',
    help: '1 where the store told its end at once, 0 where it did not; then there is no lag to tell',
    registers,
    async collect() {
      this.set((await endNow()) === null ? 0 : 1)
    }
  })
  new Gauge({
    name: 'ledger_projection_lag_events',
    help: 'Positions between a projection and the end of the ledger; at least as many as events',
    labelNames: ['projection'],
    registers,
    async collect() {
      const end = await endNow()
      if (end === null) return this.reset()
      for (const status of runner.status()) {
        this.set({ projection: status.name }, Number(lagOf(end, status.position)))
      }
    }
  })
  new Gauge({
    name: 'ledger_projection_stopped',
    help: '1 where a projection has stopped at an event it cannot apply',
    labelNames: ['projection'],
    registers,
    collect() {
      for (const status of runner.status()) this.set({ projection: status.name }, status.stopped ? 1 : 0)
    }
  })
  measureRebuild(runner, registers)
  return {
    registry,
    appended: (events) => {
      for (const { type } of events) appended.inc({ type })
    },
    sseClients: new Gauge({ name: 'ledger_sse_clients', help: 'Readers of the live feed', registers })
  }
}

/** Asks again only once the last answer has come, so that questions to a store that is away do not pile up. */
function sharing<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined
  return () => {
    underWay ??= ask().finally(() => {
      underWay = undefined
    })
    return underWay
  }
}

/** How far a projection is behind, never below zero: the end may be older than the position. */
export const lagOf = (end: bigint, position: bigint): bigint => (end > position ? end - position : 0n)

/** How long it took until all that the store held at the start was applied. */
function measureRebuild(runner: Watched, registers: Registry[]): void {
  const gauge = new Gauge({
    name: 'ledger_projection_rebuild_seconds',
    help: 'Seconds from the start until all that the store held then had been applied',
    registers
  })
  const begun = performance.now()
  const stop = runner.onApplied(() => {
    if (!runner.isReady()) return
    gauge.set((performance.now() - begun) / 1000)
    stop()
  })
  if (runner.isReady()) stop()
}

/** Times every request, counts lost races and writes one line for each answer. */
export function watchRequests(app: App, metrics: Metrics): void {
  const registers = [metrics.registry]
  const durations = new Histogram({
    name: 'http_server_request_duration_seconds',
    help: 'How long answering took',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
    collect: () => answered.flush()
  })
  const conflicts = new Counter({
    name: 'ledger_append_conflicts_total',
    help: 'Commands refused because somebody else was first',
    registers
  })
  app.addHook('onError', async (_request, _reply, error) => {
    if (error instanceof Refusal && LOST_RACES.has(error.code)) conflicts.inc()
  })
  // Nothing in its line is anybody's secret, and looking for secrets takes longer than writing it.
  const log = app.log.child({}, { redact: [] })
  const answered = gathering<Answered>((all) => {
    for (const { method, route, status, ms } of all) durations.observe({ method, route, status }, ms / 1000)
    for (const { reqId, method, path, status, ms } of all)
      log.info({ reqId, method, path, status, ms: Math.round(ms) }, 'answered')
  })
  app.addHook('onResponse', (request, reply, done) => {
    const { id: reqId, method, url } = request
    const { statusCode: status, elapsedTime: ms } = reply
    const route = request.routeOptions.url ?? 'none'
    // What an address asks for may name persons and letters.
    const [path = ''] = url.split('?')
    answered.give({ reqId, method, route, path, status, ms })
    done()
  })
  app.addHook('onClose', async () => answered.flush())
}

interface Answered {
  reqId: string
  method: string
  route: string
  path: string
  status: number
  ms: number
}
