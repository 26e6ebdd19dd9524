import { createRemoteJWKSet, customFetch, type FetchImplementation, type JWTVerifyGetKey } from 'jose'
import { Refusal } from '../errors.ts'

export interface RemoteKeysOptions {
  /** Keys are fetched anew after this; also how long a key that changed without a new name lives on. */
  maxAgeMs?: number
  /** An unknown key name makes us ask again at most this often. */
  cooldownMs?: number
  /** After a failure nobody is asked for this long. */
  pauseMs?: number
  /** How long keys that were good are used on while the issuer does not answer. */
  staleMs?: number
}

/**
 * The published keys of an issuer, always from this one address. A new key is taken up within 30 seconds, and no
 * flood of tokens makes a flood of requests there. While the issuer is away its last keys serve for ten minutes; after
 * that the answer is `unavailable`, for nobody can say that a token is bad.
 */
export function remoteKeys(url: string, options: RemoteKeysOptions = {}): JWTVerifyGetKey {
  const { maxAgeMs = 25_000, cooldownMs = 5_000, pauseMs = 2_000, staleMs = 600_000 } = options
  return createRemoteJWKSet(new URL(url), {
    cacheMaxAge: maxAgeMs,
    cooldownDuration: cooldownMs,
    timeoutDuration: 5_000,
    [customFetch]: patientFetch(pauseMs, staleMs)
  })
}

function patientFetch(pauseMs: number, staleMs: number): FetchImplementation {
  let good = { text: '', at: Number.NEGATIVE_INFINITY }
  let failedAt = Number.NEGATIVE_INFINITY
  return async (url, options) => {
    if (Date.now() >= failedAt + pauseMs) {
      try {
        good = { text: await fetchKeys(url, options), at: Date.now() }
      } catch {
        failedAt = Date.now()
      }
    }
    if (Date.now() >= good.at + staleMs) throw new Refusal('unavailable')
    return new Response(good.text)
  }
}

async function fetchKeys(...[url, options]: Parameters<FetchImplementation>): Promise<string> {
  const response = await fetch(url, options)
  const text = await response.text()
  const keys: unknown = response.status === 200 ? JSON.parse(text)?.keys : undefined
  if (!Array.isArray(keys)) throw new Error(`${url} did not answer with keys`)
  return text
}
