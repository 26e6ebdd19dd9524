import closeWithGrace from 'close-with-grace'
import { type Config, parseConfig } from './config.ts'
import { complaintOf, EXIT } from './exit.ts'
import { type Karnameh, startKarnameh } from './start.ts'

/** How long streams and answers under way may take to end. */
const CLOSE_MS = 10_000

const say = (sentence: string) => process.stdout.write(`${sentence}\n`)
const complain = (sentence: string) => process.stderr.write(`${sentence}\n`)

async function serve(config: Config): Promise<void> {
  let karnameh: Karnameh
  try {
    karnameh = await startKarnameh(config)
  } catch (error) {
    const { sentence, code } = complaintOf(error)
    const stack = code === EXIT.failure && error instanceof Error ? error.stack : undefined
    complain(stack ?? sentence)
    process.exitCode = code
    return
  }
  const { url, log, close } = karnameh
  closeWithGrace({ delay: CLOSE_MS, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'ends because of an error')
    else log.info({ signal }, 'ends')
    await close()
  })
  say(`Karnameh listens on ${url}`)
}

const parsed = parseConfig(process.env)
if (parsed.ok) await serve(parsed.config)
else {
  complain(parsed.problems.join('\n'))
  process.exitCode = EXIT.config
}
