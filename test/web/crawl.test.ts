import t from 'tap'
import { member, ofQazvin, SECRET, seedAllKinds } from '../support/all-kinds.ts'
import { positionsOf, startTestApp } from '../support/app.ts'
import { crawl, type Visited } from '../support/crawl.ts'
import { textOf, withoutTokens } from '../support/pages.ts'
import { auditor, expert, registrar, viewer } from '../support/rehearsal.ts'

/*
 * Every page that can be reached by links, over a ledger with something of everything, as each kind of person and in both
 * languages. The ledger's reasons and names hold markup, which must never become any.
 */

/** What no page may say, whatever it shows. */
const WRONG: Readonly<Record<string, RegExp>> = {
  'markup of a person': /<i>|<i |onerror=/,
  'escaped twice': /&#38;#\d+;|&#38;(lt|gt|amp|quot);/,
  'a place that nobody filled': /\{[a-z]+\}(?![^<]*")/i,
  'something that is no words': /\b(undefined|NaN)\b|\[object |(?<!<code)>null</,
  'a style that is refused': / style="/
}

function faultsOf({ html, main, url, from, status }: Visited): string[] {
  if (status !== 200) return [`${url} (from ${from}): ${status} ${textOf(main).slice(0, 200)}`]
  return Object.entries(WRONG).flatMap(([what, pattern]) => {
    const hit = pattern.exec(html)
    return hit ? [`${url}: ${what}: …${html.slice(Math.max(0, hit.index - 60), hit.index + 60)}…`] : []
  })
}

t.test('every link leads to a page that says what it should', async (t) => {
  const app = await startTestApp(t)
  await seedAllKinds(app)
  await app.settled()
  const people = { auditor, registrar, expert, member, ofQazvin, viewer }
  for (const [name, who] of Object.entries(people)) {
    await t.test(name, async (t) => {
      const visited = await crawl(app, who, {
        from: ['/'],
        query: name === 'registrar' ? 'lang=en' : 'lang=fa'
      })
      t.strictSame(visited.flatMap(faultsOf), [])
      t.ok(visited.length > (who === viewer ? 20 : 30), `${visited.length} pages`)
      if (who !== viewer) return
      const told = visited.filter(({ html }) => SECRET.test(withoutTokens(html)))
      t.strictSame(
        told.map(({ url }) => url),
        [],
        'readers of figures are not told who, why and on what letter'
      )
    })
  }
  await t.test('as of the past', async (t) => {
    const thirtieth = (await positionsOf(app))[29]
    const visited = await crawl(app, auditor, { from: [`/?period=1401&asOf=${thirtieth}`], ofKind: 4 })
    t.strictSame(visited.flatMap(faultsOf), [])
  })
})
