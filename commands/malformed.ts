import type { z } from 'zod'
import { type FieldError, Refusal } from '../src/errors.ts'
import { faultFa, NO_FIELD_FA } from './malformed-fa.ts'

/** A body or a query that does not have its form, each broken place with its JSON pointer. */
export const malformed = (error: z.ZodError): Refusal =>
  new Refusal('malformed', { errors: error.issues.flatMap(fieldErrors) })

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: pointerOf([...issue.path, key]),
      detail: 'no such field',
      fa: NO_FIELD_FA
    }))
  }
  if (issue.code === 'invalid_union') return unionErrors(issue)
  return [fieldError(issue)]
}

const fieldError = (issue: z.core.$ZodIssue): FieldError => ({
  pointer: pointerOf(issue.path),
  detail: issue.message,
  fa: faultFa(issue)
})

/** What is closest to fitting tells most: the branch with the fewest faults, its places seen from the whole body. */
function unionErrors(issue: z.core.$ZodIssueInvalidUnion): FieldError[] {
  const [closest] = [...issue.errors].sort((a, b) => a.length - b.length)
  if (!closest || closest.length === 0) return [fieldError(issue)]
  return closest.flatMap((inner) => fieldErrors({ ...inner, path: [...issue.path, ...inner.path] }))
}

/** RFC 6901. */
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
