import { numberOf } from '../../projections/volumes.ts'

/** Two texts with the same number, which begin alike: among so many there are some. */
export function alike(beginning: string): [string, string] {
  const seen = new Map<number, string>()
  for (let i = 0; ; i++) {
    const text = `${beginning}${i}`
    const before = seen.get(numberOf(text))
    if (before !== undefined) return [before, text]
    seen.set(numberOf(text), text)
  }
}
