import { html } from 'ghtml'
import type { Query } from '../ask.ts'
import type { Context, SentForm } from '../context.ts'
import { fieldOf, numberOf } from '../forms.ts'
import type { Phrase } from '../language.ts'
import type { Html } from '../page.ts'
import { form as words } from '../words/form.ts'
import { REFUSAL, refusalBox } from './refusal.ts'

/*
 * Forms that send a command to the page they stand on. What was typed and refused stands in its field again, with the
 * reason beside it.
 */

export interface Option {
  value: string
  label: string
}

/** One question of a form. `name` is its place in the body; see `forms.ts`. */
export interface Field {
  name: string
  label: string
  hint?: string
  type?: 'text' | 'number' | 'date' | 'lines' | 'choice' | 'radio' | 'checks'
  options?: readonly Option[]
  required?: boolean
  /** What stands in it at first. */
  value?: string | undefined
  /** Questions that need no answer stand together under this heading, folded away until one of them has one. */
  group?: string
}

export interface CommandForm {
  /** Tells the forms of a page apart. */
  id: string
  command: string
  /** Members of the body that the reader does not choose. */
  fixed: Readonly<Record<string, string | readonly string[]>>
  /** Members that go along as well, but may have changed since: they do not tell what the form is about. */
  kept?: Readonly<Record<string, string>>
  /** Members of the query that lead to this very form again, where the address of its page leads to another in time. */
  at?: Query
  fields: readonly Field[]
  submit: string
  /** For acts that cannot be taken back: said above the button. */
  caution?: string
  /** Where to go on after it, unless the same page. */
  next?: string | undefined
  /** Which field a refusal is about that names none of them: by its code, or by the place that it names. */
  beside?: Readonly<Record<string, string>>
}

/** A form that sends one command. */
export function commandForm(context: Context, form: CommandForm): Html {
  const sent = sentAs(context, form)
  const typed = sent?.values ?? {}
  const errors = sent ? errorsOf(context, sent, form) : new Map<string, string>()
  const shown = inGroups(form.fields, typed, errors, (field) =>
    fieldMarkup(context, form, field, typed, errors)
  )
  return html`<form method="post" action="${context.here(form.at ?? {})}#${REFUSAL}" class="form" id="${form.id}">
!${sent ? refusalBox(context, sent.problem, linesOf(form, errors)) : ''}!${hiddenFields(context, form, sent)}!${shown}
!${form.caution ? html`<p class="caution">${form.caution}</p>` : ''}<button>${form.submit}</button></form>`
}

/** What was sent as this form: with the same name about something else it was another one, and its words are not for this. */
const sentAs = ({ sent }: Context, { id, fixed }: CommandForm): SentForm | null =>
  sent?.form === id && Object.entries(fixed).every(([name, value]) => sent.values[name] === joined(value))
    ? sent
    : null

const joined = (value: string | readonly string[]): string => [value].flat().join(' ')

/** What every form carries beside what is typed. */
function hiddenFields(context: Context, form: CommandForm, sent: SentForm | null): Html {
  const { id, command, fixed, kept = {} } = form
  const next = sent ? sent.values._next : form.next
  const own = {
    // Whoever goes back in a browser finds what they typed in the form whose first fields have the same names.
    [`_of ${[id, ...Object.values(fixed).map(joined)].join(' ')}`]: '',
    _csrf: context.csrf,
    // Another may sign in in this browser while the form stands open; nothing is done in their name by that.
    _by: context.actor.id,
    _key: context.newKey(),
    _form: id,
    _command: command,
    _next: next
  }
  const hidden = (name: string, value: string) => html`<input type="hidden" name="${name}" value="${value}">`
  return [...Object.entries(own), ...Object.entries(fixed), ...Object.entries(kept)]
    .flatMap(([name, value]) => [value ?? []].flat().map((each) => hidden(name, each)))
    .join('')
}

/** What was wrong, by the field that it is about; what is about none keeps its own place. */
function errorsOf(context: Context, { problem, values }: SentForm, form: CommandForm): Map<string, string> {
  const told = (problem.errors ?? []).map(({ pointer, detail }) => ({
    place: fieldOf(pointer, values),
    detail
  }))
  const ofCode = form.beside?.[problem.code]
  if (told.length === 0 && ofCode) told.push({ place: ofCode, detail: problem.detail })
  return new Map(
    told.map(({ place, detail }) => {
      const meant = form.beside?.[place] ?? place
      const field = fieldAt(form, meant) ?? unansweredIn(form, meant, values)
      return field
        ? [placeOf(field.name), reasonOf(context, field, { values, detail, code: problem.code })]
        : [place, detail]
    })
  )
}

/** The field of a place, or of what the place is in: `members.0` is about the field `members`. */
function fieldAt(form: CommandForm, place: string): Field | undefined {
  const found = form.fields.find(({ name }) => placeOf(name) === place)
  const above = place.lastIndexOf('.')
  return found ?? (above === -1 ? undefined : fieldAt(form, place.slice(0, above)))
}

/** What is still to be answered of a thing that is refused as a whole: `evidence.0` with an address and no title. */
const unansweredIn = (
  { fields }: CommandForm,
  place: string,
  values: SentForm['values']
): Field | undefined =>
  fields.find(
    ({ name, options }) =>
      name.startsWith(`${place}.`) &&
      (values[name] ?? '').trim() === '' &&
      !options?.some(({ value }) => value === '')
  )

/** What somebody can do about it, where the form knows better than the check of the body. */
function reasonOf(
  { say }: Context,
  { name }: Field,
  { values, detail, code }: { values: SentForm['values']; detail: string; code: string }
): string {
  const value = (values[name] ?? '').trim()
  const [, kind] = name.split(':')
  if (value === '') return say(words.needed)
  if (kind === 'day') return say(words.badDay)
  if (kind === 'hash') return say(words.badHash)
  // A number that is one breaks a rule, or a bound that the check names.
  const isNumber = /^\d+(\.\d+)?$/.test(numberOf(value))
  return kind === 'number' && code === 'malformed' && !isNumber ? say(words.badNumber) : detail
}

/** Fields one after another, those of a group folded away unless something stands in them. */
function inGroups(
  fields: readonly Field[],
  typed: SentForm['values'],
  errors: ReadonlyMap<string, string>,
  show: (field: Field) => Html
): Html {
  const runs: Field[][] = []
  for (const field of fields) {
    const run = runs.at(-1)
    if (run && field.group !== undefined && run[0]?.group === field.group) run.push(field)
    else runs.push([field])
  }
  return runs
    .map((run) => {
      const shown = run.map(show).join('')
      const group = run[0]?.group
      if (group === undefined) return shown
      const isOpen = run.some(({ name, value }) => (typed[name] ?? value) || errors.has(placeOf(name)))
      return html`<details class="more"!${isOpen ? ' open' : ''}><summary>${group}</summary>!${shown}</details>`
    })
    .join('')
}

/** What is wrong with each answer, with a link to the field that is meant. */
const linesOf = (form: CommandForm, errors: ReadonlyMap<string, string>): Html[] =>
  [...errors].map(([name, detail]) => {
    const field = form.fields.find((each) => placeOf(each.name) === name)
    return field
      ? html`<li><a href="#${idOf(form, field)}">${field.label}: ${detail}</a></li>`
      : html`<li>${name === '' ? '' : `${name}: `}${detail}</li>`
  })

const placeOf = (name: string): string => name.split(':')[0] ?? name
const idOf = (form: CommandForm, field: Field): string =>
  `${form.id}-${placeOf(field.name).replace(/\W/g, '-')}`

function fieldMarkup(
  context: Context,
  form: CommandForm,
  field: Field,
  typed: Readonly<Record<string, string>>,
  errors: ReadonlyMap<string, string>
): Html {
  const id = idOf(form, field)
  const error = errors.get(placeOf(field.name))
  const value = typed[field.name] ?? field.value ?? ''
  const about = [field.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const marks = html`id="${id}" name="${field.name}"!${field.required ? ' required' : ''}!${about ? html` aria-describedby="${about}"` : ''}!${error ? ' aria-invalid="true"' : ''}`
  const hints = html`!${field.hint ? html`<p class="hint" id="${id}-hint">${field.hint}</p>` : ''}!${error ? html`<p class="error" id="${id}-error">${error}</p>` : ''}`
  const optional = field.required ? '' : html` <span class="optional">${context.say(words.optional)}</span>`
  if (field.type === 'radio' || field.type === 'checks')
    return choices(field, { id, about, hints, optional, value })
  return html`<div class="field!${error ? ' wrong' : ''}"><label for="${id}">${field.label}!${optional}</label>!${hints}!${control(context, field, marks, value)}</div>`
}

function control(context: Context, field: Field, marks: Html, value: string): Html {
  switch (field.type) {
    case 'lines':
      return html`<textarea !${marks} rows="4" dir="auto">${value}</textarea>`
    case 'choice':
      return html`<select !${marks}><option value="">${context.say(words.choose)}</option>!${(
        field.options ?? []
      ).map(
        (option) =>
          html`<option value="${option.value}"!${option.value === value ? ' selected' : ''}>${option.label}</option>`
      )}</select>`
    case 'number':
      return html`<input !${marks} inputmode="decimal" autocomplete="off" dir="ltr" value="${value}">`
    case 'date':
      return html`<input !${marks} inputmode="numeric" autocomplete="off" dir="ltr" placeholder="${context.say(words.dayLike)}" value="${value}">`
    default:
      return html`<input !${marks} autocomplete="off" dir="auto" value="${value}">`
  }
}

function choices(
  field: Field,
  at: { id: string; about: string; hints: Html; optional: Html; value: string }
): Html {
  const chosen = new Set(field.type === 'checks' ? at.value.split(' ') : [at.value])
  const boxes = (field.options ?? []).map(
    ({ value, label }, index) =>
      html`<div class="choice"><input type="${field.type === 'checks' ? 'checkbox' : 'radio'}" id="${at.id}!${index === 0 ? '' : `-${index}`}" name="${field.name}" value="${value}"!${chosen.has(value) ? ' checked' : ''}!${field.required && field.type === 'radio' ? ' required' : ''}><label for="${at.id}!${index === 0 ? '' : `-${index}`}">${label}</label></div>`
  )
  return html`<fieldset class="field"!${at.about ? html` aria-describedby="${at.about}"` : ''}><legend>${field.label}!${at.optional}</legend>!${at.hints}!${boxes.join('')}</fieldset>`
}

/** The reasons of a closed list, as options. */
export const optionsOf = (list: Readonly<Record<string, Phrase>>, context: Context): Option[] =>
  Object.entries(list).map(([value, phrase]) => ({ value, label: context.say(phrase) }))
