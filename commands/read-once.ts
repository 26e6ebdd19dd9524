import { type LedgerEvent, readEvent, type StoredEvent } from '../src/events/catalogue.ts'

const seen = new WeakMap<StoredEvent, LedgerEvent>()

/**
 * `readEvent`, once for each object: what a process has just appended is handed out as the same object to whoever answers
 * the command and to whoever folds the stream for the next one. Nobody changes what comes from here.
 */
export function readOnce(stored: StoredEvent): LedgerEvent {
  const known = seen.get(stored)
  if (known) return known
  const event = readEvent(stored)
  seen.set(stored, event)
  return event
}
