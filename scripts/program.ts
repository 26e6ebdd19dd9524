import { type Config, parseConfig } from '../src/config.ts'
import { complaintOf, EXIT as SERVER_EXIT } from '../src/exit.ts'

/* What programs beside the server have in common: how they end, and how they are interrupted. */

export const EXIT = {
  ...SERVER_EXIT,
  ok: 0,
  /** It ran, and the answer is no. */
  differs: 1,
  usage: 2,
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
    const { sentence, code } = complaintOf(error)
    complain(sentence)
    process.exitCode = error instanceof Complaint ? error.code : code
  }
}

/** Asked again and again by long work: true once somebody has asked the program to end. */
export function interruptions(): { isCancelled: () => boolean } {
  let cancelled = false
  // A second signal ends the process as usual.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (cancelled = true))
  return { isCancelled: () => cancelled }
}
