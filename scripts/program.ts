import { type Config, parseConfig } from '../src/config.ts'
import { Damaged, ForeignStore, StoreLocked, Unavailable } from '../src/store/event-store.ts'

/* What programs beside the server have in common: how they end, and how they are interrupted. */

export const EXIT = {
  ok: 0,
  /** It ran, and the answer is no. */
  differs: 1,
  usage: 2,
  unavailable: 69,
  cannotCreate: 73,
  config: 78,
  interrupted: 130
} as const

export const say = (line: string) => process.stdout.write(`${line}\n`)
export const complain = (line: string) => process.stderr.write(`${line}\n`)

/** Something that whoever started the program can put right, in a sentence. */
export class Complaint extends Error {
  override name = 'Complaint'
  readonly code: number
  constructor(sentence: string, code: number = EXIT.usage) {
    super(sentence)
    this.code = code
  }
}

/** Runs a program with the configuration of the environment; it ends with the status that `work` returns. */
export async function runProgram(work: (config: Config) => Promise<number>): Promise<void> {
  const parsed = parseConfig(process.env)
  if (!parsed.ok) {
    complain(parsed.problems.join('\n'))
    process.exitCode = EXIT.config
    return
  }
  try {
    process.exitCode = await work(parsed.config)
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    process.exitCode = codeOf(error)
  }
}

function codeOf(error: unknown): number {
  if (error instanceof Complaint) return error.code
  if (error instanceof StoreLocked || error instanceof ForeignStore) return EXIT.cannotCreate
  if (error instanceof Damaged || error instanceof Unavailable) return EXIT.unavailable
  return EXIT.differs
}

/** Asked again and again by long work: true once somebody has asked the program to end. */
export function interruptions(): { isCancelled: () => boolean } {
  let cancelled = false
  // A second signal ends the process as usual.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (cancelled = true))
  return { isCancelled: () => cancelled }
}
