import { setImmediate as nextTurn } from 'node:timers/promises'
import t from 'tap'
import { endOfTurn, gathering, inTurns } from '../../src/http/turn.ts'

t.test(
  'who waits for the end of a turn goes on together with others, and soon when there are many',
  async (t) => {
    const turn = endOfTurn()
    const gone: string[] = []
    const wait = (name: string) => turn().then(() => gone.push(name))
    const all = [wait('a'), wait('b')]
    await Promise.resolve()
    await Promise.resolve()
    t.strictSame(gone, [], 'not before its end')
    await nextTurn()
    t.strictSame(gone, ['a', 'b'])
    for (let i = 0; i < 26; i++) all.push(wait(`c-${i}`))
    await Promise.resolve()
    await Promise.resolve()
    t.equal(gone.length, 27, 'enough have come')
    await Promise.all(all)
    t.equal(gone.length, 28, 'and the last one is not forgotten')
  }
)

t.test('what was given together is worked on once, in order, or when it is asked for', async (t) => {
  const seen: (readonly number[])[] = []
  const { give, flush } = gathering<number>((all) => seen.push(all))
  process.nextTick(give, 1)
  process.nextTick(give, 2)
  t.strictSame(seen, [])
  await nextTurn()
  t.strictSame(seen, [[1, 2]])
  give(3)
  flush()
  t.strictSame(seen, [[1, 2], [3]])
  give(4)
  await nextTurn()
  flush()
  t.strictSame(seen, [[1, 2], [3], [4]])
})

t.test('of many things a few are done in each turn', async (t) => {
  let turns = 0
  let isOver = false
  const count = () => {
    turns += 1
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  const seen: number[] = []
  for await (const thing of inTurns(Array.from({ length: 101 }, (_, i) => i))) seen.push(thing)
  isOver = true
  t.strictSame(
    seen,
    Array.from({ length: 101 }, (_, i) => i)
  )
  t.ok(turns >= 4 && turns <= 6, `${turns} turns`)
})
