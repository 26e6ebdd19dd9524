import { parseArgs } from 'node:util'
import { parseConfig } from '../src/config.ts'
import { Actor } from '../src/events/envelope.ts'
import { Role } from '../src/events/forms.ts'
import { complaintOf } from '../src/exit.ts'
import { openLocalIssuer } from '../src/http/local-issuer.ts'

/*
 * Prints a token of the local issuer, for trying things on one machine: the key under KARNAMEH_DATA signs it.
 */

const USAGE = `Usage: npm run -s token -- --role <role> --actor <id> [--units <unit>,<unit>] [--days <n>]
  --role   ${Role.options.join(', ')}
  --actor  who acts: 1 to 128 characters
  --units  the units the person belongs to, joined by commas
  --days   how long it holds, 1 to 3650; 30 unless given`

const EXIT_USAGE = 2
const EXIT_CONFIG = 78

const fail = (sentence: string, code: number) => {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = code
}

interface Wanted {
  actor: Actor
  days: number
}

function readArguments(): Wanted | string {
  try {
    const { values } = parseArgs({
      options: {
        role: { type: 'string' },
        actor: { type: 'string' },
        units: { type: 'string', default: '' },
        days: { type: 'string', default: '30' }
      }
    })
    const units = values.units.split(',').filter((unit) => unit !== '')
    const actor = Actor.safeParse({ id: values.actor, role: values.role, units })
    if (!actor.success) {
      return `bad or missing: ${[...new Set(actor.error.issues.map(({ path }) => OPTION[String(path[0])]))].join(', ')}`
    }
    const days = /^\d{1,4}$/.test(values.days) ? Number(values.days) : 0
    if (days < 1 || days > 3650) return 'bad: --days'
    return { actor: actor.data, days }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function print(data: string, { actor, days }: Wanted): Promise<void> {
  const issuer = await openLocalIssuer(data)
  process.stdout.write(`${await issuer.sign(actor, days)}\n`)
}

const OPTION: Record<string, string> = { id: '--actor', role: '--role', units: '--units' }

const parsed = parseConfig(process.env)
const wanted = readArguments()
if (typeof wanted === 'string') fail(`${wanted}\n${USAGE}`, EXIT_USAGE)
else if (!parsed.ok) fail(parsed.problems.join('\n'), EXIT_CONFIG)
else if (parsed.config.identity.kind === 'remote') {
  fail(
    `Tokens come from ${parsed.config.identity.issuer} here; one of our own would not be taken.`,
    EXIT_CONFIG
  )
} else {
  await print(parsed.config.data, wanted).catch((error: unknown) => {
    const { sentence, code } = complaintOf(error)
    fail(sentence, code)
  })
}
