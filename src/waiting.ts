/** Those who wait for something, which `check` may find to hold. */
export interface Waiting {
  /** Resolves true once it holds, false when the time is over first. */
  until(isMet: () => boolean, timeoutMs: number): Promise<boolean>
  /** Something has changed: whoever waited for it goes on. */
  check(): void
}

export function createWaiting(): Waiting {
  const waiting = new Set<() => void>()
  return {
    until(isMet, timeoutMs) {
      if (isMet()) return Promise.resolve(true)
      return new Promise((resolve) => {
        const end = (met: boolean): void => {
          clearTimeout(timer)
          waiting.delete(look)
          resolve(met)
        }
        const look = (): void => {
          if (isMet()) end(true)
        }
        const timer = setTimeout(() => end(false), timeoutMs)
        waiting.add(look)
      })
    },
    check() {
      for (const look of [...waiting]) look()
    }
  }
}
