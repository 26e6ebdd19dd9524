import { sha256 } from '../../src/ids.ts'

/** Chance that follows from a seed alone: the same seed gives the same ledger, on any machine, for ever. */
export interface Random {
  /** At least 0 and less than 1. */
  next(): number
  /** A whole number, both ends possible. */
  between(least: number, most: number): number
  /** True so many times in a hundred. */
  percent(chance: number): boolean
  of<T>(list: readonly [T, ...T[]]): T
  /** Some of a list, in the order of the list, each with so many chances in a hundred. */
  some<T>(list: readonly T[], chance: number): T[]
  /** Hexadecimal digits. */
  hex(digits: number): string
  /** Another source, which what happens to this one does not disturb. */
  fork(label: string): Random
}

/** A source of 128 bits of state (Marsaglia's xorshift), begun from a hash of the seed. */
export function randomFrom(seed: string): Random {
  const hash = sha256(seed)
  let [a = 1, b = 2, c = 3, d = 4] = [0, 8, 16, 24].map((at) => Number.parseInt(hash.slice(at, at + 8), 16))
  const bits = (): number => {
    const mixed = a ^ (a << 11)
    ;[a, b, c] = [b, c, d]
    d = (d ^ (d >>> 19) ^ mixed ^ (mixed >>> 8)) >>> 0
    return d
  }
  const next = () => bits() / 2 ** 32
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    between,
    percent: (chance) => next() * 100 < chance,
    of: (list) => list[between(0, list.length - 1)] ?? list[0],
    some: (list, chance) => list.filter(() => next() * 100 < chance),
    hex(digits) {
      let text = ''
      while (text.length < digits) text += bits().toString(16).padStart(8, '0')
      return text.slice(0, digits)
    },
    fork: (label) => randomFrom(`${seed}/${label}`)
  }
}
