import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { openLocalIssuer } from '../src/http/local-issuer.ts'
import { startMain } from './support/main-process.ts'

t.test('serves until it is told to stop, and what it took is there the next time', async (t) => {
  const data = t.testdir()
  const env = { KARNAMEH_DATA: data, KARNAMEH_PORT: '0' }
  const first = startMain(t, env)
  const url = await first.url()
  t.match(first.heard.out, /^Karnameh listens on http:\/\/127\.0\.0\.1:\d+\n$/)
  t.equal((await fetch(`${url}/health/live`)).status, 200)

  const issuer = await openLocalIssuer(data)
  const authorization = `Bearer ${await issuer.sign({ id: 'e-17', role: 'registrar', units: [] }, 1)}`
  const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': 'k-1' }
  const body = JSON.stringify({ unit: 'behzisti', name: { fa: 'بهزیستی' }, kind: 'organisation' })
  const command = () => ({ method: 'POST', headers, body })
  const done = await fetch(`${url}/v1/commands/register-unit`, command())
  t.equal(done.status, 201)
  const live = await fetch(`${url}/v1/events/live`, { headers: { authorization } })

  const second = startMain(t, env)
  t.equal(await second.ended, 73, 'a second process does not get the store')
  t.match(second.heard, { out: '', err: /^Another process is using the ledger [^\n]+\n$/ })

  first.child.kill('SIGTERM')
  t.equal(await first.ended, 0, 'even with a reader of the live feed')
  await live.body?.cancel().catch(() => {})

  const again = startMain(t, env)
  const replay = await fetch(`${await again.url()}/v1/commands/register-unit`, command())
  t.match([replay.status, replay.headers.get('idempotent-replay')], [201, 'true'])
  t.strictSame(await replay.json(), await done.json())
  again.child.kill('SIGINT')
  t.equal(await again.ended, 0)
})

t.test('says in a sentence why it does not start', async (t) => {
  const data = t.testdir({
    'no-ledger.db': 'this is a text, and long enough to be no SQLite file at all',
    'folder.db': {},
    other: { 'issuer-key.json': '{}' },
    another: { 'issuer-key.json': {} }
  })
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.teardown(() => taken.close())
  const address = taken.address()
  const port = address !== null && typeof address === 'object' ? String(address.port) : ''
  const unusable = (what: string, path: string) =>
    new RegExp(`^${what} [^\\n]*${path} cannot be used: [^\\n]+\\.\\n$`)
  const cases: [string, Record<string, string>, number, RegExp][] = [
    [
      'bad variables',
      { KARNAMEH_PORT: 'x', KARNAMEH_HOST: '0.0.0.0' },
      78,
      /^KARNAMEH_PORT: .*\nKARNAMEH_HOST: .*\n$/
    ],
    [
      'a foreign file',
      { KARNAMEH_STORE: `file:${join(data, 'no-ledger.db')}` },
      73,
      /^[^\n]*is not a ledger[^\n]*\n$/
    ],
    [
      'another file for the rows',
      { KARNAMEH_READ_MODEL: join(data, 'no-ledger.db') },
      73,
      /^[^\n]*no-ledger\.db is not a read model; it was left as it is\.\n$/
    ],
    [
      'a folder for the ledger',
      { KARNAMEH_STORE: `file:${join(data, 'folder.db')}` },
      73,
      unusable('The ledger', 'folder\\.db')
    ],
    [
      'a folder for the rows',
      { KARNAMEH_READ_MODEL: join(data, 'folder.db') },
      73,
      unusable('The read model', 'folder\\.db')
    ],
    [
      'a path through a file',
      { KARNAMEH_DATA: join(data, 'no-ledger.db', 'deeper') },
      73,
      unusable('The ledger', 'deeper/ledger\\.db')
    ],
    [
      'a path of the rows through a file',
      { KARNAMEH_READ_MODEL: join(data, 'no-ledger.db', 'rows.db') },
      73,
      unusable('The read model', 'no-ledger\\.db/rows\\.db')
    ],
    [
      'no key in the file of the key',
      { KARNAMEH_DATA: join(data, 'other') },
      73,
      /^[^\n]*issuer-key\.json does not hold[^\n]*\n$/
    ],
    [
      'a folder for the key',
      { KARNAMEH_DATA: join(data, 'another') },
      73,
      unusable('The key of the issuer', 'issuer-key\\.json')
    ],
    ['a port that is taken', { KARNAMEH_PORT: port }, 69, /^Karnameh cannot listen there: [^\n]*\n$/]
  ]
  for (const [name, env, expected, sentence] of cases) {
    const { ended, heard } = startMain(t, {
      KARNAMEH_DATA: data,
      KARNAMEH_LOG_LEVEL: 'silent',
      KARNAMEH_PORT: '0',
      ...env
    })
    t.equal(await ended, expected, name)
    t.match(heard, { out: '', err: sentence }, name)
  }
})
