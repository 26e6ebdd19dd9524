import type { FastifyRequest } from 'fastify'
import { html } from 'ghtml'
import { BODY_LIMIT } from '../http/problem.ts'
import { addressOf } from './ask.ts'
import type { Context } from './context.ts'
import type { Fields } from './forms.ts'
import { isOwnForm } from './own-form.ts'
import { REFUSAL, sentWords } from './parts/refusal.ts'
import type { PlainPage } from './plain-page.ts'
import { signIn as words } from './words/sign-in.ts'

/*
 * A form that was sent after the session had ended. What was typed is sent back in a form, to be sent again after
 * signing in; only where a page of ours made it, or any site could put words into people's mouths.
 */

/** A Persian letter is two bytes in a body, and six in a form: no form is too large whose command is not. */
export const FORM_BYTES_MAX = 3 * BODY_LIMIT

/** Where it was sent, and each field with its value. */
export interface HeldForm {
  address: string
  fields: readonly (readonly [name: string, value: string])[]
}

/** The form of a request that was turned away; null where there is none, or none of ours. */
export async function heldForm(request: FastifyRequest): Promise<HeldForm | null> {
  const { headers, url } = request
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return null
  const fields = request.body ? fieldsOf(request.body as Fields) : await unreadFields(request)
  return fields && isOwnForm(request) ? { address: url, fields } : null
}

const fieldsOf = (body: Fields): HeldForm['fields'] =>
  Object.entries(body).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each] as const))

/** Who is turned away before anything is read has sent a form nevertheless. */
async function unreadFields(request: FastifyRequest): Promise<HeldForm['fields'] | null> {
  const { headers, raw } = request
  const length = Number(headers['content-length'])
  if (raw.readableDidRead || !(length <= FORM_BYTES_MAX)) return null
  const pieces: Buffer[] = []
  for await (const piece of raw) pieces.push(Buffer.from(piece))
  const fields = [...new URLSearchParams(Buffer.concat(pieces).toString('utf8'))]
  request.body = Object.fromEntries(fields)
  return fields
}

/** The form again, with what was typed for all to see. */
export function heldPage(context: Context, { address, fields }: HeldForm): PlainPage {
  const { say } = context
  const hidden = fields
    .filter(([name]) => name !== '_csrf')
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
  const signIn = addressOf('/sign-in', { next: address.split('?')[0] })
  return {
    title: say(words.heldTitle),
    status: 401,
    body: html`<p role="alert">${say(words.held)}</p><p><a href="${signIn}" target="_blank" rel="noopener">${say(words.otherTab)}</a></p>
<form method="post" action="${address}#${REFUSAL}" class="form"><input type="hidden" name="_csrf" value="${context.csrf}">!${hidden.join('')}<button>${say(words.sendAgain)}</button></form>
!${sentWords(context, fields)}`
  }
}
