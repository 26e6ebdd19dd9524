import type { StoredEvent } from '../events/catalogue.ts'
import { type Batch, STREAM_PREFIXES, Unavailable } from '../store/event-store.ts'
import { type FromThread, faultOf, type ToThread } from './protocol.ts'
import type { Followed } from './store-port.ts'

/* Gives the thread what it asks of the store. */

export interface Feed {
  hear(message: Exclude<FromThread, { kind: 'answer' | 'moved' | 'commands' | 'trouble' }>): void
  /** Ends all subscriptions, and questions that the store has not answered; resolves when nobody reads it any more. */
  end(): Promise<void>
}

interface Subscription {
  abort: AbortController
  /** How much is in each batch that is with the thread and was not taken yet. */
  away: Amount[]
  wake: () => void
  ended: Promise<void>
}

interface Amount {
  events: number
  characters: number
}

/** While it catches up so much is with the thread, that it has the next events when it has applied the ones before. */
const AWAY_MOST: Amount = { events: 12_000, characters: 32 * 1024 * 1024 }

/** Where it is live, the store is asked for more when this was applied: it leaves busy readers alone for longer. */
const isEnough = (away: readonly Amount[], isLive: boolean): boolean => {
  if (isLive || away.length === 0) return away.length > 0
  let [events, characters] = [0, 0]
  for (const each of away) {
    events += each.events
    characters += each.characters
  }
  return events >= AWAY_MOST.events || characters >= AWAY_MOST.characters
}

const amountOf = ({ events }: Batch): Amount => {
  let characters = 0
  for (const { data, metadata } of events) characters += data.length + metadata.length
  // What only says up to where it was looked is something to be taken, too.
  return { events: Math.max(events.length, 1), characters }
}

/** `sent` is told of all events on their way, which the thread has not applied yet. */
export function createFeed(
  store: Followed,
  say: (message: ToThread) => void,
  sent: (events: readonly StoredEvent[]) => void
): Feed {
  const subscriptions = new Map<number, Subscription>()
  let isEnded = false
  const ended = Promise.withResolvers<never>()
  ended.promise.catch(() => {})

  const pump = async (subscription: number, after: bigint, state: Subscription): Promise<void> => {
    const { signal } = state.abort
    let fault = null
    try {
      for await (const batch of store.subscribe(after, STREAM_PREFIXES, signal)) {
        if (signal.aborted) return
        sent(batch.events)
        say({ kind: 'batch', subscription, batch })
        state.away.push(amountOf(batch))
        while (isEnough(state.away, batch.caughtUp) && !signal.aborted)
          await new Promise<void>((resolve) => (state.wake = resolve))
      }
    } catch (error) {
      fault = faultOf(error)
    } finally {
      if (!signal.aborted) say({ kind: 'over', subscription, fault })
    }
  }

  const ask = async (question: number, about: 'end' | 'identity'): Promise<void> => {
    try {
      say({ kind: 'fact', question, answer: { value: await Promise.race([store[about](), ended.promise]) } })
    } catch (error) {
      say({ kind: 'fact', question, answer: { fault: faultOf(error) } })
    }
  }

  const end = (subscription: number): Promise<void> | undefined => {
    const state = subscriptions.get(subscription)
    subscriptions.delete(subscription)
    state?.abort.abort()
    state?.wake()
    return state?.ended
  }

  return {
    hear(message) {
      if (message.kind === 'question') return void ask(message.question, message.about)
      const { subscription } = message
      if (message.kind === 'unsubscribe') return void end(subscription)
      const state = subscriptions.get(subscription)
      if (message.kind === 'taken') {
        state?.away.shift()
        return state?.wake()
      }
      if (isEnded) return say({ kind: 'over', subscription, fault: null })
      const fresh: Subscription = {
        abort: new AbortController(),
        away: [],
        wake: () => {},
        ended: Promise.resolve()
      }
      subscriptions.set(subscription, fresh)
      fresh.ended = pump(subscription, message.after, fresh)
    },
    async end() {
      isEnded = true
      ended.reject(new Unavailable('nobody follows the store any more'))
      await Promise.all([...subscriptions.keys()].map(end))
    }
  }
}
