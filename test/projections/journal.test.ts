import t from 'tap'
import { journal, positionAt } from '../../projections/journal.ts'
import { commandStream, ledger, momentOf } from '../../projections/ledger.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { eventsOf, type Happening } from '../support/history.ts'
import { projected } from '../support/projected.ts'

/** Events that were recorded at these minutes past twelve, in this order; the n-th is a unit of its own. */
const recordedAt = (...minutes: number[]): LedgerEvent[] =>
  eventsOf(
    minutes.map(
      (minute, i): Happening => ({
        type: 'UnitRegistered',
        data: { unit: `u-${i}`, name: { fa: '-' }, kind: 'office' },
        at: instant(minute)
      })
    )
  )

const instant = (minute: number) => `2024-05-01T12:0${minute}:00.000Z`

t.test('an instant stands for the position before the first event recorded after it', async (t) => {
  const reader = projected(t, journal, recordedAt(1, 2, 4))
  const at = (when: string) => positionAt(reader, when)
  t.strictSame(
    [0, 1, 2, 3, 4, 5].map((minute) => at(instant(minute))),
    [0n, 1n, 2n, 2n, 3n, 3n]
  )
  t.equal(at('2024-05-01T12:01:59.999Z'), 1n, 'a millisecond before')
})

t.test('events of one instant stand or fall together', async (t) => {
  const reader = projected(t, journal, recordedAt(1, 2, 2, 2, 3))
  t.strictSame(
    [1, 2, 3].map((minute) => positionAt(reader, instant(minute))),
    [1n, 4n, 5n]
  )
})

t.test('where clocks disagree the order of the ledger decides', async (t) => {
  // The second event says 12:05, and the ones behind it an earlier time.
  const reader = projected(t, journal, recordedAt(1, 5, 3, 4, 6))
  t.strictSame(
    [0, 1, 3, 4, 5, 6].map((minute) => positionAt(reader, instant(minute))),
    [0n, 1n, 1n, 1n, 4n, 5n],
    'none of them is counted before the one that stands before it'
  )
  const own = projected(t, ledger, recordedAt(1, 5, 3, 4, 6))
  t.strictSame(momentOf(own, 3n), { position: 3n, at: instant(3) }, 'each keeps its own time')
})

t.test('a long ledger keeps its instants in rows of many, and finds each of them', async (t) => {
  const events = recordedAt(...Array.from({ length: 500 }, () => 0)).map((event, i) => {
    // Three events at each instant, now and then one that was recorded earlier, at positions far apart.
    const minute = Math.floor(i / 3) * 3 + (i % 17 === 16 ? -5 : 0)
    const recordedAt = new Date(Date.UTC(2024, 4, 1) + minute * 60_000).toISOString()
    return { ...event, position: BigInt(10 * (i + 1)), metadata: { ...event.metadata, recordedAt } }
  })
  const naive = (instant: string): bigint => {
    const after = events.findIndex(({ metadata }) => metadata.recordedAt > instant)
    return after === 0 ? 0n : (events.at(after < 0 ? -1 : after - 1)?.position ?? 0n)
  }
  const instants = Array.from({ length: 520 }, (_, minute) =>
    new Date(Date.UTC(2024, 4, 1) + (minute - 5) * 60_000).toISOString()
  )
  const whole = projected(t, journal, events)
  t.strictSame(
    instants.map((instant) => positionAt(whole, instant)),
    instants.map(naive)
  )
})

t.test('a position stands for the newest event at or below it', async (t) => {
  const events = recordedAt(1, 2, 3).map((event, i) => ({ ...event, position: BigInt(10 * (i + 1)) }))
  const reader = projected(t, ledger, events)
  t.strictSame(momentOf(reader, 9n), { position: 0n, at: null }, 'before all of them')
  t.strictSame(momentOf(reader, 10n), { position: 10n, at: instant(1) })
  t.strictSame(momentOf(reader, 29n), { position: 20n, at: instant(2) }, 'where no record starts')
  t.strictSame(momentOf(reader, 10n ** 15n), { position: 30n, at: instant(3) })
})

t.test('an empty ledger has no moments', async (t) => {
  const reader = projected(t, journal, [])
  t.equal(positionAt(reader, instant(1)), 0n)
  const empty = projected(t, ledger, [])
  t.strictSame(momentOf(empty, 5n), { position: 0n, at: null })
  t.equal(commandStream(empty, 'a command'), undefined)
})

t.test('a command is remembered with the stream it was first used for', async (t) => {
  const [first, second, third] = recordedAt(1, 2, 3)
  if (!first || !second || !third) throw new Error('three events')
  const { commandId } = first.metadata
  const reused = { ...second, metadata: { ...second.metadata, commandId, causationId: commandId } }
  const reader = projected(t, ledger, [first, reused, third])
  t.equal(commandStream(reader, commandId), 'unit-u-0')
  t.equal(commandStream(reader, third.metadata.commandId), 'unit-u-2')
  t.equal(commandStream(reader, second.metadata.commandId), undefined)

  const [one, other] = [first, second].map((event, i) => ({
    ...event,
    metadata: { ...event.metadata, commandId: third.metadata.commandId, causationId: `${i}` }
  }))
  if (!one || !other) throw new Error('two events')
  t.equal(
    commandStream(projected(t, ledger, [one, other, third]), third.metadata.commandId),
    'unit-u-0',
    'that answer others'
  )
  t.equal(commandStream(projected(t, ledger, [third, one]), third.metadata.commandId), 'unit-u-2')
})
