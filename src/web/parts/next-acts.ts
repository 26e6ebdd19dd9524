import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import { acts, scores as words } from '../words/scores.ts'

/* What a reader may do next, with the way to the page that has the form; the API says what that is. */

export interface About {
  evaluation: string
  unit: string
  period: string
  /** Leads straight to it where the page is about one node. */
  node?: string
}

const HEADS = { self: words.toSelf, review: words.toReview, appeals: words.toAppeals }

/** One line for each page with something to do on it. */
export function nextActs(context: Context, about: About, may: readonly string[]): Html {
  const { say, query } = context
  if (query.asOf !== undefined) return html`<p class="note">${say(words.mayPast)}</p>`
  const known = may.flatMap((name) => acts[name] ?? [])
  if (known.length === 0) return html`<p class="note">${say(words.mayNothing)}</p>`
  const lines = (['self', 'review', 'appeals'] as const).flatMap((page) => {
    const here = known.filter((act) => act.page === page)
    if (here.length === 0) return []
    const names = here.map((act) => say(act)).join(context.format.comma)
    return html`<li><a href="${addressFor(context, page, about)}">${say(HEADS[page])}</a>: ${names}</li>`
  })
  const registry = known.filter(({ page }) => page === 'registry').map((act) => html`<li>${say(act)}</li>`)
  return html`<p>${say(words.mayHere)}</p><ul>!${[...lines, ...registry].join('')}</ul>`
}

function addressFor(context: Context, page: keyof typeof HEADS, { evaluation, unit, period, node }: About) {
  if (page === 'appeals') return context.link('/appeals', { unit, period })
  const path = context.link(`/evaluations/${evaluation}/${page}`)
  return node === undefined ? path : `${path}#${node}`
}
