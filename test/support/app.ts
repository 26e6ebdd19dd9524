import { createHash } from 'node:crypto'
import type { Test } from 'tap'
import { parseConfig } from '../../src/config.ts'
import type { Role } from '../../src/events/forms.ts'
import { type Karnameh, startKarnameh } from '../../src/start.ts'
import { STREAM_PREFIXES } from '../../src/store/event-store.ts'

/** A person with a token. */
export interface Who {
  id: string
  role: Role
  units?: readonly string[]
}

export type Headers = Record<string, string>
export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** So often is asked again what the server has not come to within its own few seconds. */
const AGAIN = 10
const SETTLED_MS = 60_000

/** Keys are never used twice in one process, whichever app they are sent to. */
let keys = 0

/** The settings of a server that a test starts: its own folder, any free port, nothing logged, no limit. */
function configOf(data: string, more: Readonly<Record<string, string>>) {
  const parsed = parseConfig({
    KARNAMEH_DATA: data,
    KARNAMEH_PORT: '0',
    KARNAMEH_LOG_LEVEL: 'silent',
    KARNAMEH_RATE_LIMIT: '0',
    ...more
  })
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  return parsed.config
}

/** Tests run on a server's ledger where one is given, each folder with a prefix of its own. */
function ledgerVariables(data: string): Readonly<Record<string, string>> {
  const address = process.env.KARNAMEH_TEST_STORE
  if (!address) return {}
  const run = createHash('sha256').update(`${process.pid} ${data}`).digest('hex').slice(0, 16)
  return { KARNAMEH_STORE: address, KARNAMEH_STREAM_PREFIX: `karnameh_test_${run}_` }
}

/**
 * The whole server, as `npm start` starts it, on an embedded ledger in a folder of the test, with a local issuer for
 * tokens of anybody. It ends with the test; `close` and another start on the same `data` is a restart.
 */
export async function startTestApp(
  t: Test,
  data: string = t.testdir(),
  more: Readonly<Record<string, string>> = ledgerVariables(data)
) {
  const karnameh = await startKarnameh(configOf(data, more))
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= karnameh.close()
    return closing
  }
  t.teardown(close)
  return { ...asking(t, karnameh), data, url: karnameh.url, store: karnameh.reads.store, close }
}

export type TestApp = Awaited<ReturnType<typeof startTestApp>>
export type Answer = Awaited<ReturnType<TestApp['ask']>>

function asking(t: Test, { app, issuer, reads, runner }: Karnameh) {
  const tokens = new Map<string, string>()
  const bearer = async ({ id, role, units = [] }: Who): Promise<Headers> => {
    const name = [role, id, ...units].join(' ')
    const token = tokens.get(name) ?? (await issuer?.sign({ id, role, units: [...units] }, 1)) ?? ''
    tokens.set(name, token)
    return { authorization: `Bearer ${token}` }
  }

  /** Any request, as it is; without a person there is no token. */
  const ask = async (
    who: Who | null,
    url: string,
    { method = 'GET', headers = {}, payload }: { method?: Method; headers?: Headers; payload?: string } = {}
  ) =>
    app.inject({
      method,
      url,
      headers: { ...(who && (await bearer(who))), ...headers },
      ...(payload === undefined ? {} : { payload })
    })

  const get = (who: Who, path: string, headers: Headers = {}) => ask(who, path, { headers })

  /** The body of an answer that must be 200. */
  const read = async (who: Who, path: string, headers: Headers = {}) => {
    const answer = await get(who, path, headers)
    if (answer.statusCode !== 200) t.fail(`GET ${path}: ${answer.payload}`)
    return answer.json()
  }

  /** Sends a command with a key of its own, whatever may come of it. */
  const command = (who: Who, name: string, body: object, headers: Headers = {}) =>
    ask(who, `/v1/commands/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': `key-${++keys}`, ...headers },
      payload: JSON.stringify(body)
    })

  /** A command that must succeed; whoever reads afterwards sees what it did. */
  const act = async (who: Who, name: string, body: object, headers: Headers = {}) => {
    const answer = await command(who, name, body, headers)
    if (answer.statusCode !== 201) t.fail(`${name}: ${answer.payload}`)
    const waiting = `/v1/units?limit=1&waitFor=${positionOf(answer)}`
    let waited = await get(who, waiting)
    // Where the machine has other things to do, whoever asks may be told to come again.
    for (let i = 0; i < AGAIN && waited.statusCode === 503; i++) waited = await get(who, waiting)
    if (waited.statusCode !== 200) t.fail(`after ${name}: ${waited.payload}`)
    return answer
  }

  /** Resolves once everything that the store holds can be read, however it came there. */
  const settled = async () => {
    const end = await reads.store.end()
    if (!(await runner.waitUntil(end, SETTLED_MS))) t.fail(`position ${end} was not applied`)
  }
  return { bearer, ask, get, read, command, act, settled }
}

/** Where the events of the ledger stand. Positions grow; nothing says that they follow one another. */
export async function positionsOf({ store }: Pick<TestApp, 'store'>): Promise<bigint[]> {
  const positions: bigint[] = []
  for await (const { position } of store.readAll(0n, STREAM_PREFIXES)) positions.push(position)
  return positions
}

/** Where the ledger ends, as an answer to a command or a read tells it. */
export const positionOf = ({ headers }: Answer): string => String(headers['ledger-position'])
