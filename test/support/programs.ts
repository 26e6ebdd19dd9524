import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'

/* The programs in `scripts`, each as a process of its own that knows nothing but the variables it is given. */

export interface Ended {
  /** Null where a signal ended it. */
  code: number | null
  out: string
  err: string
}

export interface Program {
  child: ChildProcess
  ended: Promise<Ended>
}

export type Variables = Readonly<Record<string, string>>

/** Starts a program; it ends with the test at the latest. */
export function startProgram(t: Test, name: string, env: Variables, ...args: string[]): Program {
  const child = spawn(process.execPath, [`scripts/${name}.ts`, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  t.teardown(() => child.kill('SIGKILL'))
  const said = { out: '', err: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code, ...said }))
  return { child, ended }
}

/** Runs a program to its end. */
export const runProgram = (t: Test, name: string, env: Variables, ...args: string[]): Promise<Ended> =>
  startProgram(t, name, env, ...args).ended

/** Sends a signal to a program as soon as it has begun its work, and waits for its end. */
export async function signalled(
  { child, ended }: Program,
  signal: NodeJS.Signals,
  hasBegun: () => boolean | Promise<boolean>
): Promise<Ended> {
  while (child.exitCode === null && child.signalCode === null && !(await hasBegun())) await sleep(2)
  child.kill(signal)
  return ended
}
