/** Those who wait for something. */
export interface Waiting {
  /**
   * Resolves with what `look` says once that is not undefined any more, with false when the time is over first; rejects
   * with what it throws.
   */
  until(look: () => boolean | undefined, timeoutMs: number): Promise<boolean>
  /** Something has changed: everybody looks again. Throws nothing. */
  check(): void
}

export function createWaiting(): Waiting {
  const waiting = new Set<() => void>()
  return {
    until(look, timeoutMs) {
      const at = look()
      if (at !== undefined) return Promise.resolve(at)
      return new Promise((resolve, reject) => {
        const end = (): void => {
          clearTimeout(timer)
          waiting.delete(again)
        }
        const again = (): void => {
          try {
            const said = look()
            if (said === undefined) return
            end()
            resolve(said)
          } catch (error) {
            end()
            reject(error)
          }
        }
        const timer = setTimeout(() => {
          end()
          resolve(false)
        }, timeoutMs)
        waiting.add(again)
      })
    },
    check() {
      for (const again of [...waiting]) again()
    }
  }
}
