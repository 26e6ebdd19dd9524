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
import type { Loaded, LoadStream } from './streams.ts'

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
  const remember = rememberAnswers()
  return (actor) => {
    const known = new Map<string, ReturnType<LoadStream>>()
    const once: LoadStream = (stream) => {
      const loaded = known.get(stream) ?? load(stream)
      known.set(stream, loaded)
      return loaded
    }
    return async (about) => {
      if (!commands.some((command) => isOffered(command, actor))) return []
      const target = { id: about.evaluation, body: {} }
      const { own, situation } = await loadSituation(once, 'evaluation', target, actor)
      if (!situation.evaluation) return []
      const at = now()
      const restsOn = await Promise.all(known.values())
      const { id, role, units } = actor
      const question = JSON.stringify([id, role, units, about.node, about.appeal, at.slice(0, TO_THE_MINUTE)])
      return remember(own, question, restsOn, () => mayDo(situation, actor, at, about))
    }
  }
}

/** Every window is of whole days: what may be done does not change within a minute unless something happens. */
const TO_THE_MINUTE = 'YYYY-MM-DDTHH:MM'.length

/** Questions remembered about one state of an evaluation. */
const QUESTIONS_MAX = 50

interface Remembered {
  restsOn: readonly Loaded[]
  may: string[]
}

/**
 * Trying all commands takes its time, and the answer is the same until one of the streams it was made from goes on;
 * folded streams are never changed in place, so each of them stands for all that it tells.
 */
function rememberAnswers() {
  const answers = new WeakMap<Loaded, Map<string, Remembered>>()
  return (own: Loaded, question: string, restsOn: readonly Loaded[], answer: () => string[]): string[] => {
    const known = answers.get(own) ?? new Map<string, Remembered>()
    answers.set(own, known)
    const found = known.get(question)
    const holds =
      found?.restsOn.length === restsOn.length && restsOn.every((each, i) => each === found.restsOn[i])
    if (found && holds) return found.may
    if (known.size >= QUESTIONS_MAX) known.clear()
    const may = answer()
    known.set(question, { restsOn, may })
    return may
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

/** What says no whatever the node or the appeal; nothing further need be tried. */
const SAME_FOR_ALL: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'wrong-stage',
  'wrong-origin',
  'not-your-unit',
  'own-unit',
  'waived'
])

/** All nodes are disputed in one window; every decided appeal has one of its own to be taken further in. */
const inOneWindow = (command: string): boolean => command === 'file-appeal' || command === 'file-case'

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
      if (error.code === 'window-closed' && inOneWindow(command.name)) return false
    }
  }
  return false
}
