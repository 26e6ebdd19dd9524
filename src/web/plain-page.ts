import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from './context.ts'
import { documentOf } from './layout.ts'
import type { Html } from './page.ts'
import { contextFor, pageHeaders, rememberLanguage, type Shell } from './shell.ts'

export interface PlainPage {
  title: string
  body: Html
  status?: number
}

/** Sends a page that shows nothing of the ledger, so that it has no moment and takes no part in its news. */
export function sendPlain(
  shell: Shell,
  request: FastifyRequest,
  reply: FastifyReply,
  make: (context: Context) => PlainPage
): FastifyReply {
  const context = contextFor(shell, request, reply)
  rememberLanguage(request, reply, context.language)
  const { title, body, status = 200 } = make(context)
  const sheet = { title, body, asOf: null, filters: [], live: null, hasFile: false }
  return pageHeaders(reply, context.language)
    .code(status)
    .send(documentOf(context, shell.assets, sheet))
}
