import { html } from 'ghtml'
import { requireOwnForm } from '../own-form.ts'
import { sendPlain } from '../plain-page.ts'
import { signIn as words } from '../words/sign-in.ts'
import { hidden, type SignInPlace } from './place.ts'
import { endSession } from './session.ts'

/** Where browsers have no way to sign in: says who gives tokens. */
export function bearerRoutes({ scope, shell, secure }: SignInPlace, issuer: string): void {
  scope.get('/sign-in', hidden, (request, reply) =>
    sendPlain(shell, request, reply, ({ say }) => ({
      title: say(words.title),
      body: html`<p>${say(words.bearerOnly)}</p><p><code><bdi>${issuer}</bdi></code></p><p class="note">${say(words.bearerHow)}</p>`
    }))
  )
  scope.post('/sign-out', hidden, async (request, reply) => {
    requireOwnForm(request)
    endSession(reply, secure)
    return reply.redirect('/sign-in', 303)
  })
}
