import type { Test } from 'tap'
import { commandNamed } from '../../commands/catalogue.ts'
import type { AnyCommand, Decision, Situation } from '../../commands/command.ts'
import { NOBODY } from '../../commands/persons.ts'
import { Refusal } from '../../src/errors.ts'
import { catalogue, type EventTypeName, type Fact } from '../../src/events/catalogue.ts'
import type { Actor } from '../../src/events/envelope.ts'
import type { RefusalCode } from '../../src/refusals.ts'
import { fold } from './fold.ts'
import { eventNumber, eventsOf, type Happening } from './history.ts'

/** The n-th ULID (from 0) that a decision is handed. */
export const ulidNumber = (n: number): string => `01J0000000000000000000000${n}`

/** What is asked of a decision. `causedBy` is only compared where it is named. */
type Expected = Fact & { causedBy?: string | undefined }

/**
 * `given(...facts).when(command, body, who).expect(t, ...facts)`, or `.refused(t, code, event)`. The facts are folded by
 * the rules themselves; the body of a command about an evaluation may leave out its id where there is only one. `at`
 * is the clock; unless given it shows a minute after the last fact.
 */
export function given(...facts: Happening[]) {
  const events = eventsOf(facts)
  const known = fold(events)
  const last = events.at(-1)?.metadata.recordedAt ?? '2024-03-20T06:00:00.000Z'
  const nextMinute = new Date(Date.parse(last) + 60_000).toISOString()

  const situationOf = (command: AnyCommand, id: string): Situation => ({
    unit: command.target === 'unit' ? (known.units[id] ?? null) : null,
    framework: command.target === 'framework' ? (known.frameworks[id] ?? null) : null,
    evaluation: known.evaluations[id] ?? null,
    persons: known.persons[id] ?? NOBODY,
    unitOf: (unit) => known.units[unit],
    frameworkOf: (framework) => known.frameworks[framework]
  })

  const when = (name: string, body: object, who: Actor, at = nextMinute) => {
    const command = commandNamed(name)
    if (!command) throw new Error(`no command ${name}`)
    const [only] = Object.keys(known.evaluations)
    const needsId = command.target === 'evaluation' && name !== 'open-evaluation'
    const asked = needsId ? { evaluation: only, ...body } : body
    const decide = (): Decision[] => {
      const prepared = command.prepare(asked)
      const circumstances = { actor: who, now: at, ulid: ulidNumber }
      return prepared.decide(situationOf(command, prepared.id), circumstances)
    }
    return outcomeOf(name, decide)
  }
  return { events, known, when }
}

function outcomeOf(name: string, decide: () => Decision[]) {
  return {
    decide,
    /** These facts, no more and no fewer, and such as can be stored. */
    expect: (t: Test, ...expected: Expected[]) => {
      const decided = decide()
      const bare = decided.map(({ causedBy, ...fact }, i) =>
        Object.hasOwn(expected[i] ?? {}, 'causedBy') ? { ...fact, causedBy } : fact
      )
      t.strictSame(bare, expected, `${name} → ${expected.map(({ type }) => type).join(', ')}`)
      for (const { type, data } of decided) t.ok(catalogue[type].data.parse(data), `${type} can be stored`)
    },
    /** This refusal, with the event that stands in the way (by number, from 1) where one is named. */
    refused: (t: Test, code: RefusalCode, event?: number, params: Record<string, string> = {}) => {
      try {
        const decided = decide()
        t.fail(`${name} must be refused with ${code}`, { decided })
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        t.equal(error.code, code, `${name} is refused: ${code}`)
        if (event !== undefined) t.equal(error.event, eventNumber(event), `${code} names event ${event}`)
        t.match(error.params, params, 'and says about what')
      }
    },
    /** The body does not have its form. */
    malformed: (t: Test) => t.throws(decide, { name: 'ZodError' }, `${name} is malformed`)
  }
}

/** A fact that somebody brought about. */
export const fact = <T extends EventTypeName>(
  type: T,
  data: Fact<T>['data'],
  by: Partial<Actor> = {}
): Happening<T> => ({ type, data, by }) as unknown as Happening<T>
