import { z } from 'zod'

/**
 * The columns of a table whose rows have a form, in the order of the form: whatever the rows are, and if there are none,
 * its head is the same, so that the pages of a list can be put together. Members of members have dotted names; what may
 * have one member or another has one column.
 */
export function columnsOfForm(form: z.ZodObject): string[] {
  return Object.entries(form.shape).flatMap(([name, member]) => {
    const inner = membersOf(member)
    return inner ? columnsOfForm(inner).map((column) => `${name}.${column}`) : [name]
  })
}

/** The form of what a member has itself; null where it is one value, or where rows may differ in what it has. */
function membersOf(form: unknown): z.ZodObject | null {
  if (form instanceof z.ZodNullable || form instanceof z.ZodOptional) return membersOf(form.unwrap())
  if (!(form instanceof z.ZodObject)) return null
  const { catchall } = form.def
  return catchall === undefined || catchall instanceof z.ZodNever ? form : null
}

/** The columns of a list, by the form of its answer; null where an answer is no list. */
export function columnsOfList(answer: z.ZodType): string[] | null {
  const items = answer instanceof z.ZodObject ? answer.shape.items : undefined
  const item = items instanceof z.ZodArray ? items.element : undefined
  return item instanceof z.ZodObject ? columnsOfForm(item) : null
}
