import { randomBytes } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import csrf from '@fastify/csrf-protection'
import formbody from '@fastify/formbody'
import type { AccessTable, RouteAccess } from '../http/access-table.ts'
import type { App } from '../http/app-type.ts'
import type { LiveFeed } from '../http/live-feed.ts'
import type { ShowProblem } from '../http/problem.ts'
import type { Inner } from '../http/server.ts'
import type { SendPieces } from '../http/sse.ts'
import { pages } from './all-pages.ts'
import { type Asset, loadAssets } from './assets.ts'
import { FORM_BYTES_MAX } from './held-form.ts'
import { liveRoute } from './live-route.ts'
import { pageRoute } from './page-route.ts'
import { problemPages, wantsPage } from './problem-page.ts'
import type { Shell } from './shell.ts'

/** How people with a browser sign in and out. */
export interface SignIn {
  access: AccessTable
  /** Whether cookies travel by https alone; `auto`: where the request came by it. */
  secure: true | 'auto'
  /** Adds its routes to the scope that all pages share. */
  routes(scope: App, shell: Shell): void
}

export interface WebParts {
  signIn?: SignIn | undefined
  now: () => string
  newKey: () => string
}

export interface Web {
  access: AccessTable
  inner: Inner
  showProblem: ShowProblem
  routes(app: App, live: { feed: LiveFeed; send: SendPieces }): Promise<void>
}

/** A page is packed for one reader: the last percent of its size would cost many times its making. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** All that people with a browser see, on a server that answers the API. */
export function createWeb(parts: WebParts): Web {
  const inner: Inner = { header: 'x-karnameh-inner', word: randomBytes(24).toString('base64url') }
  const { assets, names } = loadAssets()
  const shell: Shell = { inner, assets: names, now: parts.now, newKey: parts.newKey }
  const problems = problemPages(shell)
  return {
    inner,
    access: { ...accessOf(assets), ...parts.signIn?.access },
    showProblem: (refusal, request, reply) => {
      if (!wantsPage(request)) return false
      problems.show(refusal, request, reply)
      return true
    },
    routes: async (app, { feed, send }) => {
      await app.register(async (plain) => {
        // A plugin is handed a server without the types of its routes; it is the same one.
        const scope = plain as unknown as App
        await scope.register(compress, { threshold: 1024, encodings: ['br', 'gzip'], brotliOptions: BROTLI })
        await scope.register(cookie)
        await scope.register(csrf, {
          // Lax, or whoever comes from a letter or from signing in would have no cookie, and forms in other tabs would expire.
          cookieOpts: { httpOnly: true, sameSite: 'lax', path: '/', secure: parts.signIn?.secure ?? 'auto' },
          getToken: (request) => (request.body as Record<string, string> | null)?._csrf
        })
        await scope.register(formbody, { bodyLimit: FORM_BYTES_MAX })
        scope.setErrorHandler(problems.handle)
        for (const asset of assets) assetRoute(scope, asset)
        for (const page of pages) pageRoute(scope, app, shell, page)
        liveRoute(scope, { feed, send })
        parts.signIn?.routes(scope, shell)
      })
    }
  }
}

/** Whoever asks for a file asks without knowing who they are. */
function assetRoute(scope: App, { path, type, content }: Asset): void {
  scope.get(path, { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(content)
  )
}

const everybody: RouteAccess = { who: 'public', others: 'hidden', figures: 'all' }
const anyone: RouteAccess = { who: 'anyone', others: 'hidden', figures: 'redacted', isPage: true }

function accessOf(assets: readonly Asset[]): AccessTable {
  const lines: [string, RouteAccess][] = [['GET /live', anyone]]
  for (const { path } of assets) lines.push([`GET ${path}`, everybody])
  for (const { path, who, acts } of pages) {
    lines.push([`GET ${path}`, { ...anyone, who }])
    if (acts) lines.push([`POST ${path}`, { ...anyone, who }])
  }
  return Object.fromEntries(lines)
}
