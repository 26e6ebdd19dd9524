import type { FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import type { Actor } from '../events/envelope.ts'
import type { Role } from '../events/forms.ts'
import type { App } from './app-type.ts'
import type { Identity, Verify } from './auth.ts'

/** Who may call a route: everybody without a token, anyone with one, or those in certain roles. */
export type Access = 'public' | 'anyone' | readonly Role[]

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
}

const IDENTITY = 'identity'

/**
 * Asks every caller who they are, before anything of the request is read, and then whether the route is for them. A
 * route that does not say who may call it stops the start: nothing is open by oversight.
 */
export function guardRoutes(app: App, verify: Verify): void {
  app.decorateRequest(IDENTITY, null)
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined) {
      throw new TypeError(`the route ${String(route.method)} ${route.url} does not say who may call it`)
    }
  })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    // No route was found: the answer is 404 or 405, whoever asks.
    if (access === undefined || access === 'public') return
    const identity = await verify(request.headers.authorization)
    request.setDecorator(IDENTITY, identity)
    const { role } = identity.actor
    if (access !== 'anyone' && !access.includes(role)) {
      throw new Refusal('forbidden-role', { params: { role, roles: access.join(', ') } })
    }
  })
}

/** Who calls, with how long the token holds; null on public routes. */
export const identityOf = (request: FastifyRequest): Identity | null =>
  request.getDecorator<Identity | null>(IDENTITY)

/** Who calls. Only for routes that are not public. */
export function actorOf(request: FastifyRequest): Actor {
  const identity = identityOf(request)
  if (!identity) throw new Refusal('unauthenticated')
  return identity.actor
}
