import type { FastifyBaseLogger } from 'fastify'
import type { Logger } from 'pino'
import { commands } from '../commands/catalogue.ts'
import { createHandle } from '../commands/handle.ts'
import { createMay } from '../commands/may.ts'
import type { Handle } from '../commands/outcome.ts'
import { createStreams } from '../commands/streams.ts'
import { momentOf } from '../projections/ledger.ts'
import type { Runner } from '../projections/runner.ts'
import { buildApp } from './app.ts'
import { createClock } from './clock.ts'
import type { Config } from './config.ts'
import { type Follower, startThread, type Thread } from './following/follower.ts'
import { newestMoment } from './following/newest-moment.ts'
import type { App } from './http/app-type.ts'
import { createVerify, fixedKeys, type Verify } from './http/auth.ts'
import { LOCAL_AUDIENCE, LOCAL_ISSUER, type LocalIssuer, openLocalIssuer } from './http/local-issuer.ts'
import { readRoutes } from './http/read-routes.ts'
import { createReads, type Reads } from './http/reads.ts'
import { remoteKeys } from './http/remote-keys.ts'
import { newUlid } from './ids.ts'
import { createLog } from './log.ts'
import { lastAttestation } from './store/attestation.ts'
import { idAtIn } from './store/event-at.ts'
import type { EventStore } from './store/event-store.ts'
import { openStore } from './store/open.ts'
import type { SignIn } from './web/serve.ts'
import { createSignIn, type SignInSource } from './web/sign-in/sign-in.ts'

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
  const log = createLog(config.logLevel)
  const open: (() => unknown)[] = []
  const close = async () => {
    for (let last = open.pop(); last; last = open.pop()) await last()
  }
  try {
    const thread = startThread()
    open.push(() => thread.close())
    const { store, follower } = await openBoth(config, thread, (close) => open.push(close))
    const clock = createClock()
    const newest = await newestMoment(store)
    if (newest !== null) clock.saw(newest)
    const onTrouble = (message: string, error: unknown) => log.error({ err: error }, message)
    const runner = await follower.start({ store, clock, onTrouble })
    open.push(() => runner.stop())
    const load = createStreams(store, (recordedAt) => clock.saw(recordedAt))
    const handle = createHandle({ store, clock, newUlid, findCommand: runner.findCommand, load })
    const reads = createReads(runner.reader, store, clock, createMay(load, clock.now))
    const { verify, issuer, signIn } = await identityFrom(config)
    const app = await buildApp({
      store,
      handle,
      commands,
      runner,
      facts: reads.facts,
      readRoutes: readRoutes(reads),
      verify,
      signIn,
      localKeys: issuer?.keys ?? null,
      clock,
      log: log as FastifyBaseLogger,
      rateLimit: config.rateLimit,
      trustProxy: config.trustProxy,
      shared: config.store.kind === 'eventstoredb',
      processMetrics: true,
      isPrepared: options.isPrepared,
      lastAttestation: () => lastAttestation(config.readModel)
    })
    open.push(() => app.close())
    await app.listen({ host: config.host, port: config.port })
    return { app, url: urlOf(app, config.host), handle, runner, reads, issuer, log, close }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * The ledger and the rows. A ledger in a file is opened first, since it is the lock; one on a server asks the rows what
 * they know of it: up to where it was read and checked before, and which positions it has.
 */
async function openBoth(
  { store: address, streamPrefix, readModel }: Config,
  thread: Thread,
  toClose: (close: () => unknown) => void
): Promise<{ store: EventStore; follower: Follower }> {
  const open = async () => {
    const follower = await thread.open(readModel)
    toClose(follower.close)
    return follower
  }
  const before = address.kind === 'file' ? undefined : await open()
  const knowledge = before && {
    checkedUpTo: before.bind,
    knownAtOrBelow: (position: bigint) => momentOf(before.reader, position).position
  }
  const store = await openStore(address, { streamPrefix, ...knowledge })
  toClose(() => store.close())
  if (before) return { store, follower: before }
  const follower = await open()
  await follower.bind(await store.identity(), await store.end(), idAtIn(store))
  return { store, follower }
}

async function identityFrom({
  identity,
  data,
  publicUrl
}: Config): Promise<{ verify: Verify; issuer: LocalIssuer | null; signIn: SignIn }> {
  const isHttps = publicUrl?.startsWith('https:') ?? false
  if (identity.kind === 'remote') {
    const { jwksUrl, issuer, audience, client } = identity
    const verify = createVerify({ keys: remoteKeys(jwksUrl), issuer, audience })
    const source: SignInSource =
      client && publicUrl
        ? { kind: 'oidc', issuer, ...client, origin: publicUrl }
        : { kind: 'bearer', issuer }
    return { verify, issuer: null, signIn: createSignIn({ source, verify, isHttps }) }
  }
  const issuer = await openLocalIssuer(data)
  const keys = fixedKeys(issuer.keys)
  const verify = createVerify({ keys, issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE })
  return { verify, issuer, signIn: createSignIn({ source: { kind: 'local', issuer }, verify, isHttps }) }
}

function urlOf(app: App, host: string): string {
  const address = app.server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
