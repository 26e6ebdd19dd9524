import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { pages } from '../../src/web/all-pages.ts'
import { ofQazvin, seedAllKinds } from '../support/all-kinds.ts'
import { startTestApp, type TestApp, type Who } from '../support/app.ts'
import { barriers, browserOf, NARROW, noBrowser, openBrowser, overflow, WIDE } from '../support/browser.ts'
import { crawl, type Visited } from '../support/crawl.ts'
import {
  auditor,
  expert,
  QAZVIN,
  registrar,
  rehearsalFramework,
  rehearsalNodes,
  submitRehearsal
} from '../support/rehearsal.ts'

/*
 * Every kind of page in a real browser: no barrier that axe-core knows of, in both languages, wide and narrow; nothing
 * wider than a narrow window, nor at twice the size of letters.
 */

if (noBrowser)
  process.stderr.write(`\n${'!'.repeat(noBrowser.length)}\n${noBrowser}\n${'!'.repeat(noBrowser.length)}\n\n`)

interface Address {
  url: string
  who: Who
}

/** One address for each page of the list, the one with the most to show, and who sees it. */
async function addressesOf(app: TestApp): Promise<Address[]> {
  const visited: (Visited & Address)[] = []
  for (const who of [auditor, ofQazvin, expert, registrar]) {
    for (const page of await crawl(app, who, { from: ['/'] })) {
      if (page.status === 200) visited.push({ ...page, who })
    }
  }
  return pages.flatMap(({ path }) => {
    const pattern = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`)
    const [fullest] = visited
      .filter(({ url }) => pattern.test(url.split('?')[0] ?? ''))
      .sort((a, b) => b.main.length - a.main.length)
    return fullest ? [{ url: fullest.url, who: fullest.who }] : []
  })
}

t.test('pages in a browser', { skip: noBrowser }, async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const browser = await openBrowser(t)
  const addresses = await addressesOf(app)
  t.ok(addresses.length >= pages.length - 2, `${addresses.length} of ${pages.length} kinds of pages`)

  for (const language of ['fa', 'en'] as const) {
    for (const [name, viewport] of Object.entries({ wide: WIDE, narrow: NARROW })) {
      await t.test(`no barriers: ${language}, ${name}`, async (t) => {
        await lookAt(t, { app, addresses, browser, language, viewport })
      })
    }
  }
})

interface Looking {
  app: TestApp
  addresses: readonly Address[]
  browser: Awaited<ReturnType<typeof openBrowser>>
  language: 'fa' | 'en'
  viewport: { width: number; height: number }
}

async function lookAt(t: Test, { app, addresses, browser, language, viewport }: Looking): Promise<void> {
  const open = new Map<Who, Page>()
  for (const { url: address, who } of addresses) {
    const page =
      open.get(who) ?? (await (await browserOf(t, browser, app, who, { language, viewport })).newPage())
    open.set(who, page)
    await page.goto(address)
    t.strictSame(await barriers(page), [], address)
    t.ok((await overflow(page)) <= 0, `${address} is not wider than its window`)
    if (viewport === NARROW) continue
    // Twice the size of letters is half the width.
    await page.setViewportSize({ width: viewport.width / 2, height: viewport.height / 2 })
    t.ok((await overflow(page)) <= 0, `${address} is not wider than its window at 200 %`)
    await page.setViewportSize(viewport)
  }
  for (const page of open.values()) await page.context().close()
}

t.test(
  'words without a break wrap, and lists count in the language of the page',
  { skip: noBrowser },
  async (t) => {
    const app = await startTestApp(t)
    const word = 'بی‌فاصله'.repeat(12)
    const nodes = rehearsalNodes.map((node) => ({ ...node, title: { fa: `${node.code} ${word}`, en: word } }))
    await submitRehearsal(app, { ...rehearsalFramework, title: { fa: word }, nodes })
    await app.settled()
    const browser = await openBrowser(t)
    const context = await browserOf(t, browser, app, expert, { viewport: NARROW })
    const page = await context.newPage()
    const at = `/evaluations/${QAZVIN}`
    const node = `${at}/nodes/G.1.a`
    for (const url of ['/', at, node, `${at}/self?node=G.1.a`, `${at}/review?node=G.1.a`, '/units/qazvin']) {
      await page.goto(url)
      t.ok((await overflow(page)) <= 0, `${url} is not wider than its window`)
    }
    await page.goto(node)
    const kinds =
      "[...document.querySelectorAll('ol, .path ol')].map((ol) => getComputedStyle(ol).listStyleType)"
    t.ok(((await page.evaluate(kinds)) as string[]).every((kind) => ['none', 'persian'].includes(kind)))
    const letters = await page.evaluate(
      "document.body.insertAdjacentHTML('beforeend', '<ol id=x></ol>'), getComputedStyle(document.getElementById('x')).listStyleType"
    )
    t.equal(letters, 'persian')
  }
)
