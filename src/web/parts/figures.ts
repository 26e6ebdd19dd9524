import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'

/* Single figures in running text. */

/** A decimal string as it is written; nothing for null. */
export const figure = (context: Context, value: string | null | undefined): Html =>
  value === null || value === undefined ? '' : html`<bdi dir="ltr">${context.format.number(value)}</bdi>`

/** With its sign, which stands on the left in both languages. */
export const signed = (context: Context, value: string | null | undefined): Html =>
  value === null || value === undefined ? '' : html`<bdi dir="ltr">${context.format.signed(value)}</bdi>`

export const percent = (context: Context, value: string | null | undefined): Html =>
  value === null || value === undefined ? '' : html`<bdi dir="ltr">${context.format.percent(value)}</bdi>`

/** An instant or a day, with the exact value for machines. */
export const time = (context: Context, value: string | null | undefined): Html =>
  value === null || value === undefined
    ? ''
    : html`<time datetime="${value}">${value.length > 10 ? context.format.moment(value) : context.format.date(value)}</time>`

/** A word in a box: a state that is also said, never only coloured. */
export const tag = (text: string, kind = ''): Html =>
  html`<span class="tag!${kind ? html` ${kind}` : ''}">${text}</span>`
