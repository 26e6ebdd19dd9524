import type { TestApp } from './app.ts'
import { auditor } from './rehearsal.ts'

/** A read route as the API describes it, at one address. */
export interface Read {
  url: string
  /** Whether it can look back, and answer as a table. */
  takesAsOf: boolean
  offersCsv: boolean
}

interface Described {
  parameters?: { name: string }[]
  responses?: Record<string, { content?: Record<string, object> }>
}

/** Addresses that need more than a path. */
const QUERIES: Record<string, readonly string[]> = {
  '/v1/league': [
    '?period=1402',
    '?period=1401&level=self',
    '?period=1402&node=G.1',
    '?period=1402&group=rehearsal'
  ],
  '/v1/trail': ['', '?type=ScoreOverridden', '?unit=qazvin&node=G.1.a', '?revised=true&order=newest'],
  '/v1/events': ['', '?order=newest', '?type=ScoreRecorded&order=newest', '?stream=unit-qazvin'],
  '/v1/discrepancies': ['', '?unit=qazvin&minGap=1'],
  '/v1/discrepancies/statistics': ['', '?class=material'],
  '/v1/appeals': ['', '?status=decided', '?unit=qazvin&panelist=zxzx-p'],
  '/v1/appeals/statistics': ['', '?by=node', '?by=expert&period=1402']
}

/** What never ends is read over a socket. */
const ENDLESS = '/v1/events/live'

/**
 * Every address that can be read: each GET route of the API's own description with every id that the ledger has put
 * in its place, so that a route that is added is walked without being named here.
 */
export async function everyRead(app: TestApp): Promise<Read[]> {
  const { paths } = (await app.ask(null, '/openapi.json')).json() as {
    paths: Record<string, { get?: Described }>
  }
  const known = await ids(app)
  return Object.entries(paths).flatMap(([path, { get }]) => {
    if (!get || !path.startsWith('/v1/') || path === ENDLESS) return []
    const takesAsOf = get.parameters?.some(({ name }) => name === 'asOf') ?? false
    const offersCsv = 'text/csv' in (get.responses?.['200']?.content ?? {})
    return addresses(path, known)
      .flatMap((address) => (QUERIES[path] ?? ['']).map((query) => address + query))
      .map((url) => ({ url, takesAsOf, offersCsv }))
  })
}

/** Values for the places of a path, in the order in which they stand. */
type Known = Record<string, readonly Record<string, string>[]>

async function ids({ read }: TestApp): Promise<Known> {
  const list = async (path: string) => (await read(auditor, path)).items
  const frameworks: { framework: string }[] = await list('/v1/frameworks')
  const evaluations: { evaluation: string; framework: string }[] = await list('/v1/evaluations')
  const units: { unit: string }[] = await list('/v1/units')
  const appeals: { appeal: string }[] = await list('/v1/appeals')
  const events: { id: string }[] = await list('/v1/events?limit=500')
  const nodes = new Map<string, string[]>()
  for (const { framework } of frameworks) {
    const tree: { nodes: { code: string }[] } = await read(auditor, `/v1/frameworks/${framework}`)
    nodes.set(framework, [...tree.nodes.map(({ code }) => code), 'total'])
  }
  const codes = (framework: string) => nodes.get(framework) ?? []
  return {
    '': [{}],
    unit: units.map(({ unit }) => ({ unit })),
    framework: frameworks.map(({ framework }) => ({ framework })),
    'framework node': frameworks.flatMap(({ framework }) =>
      codes(framework).map((node) => ({ framework, node }))
    ),
    evaluation: evaluations.map(({ evaluation }) => ({ evaluation })),
    'evaluation node': evaluations.flatMap(({ evaluation, framework }) =>
      codes(framework).map((node) => ({ evaluation, node }))
    ),
    appeal: appeals.map(({ appeal }) => ({ appeal })),
    // Some of every age; all of them are read the same way.
    event: events.filter((_, index) => index % 16 === 0).map(({ id }) => ({ event: id }))
  }
}

function addresses(path: string, known: Known): string[] {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const values = known[names.join(' ')]
  if (!values) throw new Error(`no ids are known for ${path}`)
  return values.map((value) => path.replace(/\{(\w+)\}/g, (_place, name: string) => value[name] ?? ''))
}
