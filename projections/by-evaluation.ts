import type { EventHead } from '../src/store/event-store.ts'

/**
 * The same events in an order in which those of one stream follow each other, so that what is known of an evaluation is
 * at hand for all of them. Two events change places only where they are of different streams and neither of a framework:
 * each stays behind the event before it in its own stream, and on its side of every event of a framework. Streams come in
 * the order in which they are first met, which for evaluations is that of opening them.
 */
export function byEvaluation<Event extends EventHead>(events: readonly Event[]): Event[] {
  const ordered: Event[] = []
  const met = new Map<string, Event[]>()
  const cut = (): void => {
    for (const stream of met.values()) for (const event of stream) ordered.push(event)
    met.clear()
  }
  for (const event of events) {
    const known = met.get(event.stream)
    const isApart = event.stream.startsWith('framework-')
    // One that was met before it was opened does not come before those that were opened meanwhile.
    if (isApart || (known && event.type === 'EvaluationOpened')) cut()
    if (isApart) ordered.push(event)
    else if (known && met.size > 0) known.push(event)
    else met.set(event.stream, [event])
  }
  cut()
  return ordered
}
