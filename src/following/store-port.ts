import type { Batch, EventStore } from '../store/event-store.ts'
import { errorOf, type FromThread, type StoreFacts, type ToThread } from './protocol.ts'

/** What of the store a follower needs. */
export type Followed = Pick<EventStore, 'end' | 'identity' | 'subscribe'>

/** The store as the thread has it: it asks the main thread, and pulls one batch after the other. */
export interface StorePort {
  store: Followed
  hear(message: Exclude<ToThread, { kind: 'call' }>): void
}

interface Pulling {
  batches: Batch[]
  over: { error: Error | null } | null
  wake: () => void
}

export function createStorePort(say: (message: FromThread) => void): StorePort {
  const questions = new Map<number, PromiseWithResolvers<unknown>>()
  const pulling = new Map<number, Pulling>()
  let numbers = 0

  const ask = <K extends keyof StoreFacts>(about: K): Promise<StoreFacts[K]> => {
    const question = ++numbers
    const asked = Promise.withResolvers<unknown>()
    questions.set(question, asked)
    say({ kind: 'question', question, about })
    // The main thread answers each question with its own kind of value; see StoreFacts.
    return asked.promise as Promise<StoreFacts[K]>
  }

  async function* subscribe(after: bigint, signal: AbortSignal): AsyncGenerator<Batch> {
    const subscription = ++numbers
    const state: Pulling = { batches: [], over: null, wake: () => {} }
    const wake = () => state.wake()
    pulling.set(subscription, state)
    signal.addEventListener('abort', wake)
    say({ kind: 'subscribe', subscription, after })
    try {
      while (!signal.aborted) {
        const batch = state.batches.shift()
        if (batch) {
          yield { ...batch, isNextAway: state.batches.length === 0 }
          say({ kind: 'taken', subscription })
        } else if (state.over) {
          if (state.over.error) throw state.over.error
          return
        } else {
          await new Promise<void>((resolve) => (state.wake = resolve))
        }
      }
    } finally {
      signal.removeEventListener('abort', wake)
      pulling.delete(subscription)
      say({ kind: 'unsubscribe', subscription })
    }
  }

  return {
    store: {
      end: () => ask('end'),
      identity: () => ask('identity'),
      subscribe: (after, _prefixes, signal) => subscribe(after, signal)
    },
    hear(message) {
      if (message.kind === 'fact') {
        const asked = questions.get(message.question)
        questions.delete(message.question)
        if ('fault' in message.answer) asked?.reject(errorOf(message.answer.fault))
        else asked?.resolve(message.answer.value)
        return
      }
      const state = pulling.get(message.subscription)
      if (!state) return
      if (message.kind === 'batch') state.batches.push(message.batch)
      else state.over = { error: message.fault && errorOf(message.fault) }
      state.wake()
    }
  }
}
