import { TimedOut, type Wire } from './eventstoredb-wire.ts'

/**
 * A connection that is left for a new one when somebody waited on it in vain: a node that is connected but dumb would
 * keep all later calls as well, until keep-alive notices after about twenty seconds.
 */
export function renewing(open: () => Wire): Wire {
  let current = open()
  /** Once for each connection, however many waited on it. */
  const leaving = async <T>(work: (used: Wire) => Promise<T>): Promise<T> => {
    const used = current
    try {
      return await work(used)
    } catch (error) {
      if (error instanceof TimedOut && used === current) {
        current = open()
        void used.close()
      }
      throw error
    }
  }
  return {
    append: (stream, events, expected, timeoutMs) =>
      leaving((used) => used.append(stream, events, expected, timeoutMs)),
    read: (request, timeoutMs) =>
      leaving(async (used) => {
        const call = await used.read(request, timeoutMs)
        return { ...call, next: (waitMs) => leaving(() => call.next(waitMs)) }
      }),
    close: () => current.close()
  }
}
