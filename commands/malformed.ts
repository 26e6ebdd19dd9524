import type { z } from 'zod'
import { type FieldError, Refusal } from '../src/errors.ts'

/** A body or a query that does not have its form, each broken place with its JSON pointer. */
export const malformed = (error: z.ZodError): Refusal =>
  new Refusal('malformed', { errors: error.issues.flatMap(fieldErrors) })

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerOf([...issue.path, key]), detail: 'no such field' }))
  }
  return [{ pointer: pointerOf(issue.path), detail: issue.message }]
}

/** RFC 6901. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
