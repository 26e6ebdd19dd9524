import { isIP } from 'node:net'
import { join } from 'node:path'
import { z } from 'zod'
import { isLoopback } from './loopback.ts'
import type { StoreAddress } from './store/address.ts'
import { isSameFile } from './store/real-path.ts'

/** What this server is to an identity provider where people sign in with a browser. */
export interface OidcClient {
  clientId: string
  /** Null for a public client, which PKCE alone protects. */
  clientSecret: string | null
  scope: string
}

/** Where tokens come from: a key of our own under the data folder, or somebody else's published keys. */
export type IdentitySource =
  | { kind: 'local' }
  | { kind: 'remote'; jwksUrl: string; issuer: string; audience: string; client: OidcClient | null }

export interface Config {
  host: string
  port: number
  /** The folder for everything this process keeps. */
  data: string
  store: StoreAddress
  readModel: string
  streamPrefix: string
  logLevel: (typeof LOG_LEVELS)[number]
  /** Requests a minute and subject; 0 for no limit. */
  rateLimit: number
  /** Proxies whose word about a caller's address is taken: addresses, or networks such as 10.0.0.0/8. */
  trustProxy: readonly string[]
  identity: IdentitySource
  /** Where browsers reach the pages: scheme, host and port. */
  publicUrl: string | null
}

export type ParsedConfig = { ok: true; config: Config } | { ok: false; problems: string[] }

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

const count = (max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().max(max))

const isSafeAddress = (text: string) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

const isSafeOrigin = (text: string) => isSafeAddress(text) && new URL(text).origin === text.replace(/\/$/, '')

/** An address, or an address and how many of its bits count. Everybody is no list. */
function isNetwork(text: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const version = isIP(address)
  const most = version === 4 ? 32 : 128
  return version !== 0 && (bits === undefined || (Number(bits) > 0 && Number(bits) <= most))
}

const Environment = z.object({
  KARNAMEH_HOST: z.string().default('127.0.0.1'),
  KARNAMEH_PORT: count(65_535).default(8080),
  KARNAMEH_DATA: z.string().default('./data'),
  KARNAMEH_STORE: z
    .string()
    .regex(/^(file:.+|esdb(\+discover)?:\/\/.+)$/, 'must be file:<path> or esdb://<address>')
    .optional(),
  KARNAMEH_READ_MODEL: z.string().optional(),
  KARNAMEH_STREAM_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,62}$/, 'must be at most 63 letters, digits, _ and -')
    .default('karnameh_'),
  KARNAMEH_LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  KARNAMEH_RATE_LIMIT: count(1_000_000_000).default(3000),
  KARNAMEH_TRUST_PROXY: z
    .string()
    .transform((text) => text.split(',').map((address) => address.trim()))
    .refine((list) => list.every(isNetwork), 'must be addresses or networks of proxies, separated by commas')
    .default([]),
  KARNAMEH_JWKS_URL: z
    .string()
    .refine(isSafeAddress, 'must be an https address, or http on loopback')
    .optional(),
  KARNAMEH_ISSUER: z.string().optional(),
  KARNAMEH_AUDIENCE: z.string().optional(),
  KARNAMEH_PUBLIC_URL: z
    .string()
    .refine(isSafeOrigin, 'must be https://<host>[:<port>] without a path, or http on loopback')
    .transform((text) => new URL(text).origin)
    .optional(),
  KARNAMEH_OIDC_CLIENT_ID: z.string().optional(),
  KARNAMEH_OIDC_CLIENT_SECRET: z.string().optional(),
  KARNAMEH_OIDC_SCOPE: z
    .string()
    .refine((text) => text.split(' ').includes('openid'), 'must have openid among its words')
    .default('openid')
})

type Environment = z.infer<typeof Environment>
type Variables = Readonly<Record<string, string | undefined>>

/**
 * Reads the whole configuration from environment variables; a variable set to nothing counts as not set. Where
 * anything is wrong, every bad variable is named with the reason, and none is used.
 */
export function parseConfig(env: Variables): ParsedConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== '')
  )
  const parsed = Environment.safeParse(given)
  const problems = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${String(path[0])}: ${message}`),
    ...identityProblems(given),
    ...signInProblems(given)
  ]
  if (!parsed.success || problems.length > 0) return { ok: false, problems }
  const config = configOf(parsed.data)
  const shared = sharedFile(config)
  return shared === null ? { ok: true, config } : { ok: false, problems: [shared] }
}

/** What can be derived again must not be kept where the only copy of the events is. */
function sharedFile({ store, readModel }: Config): string | null {
  if (store.kind !== 'file' || !isSameFile(store.path, readModel)) return null
  return `KARNAMEH_READ_MODEL: ${readModel} is the ledger that KARNAMEH_STORE names; the read model needs a file of its own`
}

const IDENTITY = ['KARNAMEH_JWKS_URL', 'KARNAMEH_ISSUER', 'KARNAMEH_AUDIENCE'] as const

/** Half an identity would be no protection, and a local issuer none against anybody on the network. */
function identityProblems(given: Variables): string[] {
  const missing = IDENTITY.filter((name) => given[name] === undefined)
  if (missing.length === 0) return []
  if (missing.length < IDENTITY.length) {
    return missing.map((name) => `${name}: is missing; ${IDENTITY.join(', ')} go together, all three or none`)
  }
  const host = given.KARNAMEH_HOST
  if (host === undefined || isLoopback(host)) return []
  return [`KARNAMEH_HOST: ${host} is open to the network, which needs ${IDENTITY.join(', ')}`]
}

/** Who signs people in must be somebody whose tokens are taken, and must know where to send them back to. */
function signInProblems(given: Variables): string[] {
  const clientId = 'KARNAMEH_OIDC_CLIENT_ID'
  const missing = (name: string, by: string) => `${name}: is missing; ${by} needs it`
  if (given[clientId] === undefined) {
    const orphan = ['KARNAMEH_OIDC_CLIENT_SECRET', 'KARNAMEH_OIDC_SCOPE'].find((name) => given[name])
    return orphan ? [missing(clientId, orphan)] : []
  }
  const problems = ['KARNAMEH_PUBLIC_URL', ...(IDENTITY.some((name) => given[name]) ? [] : IDENTITY)]
    .filter((name) => given[name] === undefined)
    .map((name) => missing(name, clientId))
  const issuer = given.KARNAMEH_ISSUER
  if (issuer !== undefined && !isSafeAddress(issuer)) {
    problems.push(`KARNAMEH_ISSUER: must be an https address, or http on loopback; ${clientId} needs it`)
  }
  return problems
}

function configOf(env: Environment): Config {
  const data = env.KARNAMEH_DATA
  return {
    host: env.KARNAMEH_HOST,
    port: env.KARNAMEH_PORT,
    data,
    store: storeAddress(env.KARNAMEH_STORE ?? `file:${join(data, 'ledger.db')}`),
    readModel: env.KARNAMEH_READ_MODEL ?? join(data, 'read-model.db'),
    streamPrefix: env.KARNAMEH_STREAM_PREFIX,
    logLevel: env.KARNAMEH_LOG_LEVEL,
    rateLimit: env.KARNAMEH_RATE_LIMIT,
    trustProxy: env.KARNAMEH_TRUST_PROXY,
    identity: identityOf(env),
    publicUrl: env.KARNAMEH_PUBLIC_URL ?? null
  }
}

const storeAddress = (text: string): StoreAddress =>
  text.startsWith('file:')
    ? { kind: 'file', path: text.slice('file:'.length) }
    : { kind: 'eventstoredb', url: text }

function identityOf(env: Environment): IdentitySource {
  const { KARNAMEH_JWKS_URL: jwksUrl, KARNAMEH_ISSUER: issuer, KARNAMEH_AUDIENCE: audience } = env
  if (jwksUrl === undefined || issuer === undefined || audience === undefined) return { kind: 'local' }
  return { kind: 'remote', jwksUrl, issuer, audience, client: clientOf(env) }
}

function clientOf(env: Environment): OidcClient | null {
  const { KARNAMEH_OIDC_CLIENT_ID: clientId, KARNAMEH_OIDC_CLIENT_SECRET: clientSecret = null } = env
  return clientId === undefined ? null : { clientId, clientSecret, scope: env.KARNAMEH_OIDC_SCOPE }
}
