import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { explain } from '../../projections/explanation.ts'
import { play } from '../../projections/history.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { type Points, parsePoints } from '../../src/points.ts'
import { randomHistory } from '../support/random-ledger.ts'

/** In units of 1/10 000 point; a missing figure counts as 0, a loss is negative. */
function units(text: string | null | undefined): Points {
  if (text == null) return 0
  return text.startsWith('-') ? -parsePoints(text.slice(1)) : parsePoints(text)
}

/** The events of each evaluation with those of its framework. */
function cases(history: readonly LedgerEvent[]): LedgerEvent[][] {
  const opened = history.flatMap((event) => (event.type === 'EvaluationOpened' ? [event.data] : []))
  return opened.map(({ evaluation, framework }) =>
    history.filter(
      ({ stream }) => stream === `evaluation-${evaluation}` || stream === `framework-${framework}`
    )
  )
}

t.test('the deltas of every node add up to what stands less what is claimed', async (t) => {
  const seen = new Map<string, number>()
  fc.assert(
    fc.property(randomHistory(fc, 120), (history) => {
      for (const events of cases(history)) {
        const steps = play(events)
        for (const code of steps.at(-1)?.after.tree.order ?? []) {
          const found = explain(steps, code)
          assert.ok(found, code)
          const sum = found.steps.reduce((total, { delta }) => total + units(delta), 0)
          assert.equal(sum, units(found.standing?.points) - units(found.self?.points), code)
          for (const [i, { before }] of found.steps.entries()) {
            if (i > 0)
              assert.equal(before, found.steps[i - 1]?.after, 'each step begins where the last one ended')
          }
          assert.equal(found.steps.at(-1)?.after ?? null, found.standing?.points ?? null)
          for (const { type, delta } of found.steps) {
            if (delta !== null && delta !== '0') seen.set(type, (seen.get(type) ?? 0) + 1)
          }
        }
      }
    }),
    { numRuns: 200 }
  )
  for (const type of ['ScoreOverridden', 'NotApplicableGranted', 'ReturnedForCorrection', 'AppealDecided'])
    t.ok(seen.get(type), `${type} has moved figures in these histories`)
})
