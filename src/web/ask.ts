import type { Language } from '../http/accept.ts'
import type { App } from '../http/app-type.ts'
import type { Problem } from '../http/problem.ts'

/*
 * Pages are readers of the API like anybody else: they ask it in this process, with the caller's own token, so that
 * there is one place that decides who sees what. Nothing is known to a page that the API would not tell its reader.
 */

export type Query = Readonly<Record<string, string | undefined>>

/** What the API answered to a page that it did not like. */
export class Refused extends Error {
  override name = 'Refused'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** An answer to a command. */
export interface Acted {
  /** Type of the last event: documents given with an act are attached before it. */
  type: string
  position: string
  created: { appeals: string[]; evidence: string[]; requests: string[] }
}

/** What a command would do. */
export interface Tried {
  events: { type: string; data: unknown }[]
  /** What rests on a final evaluation and would be touched by its reopening. */
  touches?: Touches
}

export interface Touches {
  nodes: string[]
  total: { points: string | null; percent: string | null }
  ranks: { population: string; place: string; of: string | null; event: string }[]
}

export interface Ask {
  /** Reads an address of the API; throws `Refused` for whatever is not 200. */
  get<Answer>(path: string, query?: Query): Promise<Answer>
  /** Sends a command; throws `Refused`. `key` is its Idempotency-Key. */
  act(command: string, body: unknown, key: string): Promise<Acted>
  /** What commands would do, one after another; nothing is stored. */
  simulate<Answer>(body: unknown): Promise<Answer>
  /** See `Kept`. */
  kept: Kept
  /** What one command of the caller would do now; throws `Refused` where it would be refused. Nothing is stored. */
  tryOut(command: string, body: unknown): Promise<Tried>
}

/**
 * An answer that every reader gets alike, kept by its server from one request to the next for as long as its mark stays
 * the same. What is kept must never depend on who asks.
 */
export type Kept = <Answer>(name: string, mark: string, read: () => Promise<Answer>) => Promise<Answer>

/** How requests that pages make are told from those that come from outside; nobody else knows the word. */
export interface Inner {
  header: string
  word: string
}

export interface AskParts {
  app: App
  inner: Inner
  authorization: string
  language: Language
}

/** What each server keeps, by name. */
const memories = new WeakMap<App, Map<string, { mark: string; answer: Promise<unknown> }>>()

function keptBy(app: App): Kept {
  const memory = memories.get(app) ?? new Map<string, { mark: string; answer: Promise<unknown> }>()
  memories.set(app, memory)
  return <Answer>(name: string, mark: string, read: () => Promise<Answer>) => {
    const known = memory.get(name)
    // Whoever kept it under this name kept an answer of this type.
    if (known?.mark === mark) return known.answer as Promise<Answer>
    const answer = read()
    memory.set(name, { mark, answer })
    answer.catch(() => memory.delete(name))
    return answer
  }
}

/** The API as one caller sees it. */
export function createAsk({ app, inner, authorization, language }: AskParts): Ask {
  const headers = { authorization, 'accept-language': language, [inner.header]: inner.word }
  const post = async (url: string, body: unknown, more: Record<string, string> = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { ...headers, ...more, 'content-type': 'application/json' },
      payload: JSON.stringify(body)
    })
    if (answer.statusCode >= 300) throw new Refused(answer.json())
    return answer
  }
  return {
    get: async <Answer>(path: string, query: Query = {}) => {
      const answer = await app.inject({ method: 'GET', url: addressOf(path, query), headers })
      if (answer.statusCode !== 200) throw new Refused(answer.json())
      // The routes check what they answer against the schemas that these types are made of.
      return answer.json<Answer>()
    },
    act: async (command, body, key) => {
      const answer = await post(`/v1/commands/${command}`, body, { 'idempotency-key': key })
      const { created, events } = answer.json<Pick<Acted, 'created'> & { events: { type: string }[] }>()
      const position = String(answer.headers['ledger-position'])
      return { type: events.at(-1)?.type ?? '', position, created }
    },
    simulate: async <Answer>(body: unknown) => (await post('/v1/simulations', body)).json<Answer>(),
    kept: keptBy(app),
    tryOut: async (command, body) => (await post(`/v1/commands/${command}?dryRun=true`, body)).json<Tried>()
  }
}

/** A path with a query; members without a value are left out. */
export function addressOf(path: string, query: Query): string {
  let search: URLSearchParams | undefined
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue
    search ??= new URLSearchParams()
    search.append(name, value)
  }
  return search ? `${path}?${search}` : path
}
