import { Refusal } from '../src/errors.ts'
import type { Actor } from '../src/events/envelope.ts'
import type { RefusalCode } from '../src/refusals.ts'
import type { AppealFile } from '../src/rules/appeals.ts'
import { commands } from './catalogue.ts'
import type { AnyCommand, Circumstances, Situation } from './command.ts'
import { requireOpen } from './define.ts'
import { loadSituation } from './load.ts'
import { appealProbes, nodeProbes, type Probes, wholeProbes } from './may-probes.ts'
import type { Open } from './situation.ts'
import type { LoadStream } from './streams.ts'

/*
 * What somebody may do next, so that no page has to guess: every command is tried with a body that asks for as little
 * as can be, and the real decision says yes or no. Nothing is stored, and no rule is written a second time.
 */

/** What is asked about: an evaluation as a whole, one node of it, or one appeal. */
export interface Subject {
  evaluation: string
  node?: string
  appeal?: string
}

/** Names of the commands that could succeed now, in the order of the catalogue. */
export type MayOf = (about: Subject) => Promise<string[]>

/** For one person and one moment; streams are read once however much is asked. */
export type May = (actor: Actor) => MayOf

export function createMay(load: LoadStream, now: () => string): May {
  return (actor) => {
    const known = new Map<string, ReturnType<LoadStream>>()
    const once: LoadStream = (stream) => {
      const loaded = known.get(stream) ?? load(stream)
      known.set(stream, loaded)
      return loaded
    }
    return async (about) => {
      if (!commands.some((command) => isOffered(command, actor))) return []
      const { situation } = await loadSituation(once, 'evaluation', { id: about.evaluation, body: {} }, actor)
      return situation.evaluation ? mayDo(situation, actor, now(), about) : []
    }
  }
}

const isOffered = ({ target, roles }: AnyCommand, { role }: Actor): boolean =>
  target === 'evaluation' && roles.includes(role)

/** The same from what is known: pure. */
export function mayDo(situation: Situation, actor: Actor, now: string, about: Subject): string[] {
  const open = requireOpen(situation, about.evaluation)
  const circumstances: Circumstances = { actor, now, ulid: () => '01J00000000000000000000000' }
  const bodies = bodiesFor(open, about)
  return commands
    .filter((command) => isOffered(command, actor))
    .filter((command) => succeeds(command, bodies(command.name), situation, circumstances))
    .map(({ name }) => name)
}

/** Bodies to try, by command; made one by one, since most often the first says it all. */
function bodiesFor(open: Open, { evaluation, node, appeal }: Subject): (command: string) => Iterable<object> {
  const { appeals } = open.evaluation
  const all = Object.values(appeals)
  const nodes = node === undefined ? open.tree.order.slice(1) : [node]
  const about: readonly AppealFile[] =
    appeal === undefined
      ? all.filter((each) => node === undefined || each.node === node)
      : all.filter((each) => each.appeal === appeal)
  return function* bodies(command) {
    const probes = <T>(from: Probes<T>, of: T): object[] =>
      Object.hasOwn(from, command) ? (from[command]?.(of, open) ?? []) : []
    const tried = (body: object) => ({ evaluation, ...body })
    if (node === undefined && appeal === undefined) yield* probes(wholeProbes, null).map(tried)
    if (appeal === undefined) for (const code of nodes) yield* probes(nodeProbes, code).map(tried)
    for (const file of about) yield* probes(appealProbes, file).map(tried)
  }
}

/** What says no whatever the node; no further node need be tried. */
const SAME_FOR_ALL: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'wrong-stage',
  'wrong-origin',
  'not-your-unit',
  'own-unit',
  'waived',
  'window-closed'
])

/** Refusals that only say that the body must say more. */
const SAY_MORE: Readonly<Partial<Record<RefusalCode, string>>> = {
  incomplete: 'submit-self-assessment',
  'which-question': 'provide-appeal-information'
}

function succeeds(
  command: AnyCommand,
  bodies: Iterable<object>,
  situation: Situation,
  circumstances: Circumstances
): boolean {
  for (const body of bodies) {
    try {
      command.prepare(body).decide(situation, circumstances)
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (SAY_MORE[error.code] === command.name) return true
      if (SAME_FOR_ALL.has(error.code)) return false
    }
  }
  return false
}
