/** Something that goes on over time: it acts, says after how many milliseconds it goes on, and acts again. */
export type Play = Generator<number, void, void>

interface Appointment {
  at: number
  /** What was arranged first comes first. */
  order: number
  play: Play
}

/**
 * Many plays side by side, as life has it: the one that is due first goes on next. `onTime` is told what the clock shows
 * before anything happens; time never runs backwards.
 */
export function createAgenda(onTime: (at: number) => void) {
  const heap: Appointment[] = []
  let orders = 0
  let now = Number.NEGATIVE_INFINITY

  const add = (at: number, play: Play): void => {
    heap.push({ at: Math.max(at, now), order: orders++, play })
    rise(heap)
  }
  return {
    add,
    /** Lets the next play act once; false when there is nothing left to do. */
    step(): boolean {
      const due = takeFirst(heap)
      if (!due) return false
      now = due.at
      onTime(now)
      const { value, done } = due.play.next()
      if (!done) add(now + value, due.play)
      return true
    }
  }
}

export type Agenda = ReturnType<typeof createAgenda>

const isBefore = (a: Appointment, b: Appointment): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order)

/* A binary heap in a list: what stands at i is before what stands at 2i + 1 and 2i + 2. */

function rise(heap: Appointment[]): void {
  let at = heap.length - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    if (!swapIfBefore(heap, at, above)) return
    at = above
  }
}

function takeFirst(heap: Appointment[]): Appointment | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (last && heap.length > 0) {
    heap[0] = last
    sink(heap)
  }
  return first
}

function sink(heap: Appointment[]): void {
  let at = 0
  for (;;) {
    const [left, right] = [2 * at + 1, 2 * at + 2]
    const [a, b] = [heap[left], heap[right]]
    const next = a && b && isBefore(b, a) ? right : left
    if (!swapIfBefore(heap, next, at)) return
    at = next
  }
}

function swapIfBefore(heap: Appointment[], lower: number, upper: number): boolean {
  const [below, above] = [heap[lower], heap[upper]]
  if (!below || !above || !isBefore(below, above)) return false
  heap[lower] = above
  heap[upper] = below
  return true
}
