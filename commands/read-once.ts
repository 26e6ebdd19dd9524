import { type LedgerEvent, readEvent, type StoredEvent } from '../src/events/catalogue.ts'

/** Events that were read by whoever answered for them, until they are folded. */
const answered = new WeakMap<StoredEvent, LedgerEvent>()

/** Reads an event that this process has just appended, and keeps it for whoever folds its stream next. */
export function readForAnswer(stored: StoredEvent): LedgerEvent {
  const event = readEvent(stored)
  answered.set(stored, event)
  return event
}

/** Reads an event, unless it was read for an answer: stores hand out the same object for what was appended just now. */
export function readForFold(stored: StoredEvent): LedgerEvent {
  const known = answered.get(stored)
  if (!known) return readEvent(stored)
  // A stream is folded once, so that nobody will ask again.
  answered.delete(stored)
  return known
}
