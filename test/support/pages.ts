import type { Actor } from '../../src/events/envelope.ts'
import type { Query } from '../../src/web/ask.ts'
import { type Context, createContext } from '../../src/web/context.ts'
import type { Language } from '../../src/web/language.ts'
import type { Answer, Headers, TestApp, Who } from './app.ts'

/* Pages as a browser gets them, and components without a server. */

/** The text of markup, as a reader sees it: without tags, white space folded. */
export const textOf = (markup: string): string =>
  markup
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_entity, code: string) => String.fromCharCode(Number(code)))
    // Marks that keep directions apart are not read.
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** The part of a page that is its own. */
export const mainOf = (markup: string): string => /<main[\s\S]*<\/main>/.exec(markup)?.[0] ?? ''

/** A page without what protects its forms, which is random and may spell anything. */
export const withoutTokens = (markup: string): string =>
  markup.replace(/name="_(csrf|key)" value="[^"]*"/g, '')

/** A page as somebody sees it. */
export async function visit({ ask }: TestApp, who: Who | null, url: string, headers: Headers = {}) {
  const answer = await ask(who, url, { headers: { accept: 'text/html', ...headers } })
  const main = mainOf(answer.payload)
  return {
    status: answer.statusCode,
    headers: answer.headers,
    html: answer.payload,
    main,
    text: textOf(main)
  }
}

/** The form of a page as it was shown: its hidden fields, and where it is sent. */
export interface OpenForm {
  action: string
  hidden: readonly (readonly [name: string, value: string])[]
}

/** A form of a page that somebody has open, to be sent at any time. */
export async function openForm(app: TestApp, who: Who, url: string, form: string): Promise<OpenForm> {
  const { main } = await visit(app, who, url)
  return formIn(main, form)
}

/** A form in the markup of a page. */
export function formIn(main: string, form: string): OpenForm {
  const markup = new RegExp(`<form[^>]*id="${form}"[\\s\\S]*?</form>`).exec(main)?.[0]
  if (!markup) throw new Error(`there is no form ${form}`)
  const hidden = [...markup.matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)]
  return {
    action: textOf(/action="([^"]*)"/.exec(markup)?.[1] ?? ''),
    hidden: hidden.map(([, name = '', value = '']) => [textOf(name), textOf(value)] as const)
  }
}

/** Sends a form that stood open, with what is typed into it besides the fields that it carries. */
export function post(
  { ask }: TestApp,
  who: Who,
  { action, hidden }: OpenForm,
  typed: Record<string, string>
): Promise<Answer> {
  const fields = new URLSearchParams()
  for (const [name, value] of [...hidden, ...Object.entries(typed)]) fields.append(name, value)
  return ask(who, action.split('#')[0] ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    payload: fields.toString()
  })
}

/** Opens a page and sends a form of it at once. */
export const send = async (
  app: TestApp,
  who: Who,
  url: string,
  form: string,
  typed: Record<string, string>
) => post(app, who, { ...(await openForm(app, who, url, form)), action: url }, typed)

/** What components are told, for tests without a server. */
export function contextOf(
  language: Language = 'fa',
  { actor = {}, path = '/', query = {} }: { actor?: Partial<Actor>; path?: string; query?: Query } = {}
): Context {
  return createContext({
    language,
    actor: { id: 'm-9', role: 'auditor', units: [], ...actor },
    isSignedIn: true,
    path,
    query,
    csrf: 'csrf',
    newKey: () => 'key',
    now: '2024-07-02T08:30:00.000Z'
  })
}
