import type { RouteAccess } from '../../http/access-table.ts'
import type { Verify } from '../../http/auth.ts'
import type { LocalIssuer } from '../../http/local-issuer.ts'
import type { SignIn } from '../serve.ts'
import { bearerRoutes } from './bearer.ts'
import { localRoutes } from './local.ts'
import { CALLBACK, oidcRoutes } from './oidc.ts'
import { createProvider } from './provider.ts'
import { createSeal } from './sealed.ts'

/** Where tokens come from, and with that how one signs in. */
export type SignInSource =
  | { kind: 'local'; issuer: LocalIssuer }
  | { kind: 'bearer'; issuer: string }
  | {
      kind: 'oidc'
      issuer: string
      clientId: string
      clientSecret: string | null
      scope: string
      origin: string
    }

export interface SignInParts {
  source: SignInSource
  verify: Verify
  /** Whether browsers come by https alone; where that is not known, each request tells. */
  isHttps: boolean
}

const open: RouteAccess = { who: 'public', others: 'hidden', figures: 'all', isPage: true }

/** Signing in as it fits where tokens come from: by choice on this machine alone, or at an identity provider. */
export function createSignIn({ source, verify, isHttps }: SignInParts): SignIn {
  const secure: SignIn['secure'] = isHttps || 'auto'
  return {
    secure,
    access: {
      'GET /sign-in': open,
      'POST /sign-out': open,
      ...(source.kind === 'local' && { 'POST /sign-in': open }),
      ...(source.kind === 'oidc' && { [`GET ${CALLBACK}`]: open, 'GET /sign-out': open })
    },
    routes: (scope, shell) => {
      const place = { scope, shell, secure }
      if (source.kind === 'local') return localRoutes(place, source.issuer)
      if (source.kind === 'bearer') return bearerRoutes(place, source.issuer)
      const provider = createProvider({ ...source, redirectUri: source.origin + CALLBACK })
      const seal = createSeal(source.clientSecret)
      oidcRoutes(place, { provider, verify, seal, origin: source.origin })
    }
  }
}
