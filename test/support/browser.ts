import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'
import { SESSION_COOKIE } from '../../src/http/session-cookie.ts'
import type { Language } from '../../src/web/language.ts'
import type { TestApp, Who } from './app.ts'

/* A real browser, where the machine has one: the system's Chromium, which nothing here downloads. */

const PATHS = [process.env.KARNAMEH_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser']
const executable = PATHS.find((path) => path !== undefined && existsSync(path))

/** Why there is no browser to test with, said loudly; false where there is one. */
export const noBrowser: string | false = executable
  ? false
  : 'NO BROWSER: no Chromium at /usr/bin/chromium (or KARNAMEH_CHROMIUM); pages are not tested in a browser'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

export const WIDE = { width: 1280, height: 900 }
export const NARROW = { width: 360, height: 740 }

/** A browser that ends with the test. */
export async function openBrowser(t: Test): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: executable ?? '', args: ARGUMENTS })
  t.teardown(() => browser.close())
  return browser
}

interface Reader {
  language?: Language
  viewport?: { width: number; height: number }
  script?: boolean
}

/** A browser of somebody who has signed in. Whatever it asks of other hosts fails the test. */
export async function browserOf(
  t: Test,
  browser: Browser,
  app: TestApp,
  who: Who,
  { language = 'fa', viewport = WIDE, script = true }: Reader = {}
): Promise<BrowserContext> {
  const locale = language === 'fa' ? 'fa-IR' : 'en-GB'
  const context = await browser.newContext({ locale, viewport, javaScriptEnabled: script, baseURL: app.url })
  const { authorization = '' } = await app.bearer(who)
  const value = authorization.slice('Bearer '.length)
  await context.addCookies([
    { name: SESSION_COOKIE, value, url: app.url, httpOnly: true, sameSite: 'Lax' },
    { name: 'karnameh_lang', value: language, url: app.url }
  ])
  context.on('request', (request) => {
    if (!request.url().startsWith(app.url) && !request.url().startsWith('data:'))
      t.fail(`the page asks ${request.url()}`)
  })
  context.on('weberror', (error) => t.fail(`the page throws: ${error.error().message}`))
  context.on('console', (message) => {
    if (message.type() === 'error') t.fail(`${message.page()?.url()} complains: ${message.text()}`)
  })
  return context
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  nodes: { target: string[]; failureSummary?: string }[]
}

/** What axe-core finds on a page, a line each. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const violations = (await page.evaluate('axe.run().then(({ violations }) => violations)')) as Violation[]
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')} (${nodes[0]?.failureSummary})`
  )
}

/** How far a page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
