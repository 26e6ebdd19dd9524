import { html } from 'ghtml'
import type { Actor } from '../../events/envelope.ts'
import type { Context } from '../context.ts'
import type { Html } from '../page.ts'
import { optionsOf } from '../parts/form.ts'
import { table } from '../parts/table.ts'
import type { Unit } from '../reads.ts'
import { form } from '../words/form.ts'
import { rolesInALine, signIn as words } from '../words/sign-in.ts'
import { roles } from '../words/terms.ts'

export interface LocalModel {
  people: readonly Actor[]
  units: readonly Unit[]
}

export interface LocalState {
  next: string
  /** What was typed and did not do. */
  typed?: Readonly<Record<string, string>>
}

/** People to choose from, a button each, and fields for anybody else. */
export function localBody(
  context: Context,
  { people, units }: LocalModel,
  { next, typed }: LocalState
): Html {
  const { say } = context
  const names = new Map(units.map(({ unit, name }) => [unit, context.name(name)]))
  const hidden = html`<input type="hidden" name="_csrf" value="${context.csrf}"><input type="hidden" name="next" value="${next}">`
  const columns = [
    { head: say(words.person), cell: ({ id }: Actor) => html`<bdi>${id}</bdi>` },
    { head: say(words.role), cell: ({ role }: Actor) => html`${say(roles[role])}` },
    {
      head: say(words.units),
      cell: (person: Actor) =>
        html`${person.units.map((unit) => names.get(unit) ?? unit).join('، ') || say(words.anyUnit)}`
    },
    { head: say(words.may), cell: ({ role }: Actor) => html`${say(rolesInALine[role])}` },
    { head: say(words.act), cell: (person: Actor) => button(context, person) }
  ]
  return html`<p>${say(words.localLead)}</p>
<form method="post" action="/sign-in">!${hidden}!${table(context, columns, people, { caption: say(words.people) })}</form>
<h2>${say(words.another)}</h2>
<form method="post" action="/sign-in" class="form">!${hidden}!${typed ? html`<p class="error" role="alert" id="bad-person">${say(words.badPerson)}</p>` : ''}
<div class="field"><label for="id">${say(words.person)}</label><input id="id" name="id" required autocomplete="off" dir="ltr" value="${typed?.id ?? ''}"!${typed ? ' aria-describedby="bad-person"' : ''}></div>
<div class="field"><label for="role">${say(words.role)}</label><select id="role" name="role" required><option value="">${say(form.choose)}</option>!${optionsOf(
    roles,
    context
  ).map(
    ({ value, label }) =>
      html`<option value="${value}"!${value === typed?.role ? ' selected' : ''}>${label}</option>`
  )}</select></div>
<div class="field"><label for="units">${say(words.units)} <span class="optional">${say(form.optional)}</span></label><p class="hint" id="units-hint">${say(words.unitsHint)}</p><input id="units" name="units" autocomplete="off" dir="ltr" aria-describedby="units-hint" value="${typed?.units ?? ''}"></div>
<button>${say(words.signIn)}</button></form>`
}

const button = ({ say }: Context, { id, role, units }: Actor): Html =>
  html`<button name="person" value="${[role, id, units.join(',')].join(' ')}" aria-label="${say(words.as, { id, role: say(roles[role]) })}">${say(words.act)}</button>`
