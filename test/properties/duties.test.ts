import fc from 'fast-check'
import t from 'tap'
import { duties } from '../../projections/duties.ts'
import { DUTY_KINDS } from '../../projections/duty-rules.ts'
import { type DutyRow, dutyRows } from '../../projections/duty-tables.ts'
import { fold } from '../../projections/memory.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { lineOf, naiveDuties } from '../support/naive-duties.ts'
import { violations } from '../support/naive-violations.ts'
import { playCase } from '../support/random-case.ts'

const RUNS = 20_000

const history = fc.array(fc.maxSafeNat(), { minLength: 15, maxLength: 45 })

/** The list as of a position, straight from the rows. */
function listed(rows: readonly DutyRow[], at: bigint): string[] {
  const held = rows.filter(
    ({ from_position: from, to_position: to }) => from <= at && (to === null || to > at)
  )
  return held
    .map(({ node, appeal, since, parts, notes, ...row }) =>
      lineOf({
        ...row,
        node: node || null,
        appeal: appeal || null,
        since: String(since),
        parts: [...parts],
        notes: [...notes]
      })
    )
    .sort()
}

/** A history in short, for reading what went wrong. */
function told(events: readonly LedgerEvent[]): string {
  return events
    .map(({ id, type, stream, metadata, data }) =>
      [
        id.slice(0, 8),
        type,
        stream,
        metadata.actor.id,
        metadata.actor.units.join('+'),
        JSON.stringify(data)
      ].join(' ')
    )
    .join('\n')
}

t.test('nobody judges in a case of their own, and the list has whatever an auditor should see', async (t) => {
  const kinds = new Set<string>()
  let decisions = 0
  const property = fc.property(history, fc.nat(), (numbers, cut) => {
    const events = playCase(numbers)
    const found = violations(events)
    if (found.length > 0) throw new Error(`${found.join('\n')}\n${told(events)}`)
    const rows = fold(duties, events).rows(dutyRows)
    // Every fourth history is also looked at as of some moment on the way.
    const moments = cut % 4 === 0 ? [events, events.slice(0, 1 + (cut % events.length))] : [events]
    for (const past of moments) {
      const [expected, got] = [naiveDuties(past).join('\n'), listed(rows, BigInt(past.length)).join('\n')]
      if (expected !== got) throw new Error(`expected\n${expected}\ngot\n${got}\n${told(past)}`)
    }
    for (const { kind } of rows) kinds.add(kind)
    decisions += events.filter(({ type }) => type === 'AppealDecided').length
  })
  const { failed, numRuns, errorInstance } = fc.check(property, { numRuns: RUNS })
  t.notOk(failed, failed ? String(errorInstance) : 'no violation and no difference')
  t.equal(numRuns, RUNS)
  // Histories that never come so far would prove nothing.
  t.ok(decisions > RUNS / 20, `${decisions} appeals were decided`)
  const never = DUTY_KINDS.filter((kind) => !kinds.has(kind))
  t.strictSame(never, ['decided-two-instances'], 'only what is always refused never comes about')
})
