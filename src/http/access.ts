import type { FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'
import type { Actor } from '../events/envelope.ts'
import type { AccessTable, RouteAccess } from './access-table.ts'
import type { App } from './app-type.ts'
import type { Identity, Verify } from './auth.ts'
import { bearerOfCookie } from './session-cookie.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route's line of the table; set when the route is added, never by the route. */
    access?: RouteAccess
  }
}

const IDENTITY = 'identity'

/**
 * Asks every caller who they are, before anything of the request is read, and then whether the route is for them. A
 * route without a line in the table stops the start.
 */
export function guardRoutes(app: App, verify: Verify, table: AccessTable): void {
  app.decorateRequest(IDENTITY, null)
  app.addHook('onRoute', (route) => {
    const access = [route.method].flat().map((method) => lineOf(table, method, route.url))
    route.config = { ...route.config, ...(access[0] && { access: access[0] }) }
  })
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    // No route was found: the answer is 404 or 405, whoever asks.
    if (access === undefined || access.who === 'public') return
    const identity = await verify(authorizationOf(request, access))
    request.setDecorator(IDENTITY, identity)
    if (!isFor(access, identity.actor)) throw refusalOf(access, identity.actor, request)
  })
}

function lineOf(table: AccessTable, method: string, url: string): RouteAccess {
  const verb = method === 'HEAD' ? 'GET' : method
  // The pages of the documentation come from a plugin and change with it.
  const line = table[`${verb} ${url}`] ?? (/^\/docs(\/|$)/.test(url) ? table[`${verb} /docs/*`] : undefined)
  if (line) return line
  throw new TypeError(
    `the route ${verb} ${url} has no line in the table of access: nobody said who may call it`
  )
}

/** The API takes the header alone: a cookie would send itself along with whatever another site makes a browser do. */
export const authorizationOf = (
  { headers }: Pick<FastifyRequest, 'headers'>,
  { isPage }: Pick<RouteAccess, 'isPage'>
): string | undefined => headers.authorization ?? (isPage ? bearerOfCookie(headers.cookie) : undefined)

/** Whether somebody in this role may call a route. */
export const isFor = ({ who }: Pick<RouteAccess, 'who'>, { role }: Pick<Actor, 'role'>): boolean =>
  who === 'public' || who === 'anyone' || who.includes(role)

function refusalOf({ who, others }: RouteAccess, { role }: Actor, { url }: FastifyRequest): Refusal {
  const [path = ''] = url.split('?')
  if (others === 'hidden') return new Refusal('not-found', { params: { kind: 'address', id: path } })
  return new Refusal('forbidden-role', { params: { role, roles: [who].flat().join(', ') } })
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
