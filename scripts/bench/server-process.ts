import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server in a process of its own. */
export interface ServerProcess {
  url: string
  /** Resolves when the process has ended. */
  stop(): Promise<void>
}

/** Starts a program that says its address in its first line, and waits for that. */
export async function startServer(
  program: string,
  env: Record<string, string>,
  input?: string
): Promise<ServerProcess> {
  const file = fileURLToPath(new URL(program, import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [...process.execArgv, file], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['pipe', 'pipe', 'ignore']
  })
  const ended = once(child, 'exit')
  // Also where the benchmark fails: nobody else would stop it.
  process.once('exit', () => child.kill('SIGTERM'))
  child.stdin?.end(input)
  const address = new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const url = /\b\w+:\/\/\S+(?=\s)/.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`${program} ended with status ${code} before it listened`)))
  })
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  try {
    return { url: await address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
