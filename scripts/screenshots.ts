import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '../src/config.ts'
import { SESSION_COOKIE } from '../src/http/session-cookie.ts'
import { startKarnameh } from '../src/start.ts'
import { readSampleFiles } from './import/files.ts'
import { readSample } from './import/plan.ts'
import { runImport } from './import/run.ts'
import { Complaint, EXIT, runProgram, say } from './program.ts'

/*
 * Takes the pictures of the README: pages over the sample data, in a server of its own on a folder that is thrown away.
 */

const PICTURES = [
  {
    file: 'docs/node.png',
    path: '/evaluations/1402-behzisti-provincial.qazvin-behzisti/nodes/S6',
    language: 'fa'
  },
  {
    file: 'docs/evaluation.png',
    path: '/evaluations/1402-behzisti-provincial.qazvin-behzisti',
    language: 'en'
  }
] as const

const SIZE = { width: 1100, height: 850 }
const APPLY_MS = 60_000

async function takePictures(): Promise<number> {
  const executablePath = process.env.KARNAMEH_CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath))
    throw new Complaint(`There is no Chromium at ${executablePath}`, EXIT.unavailable)
  const data = mkdtempSync(join(tmpdir(), 'karnameh-'))
  const parsed = parseConfig({ KARNAMEH_DATA: data, KARNAMEH_PORT: '0', KARNAMEH_LOG_LEVEL: 'silent' })
  if (!parsed.ok) throw new Complaint(parsed.problems.join('\n'), EXIT.config)
  const karnameh = await startKarnameh(parsed.config)
  try {
    const { position } = await runImport(karnameh.handle, readSample(await readSampleFiles()).commands)
    await karnameh.runner.waitUntil(position, APPLY_MS)
    const token = await karnameh.issuer?.sign({ id: 'm-9', role: 'auditor', units: [] }, 1)
    await photograph(karnameh.url, String(token), executablePath)
  } finally {
    await karnameh.close()
    rmSync(data, { recursive: true })
  }
  return EXIT.ok
}

async function photograph(url: string, token: string, executablePath: string): Promise<void> {
  // A tool of development: the program itself never needs a browser.
  const { chromium } = await import('playwright-core')
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
  const browser = await chromium.launch({ executablePath, args })
  try {
    for (const { file, path, language } of PICTURES) {
      const context = await browser.newContext({ viewport: SIZE, baseURL: url })
      await context.addCookies([{ name: SESSION_COOKIE, value: token, url, httpOnly: true }])
      const page = await context.newPage()
      await page.goto(`${path}?lang=${language}`)
      await page.evaluate('document.fonts.ready')
      await page.screenshot({ path: file })
      await context.close()
      say(file)
    }
  } finally {
    await browser.close()
  }
}

await runProgram(takePictures)
