import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { latinDigits } from '../digits.ts'
import { Refusal } from '../errors.ts'
import { actorOf, authorizationOf } from '../http/access.ts'
import type { App } from '../http/app-type.ts'
import { type Problem, problemOf } from '../http/problem.ts'
import { type Ask, addressOf, createAsk, type Query, Refused } from './ask.ts'
import { endOfTypedDay } from './calendar.ts'
import type { SentForm } from './context.ts'
import { exportAs, fileOf } from './export.ts'
import { bodyOf, type Fields } from './forms.ts'
import { DONE, documentOf } from './layout.ts'
import { requireOwnForm } from './own-form.ts'
import type { Page, Place, Shown } from './page.ts'
import { holdsRefusal, refusalWithoutForm } from './parts/refusal.ts'
import { readsOver } from './reads.ts'
import { contextFor, languageFor, pageHeaders, queryOf, rememberLanguage, type Shell } from './shell.ts'

/* One page at its address: read, shown, taken away as a file, and its forms sent. */

interface Served {
  app: App
  shell: Shell
  page: Page
}

/** Adds a page, and where it has forms the address they are sent to, which is the same. */
export function pageRoute(scope: App, app: App, shell: Shell, page: Page): void {
  const served = { app, shell, page }
  const hidden = { schema: { hide: true } }
  scope.get(page.path, hidden, async (request, reply) => {
    const elsewhere = momentAddress(request, shell.now())
    if (elsewhere) return reply.redirect(elsewhere, 303)
    return show(served, request, reply, null)
  })
  const { acts } = page
  if (!acts) return
  scope.post(page.path, hidden, async (request, reply) => {
    // Nobody's browser adds this header by itself.
    if (request.headers.authorization === undefined) requireOwnForm(request)
    return act(served, acts, request, reply)
  })
}

/** A date or a position that was typed, as the address of the page at that moment. */
function momentAddress(request: FastifyRequest, now: string): string | null {
  const { date, position, ...query } = queryOf(request)
  if (date === undefined && position === undefined) return null
  const path = request.url.split('?')[0] ?? '/'
  const number = latinDigits(position ?? '').replace(/[\s,٬]/g, '')
  const day = date === undefined ? null : endOfTypedDay(date)
  if (number !== '') return addressOf(path, { ...query, asOf: number })
  // What is no date is handed on as it is, so that the page says so.
  const asOf = day === null ? date : new Date(Math.min(day.getTime(), Date.parse(now))).toISOString()
  return addressOf(path, { ...query, asOf })
}

function askFor({ app, shell }: Served, request: FastifyRequest): Ask {
  const authorization = authorizationOf(request, { isPage: true }) ?? ''
  return createAsk({ app, inner: shell.inner, authorization, language: languageFor(request) })
}

function placeOf({ shell }: Served, request: FastifyRequest): Place {
  const query = queryOf(request)
  return {
    params: request.params as Record<string, string>,
    query,
    moment: { asOf: query.asOf, waitFor: query.waitFor },
    actor: actorOf(request),
    language: languageFor(request),
    now: shell.now()
  }
}

async function show(served: Served, request: FastifyRequest, reply: FastifyReply, sent: SentForm | null) {
  const { page, shell } = served
  const reads = readsOver(askFor(served, request))
  const place = placeOf(served, request)
  const wanted = exportAs(place.query.export)
  if (wanted && page.file) {
    const file = fileOf(wanted, page, await page.file(reads, place), place)
    reply
      .header('content-disposition', `attachment; filename="${file.name}"`)
      .header('cache-control', 'no-store')
    reply.type(file.type)
    // Else a HEAD would read the whole list to throw it away.
    return reply.send(request.method === 'HEAD' ? undefined : Readable.from(file.content))
  }
  const model = await page.load(reads, place)
  const context = contextFor(shell, request, reply, { sent })
  rememberLanguage(request, reply, context.language)
  pageHeaders(reply, context.language).header('ledger-position', model.asOf.position)
  if (sent) reply.code(sent.problem.status)
  const body = page.body(model, context)
  return documentOf(context, shell.assets, {
    title: page.title(model, context),
    body: sent && !holdsRefusal(body) ? refusalWithoutForm(context, sent) + body : body,
    asOf: model.asOf,
    filters: page.filters,
    // A reader may stop the page from renewing itself; what was sent and refused stands on it alone.
    live:
      place.query.live === 'off'
        ? null
        : { about: page.about?.(model) ?? '', isTyped: sent !== null || isTyped(page, model) },
    hasFile: page.file !== undefined
  })
}

/** Whether somebody types on this page, as far as it has something to type. */
const isTyped = ({ isTyped = false }: Page, model: Shown): boolean =>
  typeof isTyped === 'function' ? isTyped(model) : isTyped

/** Sends the command of a form; where it is refused the page is shown again with all that was typed. */
async function act(
  served: Served,
  acts: readonly string[],
  request: FastifyRequest,
  reply: FastifyReply
): Promise<unknown> {
  const fields = (request.body ?? {}) as Fields
  const own = (name: string): string => String([fields[name] ?? ''].flat()[0] ?? '')
  const command = own('_command')
  // A form that this page does not have was not made by it.
  if (!acts.includes(command)) return reply.callNotFound()
  const refused = (problem: Problem) => {
    const values = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, [value ?? ''].flat().join(' ')])
    )
    return show(served, request, reply, { form: own('_form'), values, problem })
  }
  const [by, actor] = [own('_by'), actorOf(request).id]
  if (by !== '' && by !== actor) {
    const refusal = new Refusal('form-of-another', { params: { by, actor } })
    return refused(problemOf(refusal, languageFor(request), request.id))
  }
  try {
    const done = await askFor(served, request).act(command, bodyOf(fields), own('_key'))
    const next = nextOf(own('_next'), done.created.appeals[0])
    const { asOf: _past, page: _page, ...here } = queryOf(request)
    // What was asked of this page is not asked of another.
    const { path, query } = next ?? { path: request.url.split('?')[0] ?? '/', query: here }
    const note = { waitFor: done.position, done: `${done.type}.${done.position}` }
    // The note says so at the head of the page, wherever on it the form stood.
    return reply.redirect(`${addressOf(path, { ...query, ...note })}#${DONE}`, 303)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return refused(error.problem)
  }
}

/** Where a form says to go on: an address of ours alone. `{appeal}` stands for what was just filed. */
function nextOf(next: string, appeal: string | undefined): { path: string; query: Query } | null {
  const [, path, query] = /^(\/(?!\/)[\w./{}-]*)(?:\?([\w.%=&+*-]*))?$/.exec(next) ?? []
  if (path === undefined) return null
  return {
    path: path.replace('{appeal}', appeal ?? ''),
    query: Object.fromEntries(new URLSearchParams(query))
  }
}
