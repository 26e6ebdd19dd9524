import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientError,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  None,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant
} from 'openid-client'

/* The identity provider: OpenID Connect's code flow with PKCE. */

export interface ProviderParts {
  issuer: string
  clientId: string
  clientSecret: string | null
  scope: string
  /** Where it sends people back to. */
  redirectUri: string
}

/** What has to be known again when the answer comes. */
export interface Begun {
  state: string
  nonce: string
  verifier: string
}

export interface Tokens {
  access: string
  refresh: string | null
}

/** Why there are no tokens: the provider refused, its answer was not right, or it does not answer. */
export class NoTokens extends Error {
  override name = 'NoTokens'
  readonly why: 'denied' | 'failed' | 'away'
  /** The provider's own word for it. */
  readonly code: string
  constructor(why: NoTokens['why'], { code = '', cause }: { code?: string; cause: unknown }) {
    super(`${why} ${code}`.trim(), { cause })
    this.why = why
    this.code = code
  }
}

/** Every call throws `NoTokens` where it does not succeed. */
export interface Provider {
  begin(): Promise<{ address: string; begun: Begun }>
  finish(answer: URL, begun: Begun): Promise<Tokens>
  renew(refresh: string): Promise<Tokens>
  /** Where one signs out there; null where the provider has no such place. */
  endSession(): Promise<string | null>
}

const TIMEOUT_SECONDS = 10

/** Asks the provider about itself when somebody first signs in, so that it need not run when we start. */
export function createProvider({
  issuer,
  clientId,
  clientSecret,
  scope,
  redirectUri
}: ProviderParts): Provider {
  const server = new URL(issuer)
  let found: Promise<Configuration> | undefined
  const configuration = (): Promise<Configuration> => {
    found ??= discovery(
      server,
      clientId,
      clientSecret ?? undefined,
      clientSecret === null ? None() : undefined,
      {
        timeout: TIMEOUT_SECONDS,
        // The settings allow plain http for this machine alone.
        execute: server.protocol === 'http:' ? [allowInsecureRequests] : []
      }
    ).catch((cause: unknown) => {
      found = undefined
      throw new NoTokens('away', { cause })
    })
    return found
  }
  return {
    begin: async () => {
      const begun = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() }
      const address = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope,
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256'
      })
      return { address: address.href, begun }
    },
    finish: async (answer, { state, nonce, verifier }) => {
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier }
      return tokensOf(authorizationCodeGrant(await configuration(), answer, checks))
    },
    renew: async (refresh) => tokensOf(refreshTokenGrant(await configuration(), refresh)),
    endSession: async () => {
      const config = await configuration()
      return config.serverMetadata().end_session_endpoint ? buildEndSessionUrl(config).href : null
    }
  }
}

async function tokensOf(
  granting: Promise<{ access_token: string; refresh_token?: string | undefined }>
): Promise<Tokens> {
  try {
    const { access_token: access, refresh_token: refresh = null } = await granting
    return { access, refresh }
  } catch (cause) {
    throw noTokensOf(cause)
  }
}

function noTokensOf(cause: unknown): NoTokens {
  if (cause instanceof AuthorizationResponseError) return new NoTokens('denied', { code: cause.error, cause })
  if (cause instanceof ResponseBodyError) {
    return new NoTokens(cause.status >= 500 ? 'away' : 'failed', { code: cause.error, cause })
  }
  return new NoTokens(isAway(cause) ? 'away' : 'failed', { cause })
}

/** Nothing came back, or what stands before the provider answered in its place. */
function isAway(error: unknown): boolean {
  if (!(error instanceof ClientError)) return error instanceof TypeError
  if (error.cause instanceof Response) return error.cause.status >= 500
  return error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT'
}
