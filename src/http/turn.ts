/*
 * What is done for many requests one after another costs a fraction of what it costs in between other things: a processor
 * forgets what it has not done for some microseconds. So what can wait until the end of this turn of the event loop is done
 * then, for all that have come by it.
 */

/**
 * So many are enough: the first need not wait for more. Where there are twice as many callers, one half of them is decided
 * while the other is on its way to the disk, else all of them would move in step and both take turns. To wake the thread that
 * appends is dear, so that many more parts would cost more than they bring.
 */
const GATHERED_MAX = 25

/** Makes the function that waits for the end of the turn, or until enough others have asked in it. */
export function endOfTurn(): () => Promise<void> {
  let waiting = 0
  let gathered: { promise: Promise<void>; resolve: () => void } | undefined
  const end = () => {
    gathered?.resolve()
    gathered = undefined
    waiting = 0
  }
  return () => {
    if (!gathered) {
      gathered = Promise.withResolvers<void>()
      setImmediate(end)
    }
    const { promise } = gathered
    waiting += 1
    if (waiting === GATHERED_MAX) end()
    return promise
  }
}

/** So many things are done at once where others are answered in between. */
const AT_ONCE = 25

/** The same things, a few in each turn of the event loop: for what takes a millisecond each and is of no moment that passes. */
export async function* inTurns<T>(things: Iterable<T>): AsyncGenerator<T> {
  let done = 0
  for (const thing of things) {
    if (done++ === AT_ONCE) {
      done = 1
      await new Promise((resolve) => setImmediate(resolve))
    }
    yield thing
  }
}

/** Does something with all that was given by callbacks that run together, after the last of them; `flush` does at once what waits. */
export function gathering<T>(work: (all: readonly T[]) => void): { give(one: T): void; flush(): void } {
  let given: T[] = []
  const flush = () => {
    const all = given
    given = []
    if (all.length > 0) work(all)
  }
  return {
    give(one) {
      if (given.push(one) === 1) process.nextTick(flush)
    },
    flush
  }
}
