/*
 * Which commands have been used, as far as is known for certain that they have not: a Bloom filter (B. H. Bloom, "Space/time
 * trade-offs in hash coding with allowable errors", 1970) in memory that both threads see. Nearly every command is a new
 * one, and to find that out in the file would take longer than to decide it.
 */

/** Four of sixteen bits for each command: one in some hundreds that is new has to be looked up all the same. */
const BITS_EACH = 16
const PROBES = 4
const LEAST_ROOM = 65_536

export interface KnownCommands {
  /** What another thread makes the same of. */
  memory: SharedArrayBuffer
  /** By the number of a command id. */
  add(number: number): void
  /** False where it was certainly not added. */
  mayHave(number: number): boolean
}

/** Empty, with room for so many commands (a power of two); or what another thread has made. */
export function createKnownCommands(of: number | SharedArrayBuffer): KnownCommands {
  const memory = typeof of === 'number' ? new SharedArrayBuffer((of * BITS_EACH) / 8) : of
  const words = new Uint32Array(memory)
  const mask = words.length * 32 - 1
  // Double hashing: the second number is odd, so that the probes go everywhere.
  const step = (number: number): number => (Math.imul(number ^ (number >>> 15), 0x2c1b3c6d) >>> 0) | 1
  return {
    memory,
    add(number) {
      const by = step(number)
      for (let i = 0, bit = number >>> 0; i < PROBES; i++, bit = (bit + by) >>> 0) {
        const at = bit & mask
        Atomics.or(words, at >>> 5, 1 << (at & 31))
      }
    },
    mayHave(number) {
      const by = step(number)
      for (let i = 0, bit = number >>> 0; i < PROBES; i++, bit = (bit + by) >>> 0) {
        const at = bit & mask
        if ((Atomics.load(words, at >>> 5) & (1 << (at & 31))) === 0) return false
      }
      return true
    }
  }
}

/**
 * Keeps such a memory large enough for what is added. `load` gives all that is known already; `tell` is given the memory,
 * again whenever it had to be made anew. What is added is in it by the time it returns.
 */
export function rememberCommands(
  load: () => Iterable<number>,
  tell: (memory: SharedArrayBuffer) => void,
  least = LEAST_ROOM
): { add(numbers: readonly number[]): void } {
  const begin = () => {
    const known = [...load()]
    let room = least
    while (room < 2 * known.length) room *= 2
    const commands = createKnownCommands(room)
    for (const number of known) commands.add(number)
    tell(commands.memory)
    return { commands, free: room - known.length }
  }
  let { commands, free } = begin()
  return {
    add(numbers) {
      free -= numbers.length
      if (free < 0) ({ commands, free } = begin())
      for (const number of numbers) commands.add(number)
    }
  }
}
