import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Phrase } from '../language.ts'
import type { Html } from '../page.ts'

/* Sentences that hold more than words: figures, links, dates. */

/** A sentence with markup in its `{name}` places; the words between are escaped. */
export function sentence(context: Context, phrase: Phrase, places: Readonly<Record<string, Html>>): Html {
  const pieces = context.say(phrase).split(/\{(\w+)\}/)
  return pieces.map((piece, index) => (index % 2 === 0 ? html`${piece}` : (places[piece] ?? ''))).join('')
}
