import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { numberOf } from '../../projections/volumes.ts'
import { createKnownCommands, rememberCommands } from '../../src/following/known-commands.ts'

t.test('what was added is never said to be new, in either thread', async (t) => {
  const isKept = fc.property(
    fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 500 }),
    (numbers) => {
      const known = createKnownCommands(64)
      for (const number of numbers) known.add(number)
      const seen = createKnownCommands(known.memory)
      return numbers.every((number) => known.mayHave(number) && seen.mayHave(number))
    }
  )
  t.doesNotThrow(() => fc.assert(isKept))
})

t.test('hardly anything that is new has to be looked up', async (t) => {
  const ids = (count: number) => Array.from({ length: count }, () => numberOf(randomUUID()))
  const known = createKnownCommands(16_384)
  for (const number of ids(16_384)) known.add(number)
  const looked = ids(20_000).filter(known.mayHave).length
  t.ok(looked < 400, `${looked} of 20000`)
})

t.test('the memory grows with what is known, and forgets nothing', async (t) => {
  const rows = Array.from({ length: 10 }, (_, i) => i)
  const told: SharedArrayBuffer[] = []
  const { add } = rememberCommands(
    () => rows,
    (memory) => told.push(memory),
    16
  )
  const isKnown = (number: number) => createKnownCommands(told.at(-1) ?? 1).mayHave(number)
  t.ok(rows.every(isKnown), 'what the rows know')
  for (let number = 10; number < 500; number += 5) {
    const added = [0, 1, 2, 3, 4].map((i) => number + i)
    rows.push(...added)
    add(added)
    t.ok(rows.every(isKnown), `${rows.length} commands`)
  }
  t.ok(told.length >= 3 && told.length < 10, `${told.length} memories`)
})
