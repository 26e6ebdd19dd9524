import { html } from 'ghtml'
import { isFor } from '../http/access.ts'
import { caseReaders, ledgerReaders } from '../http/access-table.ts'
import type { AsOf } from '../http/moment.ts'
import type { Context } from './context.ts'
import { directionOf } from './language.ts'
import type { Filter, Html } from './page.ts'
import { hiddenQuery } from './parts/filters.ts'
import { frame } from './words/frame.ts'
import { eventTypes, roles } from './words/terms.ts'

/* What stands around every page: the same in both languages, mirrored. */

/** Addresses of what a page loads; they change with what they hold. */
export interface Assets {
  styles: string
  script: string
}

export interface Sheet {
  title: string
  body: Html
  asOf: AsOf | null
  filters: readonly Filter[]
  /** The stream whose events change this page; every event where it is empty. Null: the page does not change. */
  live: { about: string; isTyped: boolean } | null
  /** Whether what is shown can be taken away as a file. */
  hasFile: boolean
}

const NAVIGATION = [
  { path: '/', word: frame.league, who: 'anyone' },
  { path: '/evaluations', word: frame.evaluations, who: 'anyone' },
  { path: '/discrepancies', word: frame.discrepancies, who: 'anyone' },
  { path: '/appeals', word: frame.appeals, who: caseReaders },
  { path: '/trail', word: frame.trail, who: 'anyone' },
  { path: '/events', word: frame.events, who: ledgerReaders },
  { path: '/operations', word: frame.operations, who: ledgerReaders }
] as const

/** Where the note stands that something was recorded. */
export const DONE = 'done'

/** A whole page as it is sent. */
export function documentOf(context: Context, assets: Assets, sheet: Sheet): Html {
  const { language, say } = context
  const live = sheet.live
    ? html` data-live="${sheet.live.about}" data-typed="${String(sheet.live.isTyped)}" data-position="${sheet.asOf?.position ?? '0'}" data-past="${String(context.query.asOf !== undefined)}"`
    : ''
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${sheet.title} · ${say(frame.product)}</title>
<link rel="stylesheet" href="${assets.styles}"><link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script src="${assets.script}" defer></script></head>
<body!${live} data-fresh="${say(frame.fresh)}" data-fresh-typed="${say(frame.freshTyped)}">
<a class="skip" href="#content">${say(frame.skip)}</a>
!${header(context)}
!${banner(context, sheet.asOf)}
<main id="content" tabindex="-1">
!${printHead(context, sheet)}!${doneNote(context)}<h1>${sheet.title}</h1>
!${sheet.body}
</main>
<div id="fresh" class="fresh" role="status" aria-live="polite"></div>
!${footer(context, sheet)}
</body></html>`
}

function header(context: Context): Html {
  const { say, language } = context
  const other = language === 'fa' ? 'en' : 'fa'
  const turn = html`<a href="${context.here({ lang: other })}" lang="${other}" hreflang="${other}">${say(frame.otherLanguage)}</a>`
  const brand = html`<a class="brand" href="${context.link('/')}">${say(frame.product)}</a>`
  if (!context.isSignedIn) return html`<header class="top">!${brand}<div class="who">!${turn}</div></header>`
  return html`<header class="top">!${brand}!${navigation(context)}<div class="who">!${turn}!${reader(context)}</div></header>`
}

function navigation(context: Context): Html {
  const { say, actor } = context
  const items = NAVIGATION.filter(({ who }) => isFor({ who }, actor)).map(({ path, word }) => {
    const here = path === '/' ? context.path === '/' : context.path.startsWith(path)
    return html`<li><a href="${context.link(path)}"!${here ? ' aria-current="page"' : ''}>${say(word)}</a></li>`
  })
  return html`<nav aria-label="${say(frame.menu)}"><ul>!${items.join('')}</ul></nav>`
}

const reader = ({ say, actor, csrf }: Context): Html =>
  html`<span><bdi>${actor.id}</bdi> · ${say(roles[actor.role])}</span>
<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="${csrf}"><button class="quiet">${say(frame.signOut)}</button></form>`

/** Which moment is shown, never out of sight while it is not the present one, and the way to another. */
function banner(context: Context, asOf: AsOf | null): Html {
  if (!asOf) return ''
  const { say, query } = context
  const isPast = query.asOf !== undefined
  const what = isPast ? frame.asOfPast : frame.asOfNow
  const words =
    asOf.at === null
      ? say(isPast ? frame.asOfBefore : frame.asOfNothing)
      : say(what, { position: context.format.number(asOf.position), at: context.format.moment(asOf.at) })
  const back = isPast
    ? html` <a class="back" href="${context.here({ asOf: undefined })}">${say(frame.backToNow)}</a>`
    : ''
  const unsettled = asOf.settled === false ? html` <span class="note">${say(frame.unsettled)}</span>` : ''
  return html`<div class="moment!${isPast ? ' past' : ''}" role="region" aria-label="${say(frame.moment)}"><p><strong id="position">${words}</strong>!${unsettled}!${back}</p>
<details><summary>${say(frame.moment)}</summary><form method="get" action="${context.path}">!${hiddenQuery(context, ['asOf', 'date', 'position'])}
<label>${say(frame.momentDate)} <input name="date" size="10" inputmode="numeric" autocomplete="off" dir="ltr"></label>
<label>${say(frame.momentPosition)} <input name="position" size="8" inputmode="numeric" autocomplete="off" dir="ltr"></label>
<button>${say(frame.show)}</button></form></details></div>`
}

/** On paper: what the sheet was filtered by and when it was printed; the moment stands in the banner. */
function printHead(context: Context, { filters }: Sheet): Html {
  const chosen = filters
    .filter(({ name }) => context.query[name])
    .map(({ name, label }) => `${context.say(label)}: ${context.query[name]}`)
  const printed = context.say(frame.printedOn, { at: context.format.moment(context.now) })
  return html`<p class="print-only">${[...chosen, printed].join(' · ')}</p>`
}

function doneNote(context: Context): Html {
  if (!context.done) return ''
  const [type = '', position = ''] = context.done.split('.')
  const word = Object.hasOwn(eventTypes, type) ? eventTypes[type as keyof typeof eventTypes] : null
  if (!word || !/^\d+$/.test(position)) return ''
  const values = { command: context.say(word), position: context.format.number(position) }
  return html`<p class="done" id="${DONE}" role="status">${context.say(frame.done, values)}</p>`
}

function footer(context: Context, { hasFile }: Sheet): Html {
  const { say } = context
  const files = ['csv', 'json'].map(
    (kind) => html`<a href="${context.here({ export: kind })}" download>${kind.toUpperCase()}</a>`
  )
  return html`<footer>!${hasFile ? html`<p class="files">${say(frame.takeAway)} !${files.join(' ')}</p>` : ''}<p><a href="/docs" lang="en" dir="ltr">API</a></p></footer>`
}
