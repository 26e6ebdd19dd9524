import closeWithGrace from 'close-with-grace'
import { type Config, parseConfig } from './config.ts'
import { type Karnameh, startKarnameh } from './start.ts'
import { Damaged, ForeignStore, StoreLocked, Unavailable } from './store/event-store.ts'

/** The numbers of sysexits.h that fit. */
const EXIT = { failure: 1, unavailable: 69, cannotCreate: 73, config: 78 }

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
    complain(sentence)
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

/** What stops a start, in a sentence for whoever started it. */
function complaintOf(error: unknown): { sentence: string; code: number } {
  const sentence = error instanceof Error ? error.message : String(error)
  if (error instanceof StoreLocked || error instanceof ForeignStore)
    return { sentence, code: EXIT.cannotCreate }
  if (error instanceof Damaged || error instanceof Unavailable) return { sentence, code: EXIT.unavailable }
  switch ((error as NodeJS.ErrnoException | null)?.code) {
    case 'EADDRINUSE':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return { sentence: `Karnameh cannot listen there: ${sentence}`, code: EXIT.unavailable }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOSPC':
    case 'ENOTDIR':
      return { sentence: `Karnameh cannot write there: ${sentence}`, code: EXIT.cannotCreate }
    default:
      return { sentence: (error instanceof Error && error.stack) || sentence, code: EXIT.failure }
  }
}

const parsed = parseConfig(process.env)
if (parsed.ok) await serve(parsed.config)
else {
  complain(parsed.problems.join('\n'))
  process.exitCode = EXIT.config
}
