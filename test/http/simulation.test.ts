import t from 'tap'
import { league } from '../../projections/league.ts'
import { Refusal } from '../../src/errors.ts'
import { simulate } from '../../src/http/simulation.ts'
import { projected } from '../support/projected.ts'
import { commandsOf, eventsIn, ledgerOf } from '../support/random-province.ts'

t.test('whoever says that the time is over ends a simulation wherever it is', async (t) => {
  const draw = { unit: 'qazvin', leaf: 'G.1', points: 7 }
  const store = await ledgerOf([{ ...draw, act: 'claim' }])
  const reader = projected(t, league, await eventsIn(store))
  const start = { position: await store.end(), now: '2024-04-01T08:00:00.000Z' }
  const commands = commandsOf([{ ...draw, act: 'judge' }])

  let looks = 0
  const count = () => {
    looks++
  }
  const { events, refused } = await simulate({ reader, store }, commands, start, count)
  t.equal(refused, null)
  t.ok(looks > commands.length + events.length, 'it looks at the time again and again')
  for (let allowed = 0; allowed < looks; allowed++) {
    let left = allowed
    const over = () => {
      if (left-- <= 0) throw new Refusal('overloaded')
    }
    await t.rejects(simulate({ reader, store }, commands, start, over), { code: 'overloaded' })
  }
})
