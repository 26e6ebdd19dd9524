import type fastCheck from 'fast-check'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { registrar } from './province.ts'
import { randomNodes } from './random-framework.ts'
import type { Step } from './random-place.ts'
import { KINDS, take } from './random-steps.ts'
import { ask, newWorld, type World } from './world.ts'

type Fc = typeof fastCheck

/** The world as a random history has left it. */
export type RandomWorld = World

interface Plan {
  frameworks: { nodes: FrameworkNode[]; spread: boolean }[]
  steps: Step[]
}

/**
 * A ledger of random frameworks, units and evaluations, live and imported, in which random people ask random things
 * of the real decisions: refused ones leave no trace. There are returns, claims and grants of not applicable, appeals,
 * reopenings and amendments in it.
 */
export const randomWorld = (fc: Fc, stepsMax = 80): fastCheck.Arbitrary<RandomWorld> =>
  fc
    .record({
      frameworks: fc.array(fc.record({ nodes: randomNodes(fc), spread: fc.boolean() }), {
        minLength: 1,
        maxLength: 2
      }),
      steps: fc.array(
        fc.record({
          kind: fc.nat(KINDS - 1),
          evaluation: fc.nat(20),
          who: fc.nat(20),
          node: fc.nat(50),
          amount: fc.nat(99_999)
        }),
        { minLength: Math.floor(stepsMax / 2), maxLength: stepsMax, size: 'max' }
      )
    })
    .map(play)

/** The events of `randomWorld`, in ledger order. */
export const randomHistory = (fc: Fc, stepsMax = 80): fastCheck.Arbitrary<LedgerEvent[]> =>
  randomWorld(fc, stepsMax).map(({ events }) => events)

function play({ frameworks, steps }: Plan): World {
  const world = newWorld()
  const name = { fa: 'نام' }
  const unit = (id: string, parent?: string) =>
    ask(
      world,
      'register-unit',
      { unit: id, name, kind: 'directorate', ...(parent ? { parent } : {}) },
      registrar
    )
  unit('organisation')
  unit('qazvin', 'organisation')
  unit('tehran', 'organisation')
  frameworks.forEach(({ nodes, spread }, i) => {
    const period = { id: String(1401 + i), title: name, startsOn: '2023-03-21', endsOn: '2024-03-19' }
    const framework = `${period.id}-x`
    const appeal = { windowDays: 3, escalationDays: 2, decisionDays: 4, instances: 2 }
    const rules = { issuedBy: 'centre', notApplicable: spread ? 'spread' : 'remove', appeal }
    ask(world, 'publish-framework', { framework, period, title: name, nodes, ...rules }, registrar)
    for (const [unit, origin] of [
      ['qazvin', 'live'],
      ['tehran', 'imported']
    ]) {
      ask(world, 'open-evaluation', { unit, framework, origin }, registrar)
    }
  })
  for (const step of steps) take(world, step)
  return world
}
