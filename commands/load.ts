import type { Actor } from '../src/events/envelope.ts'
import { ownMember } from '../src/own-member.ts'
import type { Framework } from '../src/rules/framework.ts'
import { UNIT_DEPTH_MAX, type Unit } from '../src/rules/units.ts'
import type { Prepared, Situation, Target } from './command.ts'
import type { Loaded, LoadStream } from './streams.ts'

/** The target's own stream and everything else the decision may ask about. */
export interface Loading {
  own: Loaded
  situation: Situation
}

/**
 * Reads what a command is decided from. Units are followed up to the root, as far as a sound tree can go: those the
 * body names, and those that the persons concerned act for or acted for in this evaluation.
 */
export async function loadSituation(
  load: LoadStream,
  target: Target,
  { id, body }: Pick<Prepared, 'id' | 'body'>,
  actor: Actor
): Promise<Loading> {
  const own = await load(`${target}-${id}`)
  const mentioned = mentions(body)
  const frameworks = new Map<string, Framework>()
  for (const name of [...mentioned.frameworks, own.evaluation?.framework]) {
    if (name === undefined) continue
    const { framework } = await load(`framework-${name}`)
    if (framework) frameworks.set(name, framework)
  }
  const units = new Map<string, Unit>()
  const earlier = [actor.id, ...mentioned.persons].flatMap((id) => ownMember(own.persons.units, id) ?? [])
  for (const name of [...mentioned.units, own.evaluation?.unit, ...actor.units, ...earlier]) {
    await loadUp(load, name, units)
  }
  const situation: Situation = {
    unit: own.unit,
    framework: own.framework,
    evaluation: own.evaluation,
    persons: own.persons,
    unitOf: (unit) => units.get(unit),
    frameworkOf: (framework) => frameworks.get(framework)
  }
  return { own, situation }
}

async function loadUp(load: LoadStream, name: string | undefined, units: Map<string, Unit>): Promise<void> {
  for (let at = name, steps = 0; at !== undefined && !units.has(at) && steps <= UNIT_DEPTH_MAX; steps++) {
    const { unit } = await load(`unit-${at}`)
    if (!unit) return
    units.set(at, unit)
    at = unit.parent ?? undefined
  }
}

interface Mentions {
  units: string[]
  frameworks: string[]
  persons: string[]
}

/** The units, frameworks and persons (members of a panel) that a body names, whatever the command. */
function mentions(body: unknown): Mentions {
  const { unit, parent, framework, predecessors, members } = Object(body) as Record<string, unknown>
  const before = Array.isArray(predecessors) ? predecessors.map((item) => Object(item).framework) : []
  const isName = (name: unknown): name is string => typeof name === 'string'
  return {
    units: [unit, parent].filter(isName),
    frameworks: [framework, ...before].filter(isName),
    persons: Array.isArray(members) ? members.filter(isName) : []
  }
}
