import type { Readable } from 'node:stream'
import { inTime, type WireCall, type WireMessage } from './eventstoredb-wire.ts'

/**
 * Messages of a read one by one. Nothing is taken from the stream before it is asked for, so that a slow reader slows
 * down the server instead of filling the memory. What came before an error is handed out first.
 */
export function createIncoming<T>(
  call: Readable & { cancel(): void },
  messageOf: (message: T) => WireMessage
): WireCall {
  let failure: { error: unknown } | undefined
  let isOver = false
  let wake = () => {}
  call.on('readable', () => wake())
  call.on('end', () => {
    isOver = true
    wake()
  })
  call.on('error', (error: unknown) => {
    failure ??= { error }
    wake()
  })

  const poll = (): WireMessage | null => {
    const message: T | null = call.read()
    return message === null ? null : messageOf(message)
  }
  const wait = async (): Promise<WireMessage | null> => {
    for (;;) {
      const message = poll()
      if (message) return message
      if (failure) throw failure.error
      if (isOver) return null
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { poll, next: (timeoutMs) => inTime(wait(), timeoutMs), cancel: () => call.cancel() }
}
