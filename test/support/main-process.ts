import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Test } from 'tap'

/** The server as a process of its own. */
export interface MainProcess {
  child: ChildProcess
  /** What it has said so far. */
  heard: { out: string; err: string }
  /** Its status; null where a signal ended it. */
  ended: Promise<number | null>
  /** Where it listens, once it does; rejects with what it said when it ends before. */
  url(): Promise<string>
}

/** Starts the server with nothing of our environment; it ends with the test at the latest. */
export function startMain(t: Test, env: Readonly<Record<string, string>>): MainProcess {
  const child = spawn(process.execPath, ['src/main.ts'], { env })
  t.teardown(() => child.kill('SIGKILL'))
  const heard = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    heard.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    heard.err += text
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const url = async () => {
    while (!heard.out.includes('\n')) {
      if (child.exitCode !== null) throw new Error(heard.err)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    return /http:\S+/.exec(heard.out)?.[0] ?? ''
  }
  return { child, heard, ended, url }
}
