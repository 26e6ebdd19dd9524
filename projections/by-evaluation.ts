import type { EventHead } from '../src/store/event-store.ts'

/*
 * An order in which events of one stream follow each other, so that what is known of an evaluation is at hand for all of
 * them. Two events change places only where they are of different streams and neither of a framework: each stays behind
 * the event before it in its own stream, and on its side of every event of a framework. Streams come in the order in
 * which they are first met, which for evaluations is that of opening them.
 */

/** The same events in that order. */
export function byEvaluation<Event extends EventHead>(events: readonly Event[]): Event[] {
  const order = evaluationOrder()
  for (const event of events) order.add(event)
  return Array.from(order.places()).flatMap((place) => events[place] ?? [])
}

/** The order of events that are told one after the other, and need not be kept for it. */
export interface EvaluationOrder {
  add(event: Pick<EventHead, 'stream' | 'type'>): void
  /** Of all that were added, counted from 0, in the order in which they are to go. Nothing is added afterwards. */
  places(): Int32Array
}

/** Events of one stream, each of which leads to the next. */
interface Chain {
  first: number
  last: number
}

/** Takes eight bytes for each event. */
export function evaluationOrder(): EvaluationOrder {
  let [next, places] = [new Int32Array(1_024), new Int32Array(1_024)]
  let [added, ordered] = [0, 0]
  const met = new Map<string, Chain>()
  const cut = (): void => {
    for (const { first, last } of met.values()) {
      for (let place = first; place !== last; place = next[place] ?? last) places[ordered++] = place
      places[ordered++] = last
    }
    met.clear()
  }
  return {
    add({ stream, type }) {
      const place = added++
      if (place === next.length) {
        next = new Int32Array(next.buffer.transfer(2 * next.byteLength))
        places = new Int32Array(places.buffer.transfer(2 * places.byteLength))
      }
      const known = met.get(stream)
      const isApart = stream.startsWith('framework-')
      // One that was met before it was opened does not come before those that were opened meanwhile.
      if (isApart || (known && type === 'EvaluationOpened')) cut()
      if (isApart) places[ordered++] = place
      else if (known && met.size > 0) {
        next[known.last] = place
        known.last = place
      } else met.set(stream, { first: place, last: place })
    },
    places() {
      cut()
      return places.subarray(0, ordered)
    }
  }
}
