import { type RefusalCode, refusals } from './refusals.ts'

/** One broken place in what a caller sent: a JSON pointer and a sentence, in Persian as well where there is one. */
export interface FieldError {
  pointer: string
  detail: string
  fa?: string
}

export interface RefusalDetails {
  /** Fills the `{…}` places of the sentence. */
  params?: Record<string, string | number> | undefined
  /** The id of the event that forbids the act, or of the newer event after a lost race. */
  event?: string | null | undefined
  errors?: FieldError[] | undefined
}

/** The one way to say no: a stable code, a status and the event that stands in the way. Nothing was changed. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: RefusalCode
  readonly status: number
  readonly params: Record<string, string | number>
  readonly event: string | null
  readonly errors: FieldError[] | null

  constructor(code: RefusalCode, { params = {}, event = null, errors }: RefusalDetails = {}) {
    const { status, detail } = refusals[code]
    // An answer, not a fault: nobody asks where it was thrown, and finding that out is most of what it would cost.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(fill(detail.en, params))
    Error.stackTraceLimit = stackTraceLimit
    this.code = code
    this.status = status
    this.params = params
    this.event = event
    this.errors = errors ?? null
  }
}

/** Puts parameters into a sentence: `fill('{node} is unknown', { node: 'G1' })`. */
export const fill = (sentence: string, params: Record<string, string | number>): string =>
  sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place))
