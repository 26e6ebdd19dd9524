import t from 'tap'
import type { Standing } from '../../projections/standing.ts'
import { createUnderway } from '../../src/following/underway.ts'
import { eventsOf } from '../support/history.ts'
import { registered } from '../support/province.ts'
import { storedOf } from '../support/server.ts'

const events = eventsOf(['a', 'b', 'c', 'd', 'e'].map((unit) => registered(unit))).map(storedOf)
const at = (...seen: bigint[]): Standing => ({
  projections: [],
  tracks: seen.map((each) => ({ names: [], seen: each, ended: false })),
  isReady: true
})
const positions = (of: readonly { position: bigint }[]) => of.map(({ position }) => position)

t.test('events are told when they have been applied, once and in order', async (t) => {
  const underway = createUnderway()
  t.strictSame(underway.applied(at(2n)), [], 'nobody is told what stood at the beginning')
  underway.sent(events.slice(0, 4))
  t.strictSame(underway.applied(at(2n)), [])
  t.strictSame(positions(underway.applied(at(3n))), [3n])
  underway.sent(events.slice(4))
  t.strictSame(positions(underway.applied(at(5n))), [4n, 5n])
  t.strictSame(underway.applied(at(5n)), [])
})

t.test('whoever is behind brings nothing that was told, and tells nothing ahead of the others', async (t) => {
  const underway = createUnderway()
  underway.applied(at(3n, 0n))
  underway.sent(events.slice(3))
  underway.sent(events)
  t.strictSame(underway.applied(at(3n, 5n)), [], 'only those who are not behind count')
  t.strictSame(positions(underway.applied(at(5n, 5n))), [4n, 5n])
})
