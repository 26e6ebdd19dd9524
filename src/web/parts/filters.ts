import { html } from 'ghtml'
import type { Context } from '../context.ts'
import type { Filter, Html } from '../page.ts'
import { frame } from '../words/frame.ts'
import type { Option } from './form.ts'

/** Members of the query that a form leaves alone, as hidden fields. */
export function hiddenQuery(context: Context, but: readonly string[]): Html {
  const left = ['waitFor', 'done', 'lang', 'export', 'page', ...but]
  return Object.entries(context.query)
    .filter(([name, value]) => value !== undefined && !left.includes(name))
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)
    .join('')
}

/** A question of a filter: words to type, or a choice; with `all` there is a first option that lets everything through. */
export interface FilterField extends Filter {
  options?: readonly Option[]
  /** What the first option says, where one need not choose; left out where one must. */
  all?: string
  /** What is in force where the address says nothing. */
  value?: string | undefined
  type?: 'text' | 'number'
}

/**
 * The filter of a page as a plain form, with what is chosen below it, each with a way to take it back. `place` are the
 * members of the query that say where in its list one is: another filter begins at the head of another list.
 */
export function filterForm(
  context: Context,
  fields: readonly FilterField[],
  place: readonly string[] = []
): Html {
  const names = fields.map(({ name }) => name)
  const shown = fields.map((field) => {
    const value = context.query[field.name] ?? field.value ?? ''
    const id = `filter-${field.name}`
    return html`<div class="field"><label for="${id}">${context.say(field.label)}</label>!${question(field, id, value)}</div>`
  })
  return html`<form method="get" action="${context.path}" class="filter" role="search">!${hiddenQuery(context, [...names, ...place])}!${shown.join('')}<button>${context.say(frame.apply)}</button></form>!${badges(context, fields, place)}`
}

function question(field: FilterField, id: string, value: string): Html {
  if (!field.options) {
    const mode = field.type === 'number' ? ' inputmode="decimal" dir="ltr"' : ' dir="auto"'
    return html`<input id="${id}" name="${field.name}" value="${value}" autocomplete="off"!${mode}>`
  }
  const first = field.all === undefined ? [] : [{ value: '', label: field.all }]
  const options = [...first, ...field.options].map(
    (option) =>
      html`<option value="${option.value}"!${option.value === value ? ' selected' : ''}>${option.label}</option>`
  )
  return html`<select id="${id}" name="${field.name}">!${options.join('')}</select>`
}

function badges(context: Context, fields: readonly FilterField[], place: readonly string[]): Html {
  const start = Object.fromEntries(place.map((name) => [name, undefined]))
  const chosen = fields.filter(({ name }) => context.query[name])
  if (chosen.length === 0) return ''
  const items = chosen.map(({ name, label, options }) => {
    const value = context.query[name] ?? ''
    const said = options?.find((option) => option.value === value)?.label ?? value
    const word = context.say(label)
    return html`<li><span class="badge">${word}: <bdi>${said}</bdi> <a href="${context.here({ ...start, [name]: undefined })}" aria-label="${context.say(frame.without, { label: word })}">×</a></span></li>`
  })
  return html`<ul class="badges">!${items.join('')}</ul>`
}

/** The way to the next page of a list, and back to the first. */
export function pager(context: Context, next: string | null): Html {
  const first = context.query.page ? html`<a href="${context.here({})}">${context.say(frame.first)}</a>` : ''
  const more =
    next === null
      ? ''
      : html`<a rel="next" href="${context.here({ page: next })}">${context.say(frame.more)}</a>`
  return first === '' && more === '' ? '' : html`<nav class="pager">!${first} !${more}</nav>`
}
