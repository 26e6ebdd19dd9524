/** Those who wait for something. */
export interface Waiting {
  /** Resolves with what `look` says once that is not undefined any more, with false when the time is over first. */
  until(look: () => boolean | undefined, timeoutMs: number): Promise<boolean>
  /** Something has changed: everybody looks again. */
  check(): void
}

export function createWaiting(): Waiting {
  const waiting = new Set<() => void>()
  return {
    until(look, timeoutMs) {
      const at = look()
      if (at !== undefined) return Promise.resolve(at)
      return new Promise((resolve) => {
        const end = (said: boolean): void => {
          clearTimeout(timer)
          waiting.delete(again)
          resolve(said)
        }
        const again = (): void => {
          const said = look()
          if (said !== undefined) end(said)
        }
        const timer = setTimeout(() => end(false), timeoutMs)
        waiting.add(again)
      })
    },
    check() {
      for (const again of [...waiting]) again()
    }
  }
}
