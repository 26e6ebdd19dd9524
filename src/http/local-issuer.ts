import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  SignJWT
} from 'jose'
import { z } from 'zod'
import type { Actor } from '../events/envelope.ts'
import { ForeignStore } from '../store/event-store.ts'
import { aboutFileLater } from '../store/file-trouble.ts'

export const LOCAL_ISSUER = 'karnameh-local'
export const LOCAL_AUDIENCE = 'karnameh'

const KEY_FILE = 'issuer-key.json'
const ALGORITHM = 'EdDSA'

const PrivateKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
  kid: z.string()
})
type PrivateKey = z.infer<typeof PrivateKey>

/** The issuer for a machine on its own: no server accepts its tokens from elsewhere. */
export interface LocalIssuer {
  /** What anybody may know: the public half of the key. */
  keys: JSONWebKeySet
  /** A token for a person, good for some days. */
  sign(actor: Actor, days: number): Promise<string>
}

/**
 * Opens the local issuer, making its key under the data folder when there is none. Rejects with `FileUnusable` where it
 * can be neither read nor made, with `ForeignStore` where the file holds something else.
 */
export async function openLocalIssuer(data: string): Promise<LocalIssuer> {
  const file = join(data, KEY_FILE)
  const key = await aboutFileLater(
    'The key of the issuer',
    file,
    async () => readKey(file) ?? (await makeKey(data, file))
  )
  const { kty, crv, x, kid } = key
  return {
    keys: { keys: [{ kty, crv, x, kid, alg: ALGORITHM, use: 'sig' }] },
    sign: async (actor, days) =>
      new SignJWT({ role: actor.role, units: actor.units })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setSubject(actor.id)
        .setIssuer(LOCAL_ISSUER)
        .setAudience(LOCAL_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(`${days}d`)
        .sign(await importJWK(key, ALGORITHM))
  }
}

function readKey(file: string): PrivateKey | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  try {
    return PrivateKey.parse(JSON.parse(text))
  } catch (cause) {
    throw new ForeignStore(`${file} does not hold an issuer's key; delete it for a new one`, { cause })
  }
}

/** Written beside and then linked: of two processes that start at once, both use the key of the first. */
async function makeKey(data: string, file: string): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk: JWK = await exportJWK(privateKey)
  const key = PrivateKey.parse({ ...jwk, kid: await calculateJwkThumbprint(jwk) })
  mkdirSync(data, { recursive: true })
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, `${JSON.stringify(key)}\n`, { mode: 0o600, flag: 'wx', flush: true })
  try {
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  return readKey(file) ?? key
}
