import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Config } from '../src/config.ts'
import { type AnyAddress, parseAddress } from '../src/store/address.ts'
import { openTarget, type Target } from './copy/endpoint.ts'
import { createProgress } from './demo/progress.ts'
import { generateLedger, type LedgerPlan } from './generate/ledger.ts'
import { Complaint, complain, EXIT, interruptions, runProgram, say } from './program.ts'

/*
 * Fills an empty store with a ledger as some years of a large body would leave it: for trying things out at the size
 * they will have, and for measuring. Everything in it went through the commands that everybody uses.
 */

const USAGE = `Usage: npm run generate -- [--units 2000] [--years 3] [--nodes 80] [--appeals 5] [--seed 1] [--events <n>] [--to <store>]
  --units    that are judged, besides their headquarters and provinces
  --years    in which they are judged
  --nodes    of the framework of a year, about
  --appeals  so many of a hundred judged leaves are appealed
  --seed     the same one gives the same ledger
  --events   stop soon after so many
  --to       an empty store, file:<path>, esdb://… or ndjson:<path>; KARNAMEH_STORE unless given`

const count = (most: number) => z.coerce.number().int().min(1).max(most)
const Options = z.strictObject({
  units: count(100_000).default(2_000),
  years: count(20).default(3),
  nodes: count(1_000).min(8).default(80),
  appeals: z.coerce.number().min(0).max(100).default(5),
  seed: z.string().min(1).max(100).default('1'),
  events: count(1_000_000_000).optional(),
  to: z.string().optional()
})

function readOptions(config: Config): { plan: LedgerPlan; to: AnyAddress } {
  const fail = (why: string) => new Complaint(`${why}\n${USAGE}`)
  const names = Object.keys(Options.shape)
  try {
    const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
    const parsed = Options.safeParse(parseArgs({ options }).values)
    if (!parsed.success) throw fail(z.prettifyError(parsed.error))
    const { to: text, ...plan } = parsed.data
    const to = text === undefined ? config.store : parseAddress(text)
    if (!to) throw fail(`${text} names no store`)
    return { plan, to }
  } catch (error) {
    throw error instanceof Complaint ? error : fail(error instanceof Error ? error.message : String(error))
  }
}

async function requireEmpty(target: Target): Promise<void> {
  for await (const { id } of target.events())
    throw new Complaint(
      `The store holds events already (the first is ${id}); nothing was written.`,
      EXIT.cannotCreate
    )
}

/** A little more than such a plan has yielded for an evaluation of eighty nodes. */
const EVENTS_PER_NODE = 2.1

const expected = ({ units, years, nodes, events }: LedgerPlan): number =>
  Math.min(events ?? Number.POSITIVE_INFINITY, Math.round(units * years * nodes * EVENTS_PER_NODE))

async function generate(config: Config): Promise<number> {
  const { plan, to } = readOptions(config)
  const target = await openTarget(to, config)
  const progress = createProgress(expected(plan), 'Generate')
  const { isCancelled } = interruptions()
  const begun = performance.now()
  let events = 0
  let cancelled = false
  try {
    await requireEmpty(target)
    for (const chunk of generateLedger(plan)) {
      events += await target.write(chunk)
      progress.show(events)
      // Signals are heard only between two rounds of the event loop.
      await new Promise(setImmediate)
      cancelled = isCancelled()
      if (cancelled) break
    }
    await target.finish()
  } finally {
    progress.end()
    await target.close()
  }
  const seconds = (performance.now() - begun) / 1000
  if (cancelled) {
    complain(
      `Interrupted: ${events} events are there, and all of them are sound. Begin again with an empty store.`
    )
    return EXIT.interrupted
  }
  say(`Generated ${events} events in ${seconds.toFixed(1)} s`)
  return EXIT.ok
}

await runProgram(generate)
