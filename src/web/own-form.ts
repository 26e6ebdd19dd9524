import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../errors.ts'

/* Forms prove that a page of ours made them in this very browser: nobody else's page can send them. */

type Sent = Pick<FastifyRequest, 'server'> & FastifyRequest

/** Whether the form that was sent was made by a page of ours in this browser. */
export function isOwnForm(request: Sent): boolean {
  let isOwn = false
  // What it says to a form that is not ours is for the caller to decide, so that its own answer goes nowhere.
  const nowhere = { send: () => nowhere } as unknown as FastifyReply
  request.server.csrfProtection(request, nowhere, () => {
    isOwn = true
  })
  return isOwn
}

/** Throws `form-expired` where it was not. */
export function requireOwnForm(request: Sent): void {
  if (!isOwnForm(request)) throw new Refusal('form-expired')
}
