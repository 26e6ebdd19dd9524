import type { FastifyRequest } from 'fastify'
import { Refusal } from '../../errors.ts'
import { Actor } from '../../events/envelope.ts'
import type { LocalIssuer } from '../../http/local-issuer.ts'
import { isLoopback } from '../../loopback.ts'
import { createAsk } from '../ask.ts'
import type { Fields } from '../forms.ts'
import { requireOwnForm } from '../own-form.ts'
import { wholeList } from '../page.ts'
import { sendPlain } from '../plain-page.ts'
import { readsOver, type Unit } from '../reads.ts'
import { languageFor, queryOf } from '../shell.ts'
import { signIn as words } from '../words/sign-in.ts'
import { type LocalModel, localBody } from './local-view.ts'
import { ownAddress } from './own-address.ts'
import { hidden, type SignInPlace } from './place.ts'
import { endSession, startSession } from './session.ts'

/*
 * On a machine by itself anybody may be whoever they like: the server listens on loopback alone, and gives these pages
 * only under a name of loopback, so that no other site can have its own name point here.
 */

const DAYS = 1
const DAY_MS = 24 * 60 * 60 * 1000
/** Somebody who reads the registry for the page, and nothing else. */
const READER: Actor = { id: 'v-0', role: 'viewer', units: [] }

export function localRoutes({ scope, shell, secure }: SignInPlace, issuer: LocalIssuer): void {
  const peopleFor = async (request: FastifyRequest): Promise<LocalModel> => {
    const authorization = `Bearer ${await issuer.sign(READER, DAYS)}`
    const language = languageFor(request)
    const reads = readsOver(createAsk({ app: scope, inner: shell.inner, authorization, language }))
    const { items } = await wholeList(reads.units, {})
    return { people: peopleOf(items), units: items }
  }
  scope.get('/sign-in', hidden, async (request, reply) => {
    requireLoopback(request)
    const model = await peopleFor(request)
    const next = ownAddress(queryOf(request).next)
    return sendPlain(shell, request, reply, (context) => ({
      title: context.say(words.title),
      body: localBody(context, model, { next })
    }))
  })
  scope.post('/sign-in', hidden, async (request, reply) => {
    requireLoopback(request)
    requireOwnForm(request)
    const typed = typedOf((request.body ?? {}) as Fields)
    const actor = actorOf(typed)
    if (!actor) {
      const model = await peopleFor(request)
      return sendPlain(shell, request, reply, (context) => ({
        title: context.say(words.title),
        status: 422,
        body: localBody(context, model, { next: ownAddress(typed.next), typed })
      }))
    }
    const token = await issuer.sign(actor, DAYS)
    startSession(reply, shell, { token, secure, expiresAt: Date.parse(shell.now()) + DAYS * DAY_MS })
    return reply.redirect(ownAddress(typed.next), 303)
  })
  scope.post('/sign-out', hidden, async (request, reply) => {
    requireOwnForm(request)
    endSession(reply, secure)
    return reply.redirect('/sign-in', 303)
  })
}

function requireLoopback({ hostname }: FastifyRequest): void {
  if (!isLoopback(hostname)) throw new Refusal('no-route')
}

function typedOf(fields: Fields): Record<string, string> {
  const typed: Record<string, string> = {}
  for (const name of ['person', 'id', 'role', 'units', 'next']) {
    typed[name] = String([fields[name] ?? ''].flat()[0] ?? '')
  }
  return typed
}

/** A button says all of a person in one value; the fields say it one by one. */
function actorOf({ person, id, role, units }: Record<string, string>): Actor | null {
  const [chosenRole, chosenId, chosenUnits = ''] = person ? person.split(' ') : [role, id?.trim(), units]
  const unitList = chosenUnits.split(/[\s,،]+/).filter((unit) => unit !== '')
  const actor = Actor.safeParse({ id: chosenId, role: chosenRole, units: unitList })
  return actor.success ? actor.data : null
}

/** More than these are not offered; any other can be typed. */
const OFFERED_MAX = 8
const FIRST_EXPERT = 17

/** Somebody in every role: experts of units that have others below, assessors of those that have none. */
export function peopleOf(units: readonly Unit[]): Actor[] {
  const above = new Set(units.map(({ parent }) => parent))
  const judging = units.filter(({ unit }) => above.has(unit)).slice(0, OFFERED_MAX)
  const judged = units.filter(({ unit, parent }) => parent !== null && !above.has(unit)).slice(0, OFFERED_MAX)
  return [
    { id: 'm-1', role: 'auditor', units: [] },
    { id: 'r-1', role: 'registrar', units: [] },
    ...judging.map(
      ({ unit }, index): Actor => ({ id: `e-${FIRST_EXPERT + index}`, role: 'expert', units: [unit] })
    ),
    ...judged.map(({ unit }, index): Actor => ({ id: `a-${1 + index}`, role: 'assessor', units: [unit] })),
    { id: 'p-1', role: 'panelist', units: [] },
    { id: 'v-1', role: 'viewer', units: [] }
  ]
}
