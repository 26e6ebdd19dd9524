import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Bench, benches } from './bench/table.ts'
import { Complaint, complain, EXIT } from './program.ts'

/*
 * Runs benchmarks one after another, each in a process of its own, so that no heap or cache of one meets another. The
 * figures are lines of JSON on standard output, progress is on standard error.
 */

const USAGE = `Usage: npm run bench [-- <name>…] [--quick]
${Object.entries(benches)
  .map(([name, { summary }]) => `  ${name.padEnd(14)} ${summary}`)
  .join('\n')}
  --quick        a hundredth of the work and one round: whether it runs, not how fast`

function readArguments(): { chosen: Bench[]; options: string[] } {
  const fail = (why: string) => new Complaint(`${why}\n${USAGE}`)
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean', default: false } }
    })
    const names = positionals.length > 0 ? positionals : Object.keys(benches)
    const chosen = names.map((name) => {
      const found = Object.hasOwn(benches, name) ? benches[name] : undefined
      if (!found) throw fail(`There is no benchmark ${name}`)
      return found
    })
    return { chosen, options: values.quick ? ['--quick'] : [] }
  } catch (error) {
    throw error instanceof Complaint ? error : fail(error instanceof Error ? error.message : String(error))
  }
}

/** The status it ends with; that of a failure where a signal ended it. */
const run = ({ file }: Bench, options: string[]): Promise<number> =>
  new Promise((resolve, reject) => {
    const program = fileURLToPath(new URL(`./bench/${file}`, import.meta.url))
    const child = spawn(process.execPath, [...process.execArgv, program, ...options], { stdio: 'inherit' })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? EXIT.differs))
  })

async function runAll(): Promise<number> {
  const { chosen, options } = readArguments()
  let status: number = EXIT.ok
  for (const bench of chosen) {
    const ended = await run(bench, options)
    if (ended !== EXIT.ok) complain(`${bench.file} ended with status ${ended}`)
    status = Math.max(status, ended)
  }
  return status
}

try {
  process.exitCode = await runAll()
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
  process.exitCode = error instanceof Complaint ? error.code : EXIT.differs
}
