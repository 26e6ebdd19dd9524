import type { FastifyBaseLogger } from 'fastify'
import { type Logger, pino } from 'pino'
import { commands } from '../commands/catalogue.ts'
import { createHandle } from '../commands/handle.ts'
import type { Handle } from '../commands/outcome.ts'
import { projections } from '../projections/all.ts'
import { type Runner, startRunner } from '../projections/runner.ts'
import { buildApp } from './app.ts'
import { createClock } from './clock.ts'
import type { Config, IdentitySource, StoreAddress } from './config.ts'
import type { App } from './http/app-type.ts'
import { createVerify, fixedKeys, type Verify } from './http/auth.ts'
import { LOCAL_AUDIENCE, LOCAL_ISSUER, type LocalIssuer, openLocalIssuer } from './http/local-issuer.ts'
import { readRoutes } from './http/read-routes.ts'
import { createReads, type Reads } from './http/reads.ts'
import { remoteKeys } from './http/remote-keys.ts'
import { newUlid } from './ids.ts'
import { openEmbeddedStore } from './store/embedded.ts'
import { type EventStore, Unavailable } from './store/event-store.ts'
import { openReadModel } from './store/read-model.ts'

/** A running server and what programs beside it may use. */
export interface Karnameh {
  app: App
  /** Where it listens, with the real port. */
  url: string
  handle: Handle
  runner: Runner
  reads: Reads
  /** The issuer of our own, where tokens are ours. */
  issuer: LocalIssuer | null
  log: Logger
  /** Answers what has been asked, ends all streams, then lets go of the files. */
  close(): Promise<void>
}

export interface StartOptions {
  /** What else must be done before `/health/ready` says so. */
  isPrepared?: () => boolean
}

/**
 * Opens the store, starts the projections and listens, without waiting for them to catch up. Rejects with
 * `StoreLocked`, `ForeignStore`, `Damaged` or `Unavailable` when the store cannot be used, and leaves nothing open.
 */
export async function startKarnameh(config: Config, options: StartOptions = {}): Promise<Karnameh> {
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
  const open: (() => unknown)[] = []
  const close = async () => {
    for (let last = open.pop(); last; last = open.pop()) await last()
  }
  try {
    const store = await openStore(config.store)
    open.push(() => store.close())
    const rows = openReadModel(config.readModel, projections)
    open.push(() => rows.close())
    const clock = createClock()
    const onTrouble = (message: string, error: unknown) => log.error({ err: error }, message)
    const runner = await startRunner({ store, rows, projections, clock, onTrouble })
    open.push(() => runner.stop())
    const handle = createHandle({ store, clock, newUlid, findCommand: runner.findCommand })
    const reads = createReads(runner.reader, store, clock)
    const { verify, issuer } = await identityFrom(config.identity, config.data)
    const app = await buildApp({
      store,
      handle,
      commands,
      runner,
      facts: reads.facts,
      readRoutes: readRoutes(reads),
      verify,
      localKeys: issuer?.keys ?? null,
      clock,
      log: log as FastifyBaseLogger,
      rateLimit: config.rateLimit,
      shared: config.store.kind === 'eventstoredb',
      processMetrics: true,
      isPrepared: options.isPrepared
    })
    open.push(() => app.close())
    await app.listen({ host: config.host, port: config.port })
    return { app, url: urlOf(app, config.host), handle, runner, reads, issuer, log, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openStore(address: StoreAddress): Promise<EventStore> {
  if (address.kind === 'file') return openEmbeddedStore(address.path)
  throw new Unavailable(`This build knows embedded stores only, not ${address.url}`)
}

async function identityFrom(
  source: IdentitySource,
  data: string
): Promise<{ verify: Verify; issuer: LocalIssuer | null }> {
  if (source.kind === 'remote') {
    const { jwksUrl, issuer, audience } = source
    return { verify: createVerify({ keys: remoteKeys(jwksUrl), issuer, audience }), issuer: null }
  }
  const issuer = await openLocalIssuer(data)
  const keys = fixedKeys(issuer.keys)
  return { verify: createVerify({ keys, issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE }), issuer }
}

function urlOf(app: App, host: string): string {
  const address = app.server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
