import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import type { Test } from 'tap'

/* An OpenID provider as small as one can be, which keeps its half of the code flow and refuses what it must. */

export const CLIENT = 'karnameh-pages'
export const AUDIENCE = 'karnameh'
const ALGORITHM = 'ES256'

interface Asked {
  redirectUri: string
  challenge: string
  nonce: string
}

/** What a test changes about the answers of the provider. */
export interface Mood {
  /** Claims of the access token over the good ones. */
  access: JWTPayload
  /** Claims of the id token over the good ones. */
  id: JWTPayload
  /** The access token instead of a JWT. */
  opaque: string | null
  /** Seconds for which an access token holds. */
  seconds: number
  /** What the authorization endpoint says instead of a code. */
  refusal: string | null
  /** The token endpoint answers with this status and nothing else. */
  broken: number | null
  hasRefresh: boolean
  hasEndSession: boolean
}

/** Starts a provider on loopback; it ends with the test. `secret` makes the client a confidential one. */
export async function startProvider(t: Test, { secret }: { secret?: string } = {}) {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM)
  const jwk = { ...(await exportJWK(publicKey)), alg: ALGORITHM, kid: 'p', use: 'sig' }
  const mood: Mood = {
    access: {},
    id: {},
    opaque: null,
    seconds: 600,
    refusal: null,
    broken: null,
    hasRefresh: true,
    hasEndSession: true
  }
  const codes = new Map<string, Asked>()
  const refreshTokens = new Set<string>()
  /** What was asked of the token endpoint, by kind. */
  const granted: string[] = []
  let issuer = ''

  const sign = (claims: JWTPayload) => {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ iss: issuer, sub: 'e-17', iat: now, exp: now + mood.seconds, ...claims })
      .setProtectedHeader({ alg: ALGORITHM, kid: 'p' })
      .sign(privateKey)
  }
  const tokens = async (nonce: string | null) => {
    const claims = {
      aud: AUDIENCE,
      role: 'expert',
      units: ['organisation'],
      jti: randomUUID(),
      ...mood.access
    }
    const refresh = randomUUID()
    if (mood.hasRefresh) refreshTokens.add(refresh)
    const idToken = await sign({ aud: CLIENT, ...(nonce && { nonce }), ...mood.id })
    return {
      access_token: mood.opaque ?? (await sign(claims)),
      token_type: 'Bearer',
      expires_in: mood.seconds,
      ...(nonce && { id_token: idToken }),
      ...(mood.hasRefresh && { refresh_token: refresh })
    }
  }

  const discover = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ALGORITHM],
    code_challenge_methods_supported: ['S256'],
    ...(mood.hasEndSession && { end_session_endpoint: `${issuer}/logout` })
  })

  /** Somebody who is signed in here already: no questions are asked. */
  const authorize = (query: URLSearchParams): string => {
    const of = (name: string) => query.get(name) ?? ''
    const back = new URL(of('redirect_uri'))
    const isGood =
      of('client_id') === CLIENT && of('response_type') === 'code' && of('code_challenge_method') === 'S256'
    const code = randomUUID()
    codes.set(code, { redirectUri: back.href, challenge: of('code_challenge'), nonce: of('nonce') })
    back.searchParams.set('state', of('state'))
    const refusal = isGood ? mood.refusal : 'invalid_request'
    back.searchParams.set(refusal ? 'error' : 'code', refusal ?? code)
    return back.href
  }

  const isClient = (form: URLSearchParams): boolean =>
    form.get('client_id') === CLIENT && (secret === undefined || form.get('client_secret') === secret)

  /** A code is good once, with the verifier of its challenge; a refresh token is good once. */
  const grant = async (form: URLSearchParams) => {
    const kind = form.get('grant_type') ?? ''
    granted.push(kind)
    if (!isClient(form)) return null
    if (kind === 'refresh_token') {
      return refreshTokens.delete(form.get('refresh_token') ?? '') ? tokens(null) : null
    }
    const code = form.get('code') ?? ''
    const asked = codes.get(code)
    codes.delete(code)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isGood = asked?.challenge === challenge && asked.redirectUri === form.get('redirect_uri')
    return kind === 'authorization_code' && isGood ? tokens(asked.nonce) : null
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', issuer)
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
      response.end(JSON.stringify(body))
    }
    if (url.pathname === '/.well-known/openid-configuration') return json(discover())
    if (url.pathname === '/jwks') return json({ keys: [jwk] })
    if (url.pathname === '/authorize') {
      response.writeHead(302, { location: authorize(url.searchParams) }).end()
      return
    }
    if (url.pathname !== '/token') return void response.writeHead(404).end()
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(Buffer.from(piece))
    if (mood.broken !== null) return void response.writeHead(mood.broken).end()
    const given = await grant(new URLSearchParams(Buffer.concat(pieces).toString()))
    return given ? json(given) : json({ error: 'invalid_grant' }, 400)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  t.teardown(stop)
  return { issuer, mood, granted, stop }
}

export type Provider = Awaited<ReturnType<typeof startProvider>>
