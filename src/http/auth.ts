import {
  createLocalJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  jwtVerify
} from 'jose'
import { z } from 'zod'
import { Refusal } from '../errors.ts'
import type { Actor } from '../events/envelope.ts'
import { PersonId, Role, Slug } from '../events/forms.ts'
import { sha256 } from '../ids.ts'

/** Who calls, and until when (milliseconds since 1970) the token says so. */
export interface Identity {
  actor: Actor
  expiresAt: number
}

/** Takes an `Authorization` header; throws `unauthenticated`, always the same, for whatever does not fit. */
export type Verify = (authorization: string | undefined) => Promise<Identity>

export interface VerifyOptions {
  keys: JWTVerifyGetKey
  issuer: string
  audience: string
  /** Milliseconds since 1970; the system's clock unless a test hands in its own. */
  now?: () => number
}

export const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']
const TYPES: unknown[] = [undefined, 'JWT', 'at+jwt']
const SKEW_SECONDS = 60
const REMEMBERED_MAX = 10_000
/** Longer headers are remembered by their hash, so that what is remembered takes no more memory than this many of them. */
const REMEMBERED_CHARACTERS_MAX = 1_024
/** A withdrawn key must not live on in memory, so a token is checked anew after this. */
const REMEMBERED_MS = 60_000

const Claims = z.object({
  sub: PersonId.refine((sub) => sub.isWellFormed()),
  role: Role,
  units: z.array(Slug).max(1_000).default([]),
  exp: z.number(),
  iat: z.number().optional()
})

/** The check of bearer tokens against keys. Tokens that were good are remembered for a minute, a bounded number. */
export function createVerify({ keys, issuer, audience, now = Date.now }: VerifyOptions): Verify {
  const remembered = new Map<string, Identity & { until: number }>()
  const options: JWTVerifyOptions = {
    algorithms: ALGORITHMS,
    issuer,
    audience,
    clockTolerance: SKEW_SECONDS,
    requiredClaims: ['exp', 'iss', 'aud', 'sub', 'role']
  }
  const remember = (name: string, identity: Identity) => {
    if (remembered.size >= REMEMBERED_MAX) {
      const oldest = remembered.keys().next().value
      if (oldest !== undefined) remembered.delete(oldest)
    }
    remembered.set(name, { ...identity, until: Math.min(identity.expiresAt, now() + REMEMBERED_MS) })
  }
  return async (authorization = '') => {
    const name = authorization.length > REMEMBERED_CHARACTERS_MAX ? sha256(authorization) : authorization
    const known = remembered.get(name)
    if (known && now() < known.until) return known
    remembered.delete(name)
    const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1]
    if (token === undefined) throw new Refusal('unauthenticated')
    const identity = await check(token, keys, { ...options, currentDate: new Date(now()) })
    remember(name, identity)
    return identity
  }
}

async function check(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions): Promise<Identity> {
  try {
    const { payload, protectedHeader } = await verifySignature(token, keys, options)
    if (!TYPES.includes(protectedHeader.typ)) throw new Refusal('unauthenticated')
    const { sub, role, units, exp, iat } = Claims.parse(payload)
    // Nobody can have signed it yet.
    if (iat !== undefined && iat > secondsOf(options.currentDate) + SKEW_SECONDS)
      throw new Refusal('unauthenticated')
    return { actor: { id: sub, role, units }, expiresAt: (exp + SKEW_SECONDS) * 1000 }
  } catch (error) {
    // That nobody can tell now is not the fault of the token.
    if (error instanceof Refusal) throw error
    throw new Refusal('unauthenticated')
  }
}

const secondsOf = (date: Date = new Date()): number => date.getTime() / 1000

async function verifySignature(token: string, keys: JWTVerifyGetKey, options: JWTVerifyOptions) {
  try {
    return await jwtVerify(token, keys, options)
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    // A token need not name its key, and while keys are rotated there are two.
    for await (const key of error) {
      const verified = await jwtVerify(token, key, options).catch((failure: unknown) => {
        if (failure instanceof errors.JWSSignatureVerificationFailed) return null
        throw failure
      })
      if (verified) return verified
    }
    throw error
  }
}

/** Keys that are known and do not change. */
export const fixedKeys = (keys: JSONWebKeySet): JWTVerifyGetKey => createLocalJWKSet(keys)
