import { parseArgs } from 'node:util'
import closeWithGrace from 'close-with-grace'
import { type Config, parseConfig } from '../src/config.ts'
import { complaintOf } from '../src/exit.ts'
import { type Karnameh, startKarnameh } from '../src/start.ts'
import { type DemoFacts, DISPUTED, gatherFacts } from './demo/gather.ts'
import { createProgress } from './demo/progress.ts'
import { reportLines } from './demo/report.ts'
import { whereToLook } from './demo/where-to-look.ts'
import type { Lang } from './demo/words.ts'
import { readSampleFiles } from './import/files.ts'
import { type ImportPlan, readSample } from './import/plan.ts'
import { type ImportResult, runImport } from './import/run.ts'
import { EXIT } from './program.ts'

/*
 * Imports three real years of one provincial office through the commands, prints what the ledger says about them, and
 * serves until stopped. What is there already is found and not added again.
 */

const USAGE = `Usage: npm run demo [-- [--lang fa|en] [--exit]]
  --lang  the language of titles and headings; fa unless given
  --exit  ends after printing`

/** How long projections may take to apply the import, and streams to end. */
const APPLY_MS = 60_000
const CLOSE_MS = 10_000

const print = (lines: readonly string[]) => process.stdout.write(`${lines.join('\n')}\n`)
const complain = (sentence: string, code: number) => {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = code
}

interface Wishes {
  lang: Lang
  exit: boolean
}

function readWishes(): Wishes | string {
  try {
    const { values } = parseArgs({
      options: { lang: { type: 'string', default: 'fa' }, exit: { type: 'boolean' } }
    })
    const { lang, exit = false } = values
    return lang === 'fa' || lang === 'en' ? { lang, exit } : `--lang is fa or en, not ${lang}`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function importSample({ handle }: Karnameh, plan: ImportPlan, lang: Lang): Promise<ImportResult> {
  const progress = createProgress(plan.commands.length, lang === 'fa' ? 'ورود داده‌ها' : 'Import')
  try {
    return await runImport(handle, plan.commands, progress.show)
  } finally {
    progress.end()
  }
}

async function askProjections(
  { runner, reads }: Karnameh,
  plan: ImportPlan,
  newest: bigint
): Promise<DemoFacts> {
  if (!(await runner.waitUntil(newest, APPLY_MS))) {
    throw new Error('the projections did not apply the import in time')
  }
  return gatherFacts(runner.reader, reads.store, plan.unplaced)
}

const importLine = ({ added, found }: ImportResult, lang: Lang): string =>
  lang === 'fa'
    ? `ورود داده‌ها: ${added} رویداد افزوده شد؛ ${found} فرمان از پیش انجام شده بود.`
    : `Import: ${added} events added; ${found} commands had been done before.`

async function run(config: Config, { lang, exit }: Wishes): Promise<void> {
  const plan = readSample(await readSampleFiles())
  let imported = false
  const karnameh = await startKarnameh(config, { isPrepared: () => imported })
  try {
    const result = await importSample(karnameh, plan, lang)
    const facts = await askProjections(karnameh, plan, result.position)
    imported = true
    print([importLine(result, lang), ...reportLines(facts, { lang, isolate: process.stdout.isTTY === true })])
    print(whereToLook({ url: karnameh.url, evaluation: facts.latest.evaluation, node: DISPUTED, lang }))
  } catch (error) {
    await karnameh.close()
    throw error
  }
  print([`Karnameh listens on ${karnameh.url}`])
  if (exit) await karnameh.close()
  else closeWithGrace({ delay: CLOSE_MS, logger: false }, () => karnameh.close())
}

/** What stops the demo, in a sentence for whoever started it. */
function complainAbout(error: unknown): void {
  const { sentence, code } = complaintOf(error)
  complain(sentence, code)
}

const wishes = readWishes()
// Between tables nobody looks for the log of requests; who does sets the variable.
const parsed = parseConfig({ KARNAMEH_LOG_LEVEL: 'warn', ...process.env })
if (typeof wishes === 'string') complain(`${wishes}\n${USAGE}`, EXIT.usage)
else if (!parsed.ok) complain(parsed.problems.join('\n'), EXIT.config)
else await run(parsed.config, wishes).catch(complainAbout)
