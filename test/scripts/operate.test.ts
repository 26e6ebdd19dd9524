import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { projections } from '../../projections/all.ts'
import { lastAttestation } from '../../src/store/attestation.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { startTestApp } from '../support/app.ts'
import { runProgram, signalled, startProgram, type Variables } from '../support/programs.ts'
import { fill, run } from '../support/run-rows.ts'

/* The programs beside the server, each as a process of its own. */

const program = (t: Test, name: string, data: string, ...args: string[]) =>
  runProgram(t, name, { KARNAMEH_DATA: data }, ...args)

const EVENTS = 25

// A dozen processes take their time on a busy machine.

/** A ledger and its rows, which do not know of the last three events yet. */
async function made(data: string): Promise<string> {
  const store = await openEmbeddedStore(join(data, 'ledger.db'))
  await fill(store, 0, EVENTS)
  const { runner, close } = await run(store, join(data, 'read-model.db'), projections)
  await runner.waitUntil(BigInt(EVENTS), 60_000)
  await close()
  await fill(store, EVENTS, EVENTS + 3)
  await store.close()
  return data
}

const change = (data: string, sql: string) => {
  const db = new DatabaseSync(join(data, 'read-model.db'))
  db.exec(sql)
  db.close()
}

t.test('rows that somebody has changed are named, and a rebuild mends them', async (t) => {
  const data = await made(t.testdir())
  const good = await program(t, 'attest', data)
  t.match(good, {
    code: 0,
    err: '',
    out: /^The rows of all \d+ projections are what the events make of them\.$/m
  })
  t.match(good.out, /^registry +same +position 25 {2}\d+ rows, sha256 [0-9a-f]{64}$/m)
  const readModel = join(data, 'read-model.db')
  const kept = await lastAttestation(readModel)
  t.match(kept, { outcome: 'same', position: '25', projections: projections.map(({ name }) => ({ name })) })
  for (const { name, sha256 } of kept?.projections ?? []) t.match(good.out, `${sha256}`, name)

  change(data, `UPDATE registry_units SET parent = 'u-1' WHERE unit = 'u-3'`)
  change(data, `DELETE FROM ledger_events WHERE position = 7`)
  change(data, `INSERT INTO league_open_units VALUES ('u-x', 3, '{}')`)
  change(data, 'CREATE TABLE stray (x)')
  const bad = await program(t, 'attest', data)
  t.equal(bad.code, 1)
  for (const line of [
    /^registry +DIFFERS/m,
    /^ {2}registry_units \[unit u-3\]: parent is u-1, the events make it null$/m,
    /^ {2}ledger_events \[position 7\] is not in the file$/m,
    /^ {2}league_open_units \[unit u-x\] is in the file, and no event makes it$/m,
    /^ {2}table stray belongs to no projection$/m,
    /^scorecard +same/m,
    /^Not attested: ledger, registry, league, \(none\)\.$/m
  ]) {
    t.match(bad.out, line)
  }

  const differing = (await lastAttestation(readModel))?.projections.filter(
    ({ outcome }) => outcome === 'differs'
  )
  t.strictSame(
    differing?.map(({ name }) => name),
    ['ledger', 'registry', 'league', '(none)']
  )
  t.match(await lastAttestation(readModel), { outcome: 'differs', position: '25' })

  t.match(await program(t, 'rebuild', data, 'nobody'), { code: 2, err: /no projection nobody/ })
  t.match(await program(t, 'rebuild', data, 'registry', 'ledger'), {
    code: 0,
    out: /^Rebuilt registry, ledger up to position 28: 28 events/
  })
  t.match(await program(t, 'attest', data), {
    code: 1,
    out: /^registry +same +position 28 [\s\S]*^trail +same +position 25 [\s\S]*^Not attested: league\.$/m
  })
})

t.test('trouble with a file ends every program with the same status, and names the file', async (t) => {
  const data = t.testdir({ 'folder.db': {}, 'note.db': 'a note', keys: { 'issuer-key.json': {} } })
  await (await openEmbeddedStore(join(data, 'ledger.db'))).close()
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.teardown(() => taken.close())
  const { port } = taken.address() as AddressInfo
  const folder = `file:${join(data, 'folder.db')}`
  const from = `file:${join(data, 'ledger.db')}`
  const [inFolder, inNote] = ['folder.db', 'note.db'].map((name) => ({
    KARNAMEH_READ_MODEL: join(data, name)
  }))
  const unusable = (what: string) => new RegExp(`^${what} \\S+ cannot be used: .+\\.\\n$`)
  const foreign = /^\S+note\.db is not a read model/
  const cases: [name: string, env: Variables | undefined, args: string[], code: number, err: RegExp][] = [
    ['rebuild', inFolder, [], 73, unusable('The read model')],
    ['rebuild', inNote, [], 73, foreign],
    ['attest', inFolder, [], 73, unusable('The read model')],
    ['attest', inNote, [], 73, foreign],
    ['copy', {}, ['--from', from, '--to', folder], 73, unusable('The ledger')],
    ['generate', {}, ['--to', folder], 73, unusable('The ledger')],
    ['demo', inNote, [], 73, foreign],
    ['demo', { KARNAMEH_PORT: String(port) }, [], 69, /^Karnameh cannot listen there: .+\n$/],
    [
      'token',
      { KARNAMEH_DATA: join(data, 'keys') },
      ['--role', 'expert', '--actor', 'e-17'],
      73,
      unusable('The key of the issuer')
    ]
  ]
  for (const [name, env, args, code, err] of cases) {
    const ended = await runProgram(t, name, { KARNAMEH_DATA: data, ...env }, ...args)
    t.match(ended, { code, out: '', err }, name)
  }
})

t.test('attesting goes on beside a server, rebuilding does not', async (t) => {
  const data = t.testdir()
  const { act, ask } = await startTestApp(t, data)
  t.equal((await ask(null, '/health/ready')).json().attestation, null)
  const unit = { unit: 'qazvin', name: { fa: 'قزوین' }, kind: 'directorate' }
  await act({ id: 'e-17', role: 'registrar' }, 'register-unit', unit)
  t.match(await program(t, 'attest', data), { code: 0, out: /^registry +same +position 1 /m })
  const { attestation } = (await ask(null, '/health/ready')).json()
  t.match(attestation, { at: /^20.*Z$/, position: '1', outcome: 'same' })
  t.match(await program(t, 'rebuild', data), { code: 73, err: /^Another process is using the read model / })
  const backup = `ndjson:${join(data, 'backup.ndjson')}`
  const live = `file:${join(data, 'ledger.db')}`
  t.match(await program(t, 'copy', data, '--from', live, '--to', backup), {
    code: 0,
    out: /^Copied 1 events/
  })
  t.match(await program(t, 'copy', data, '--from', backup, '--to', live), {
    code: 73,
    err: /Another process/
  })
})

/** More than a rebuild applies at once, so that it has been asked to end before it is at the end. */
const MANY = 45_000

t.test('a rebuild that a signal ends leaves the rows of before, and the next one completes it', async (t) => {
  const data = await made(t.testdir())
  const store = await openEmbeddedStore(join(data, 'ledger.db'))
  await fill(store, EVENTS + 3, MANY)
  await store.close()
  const stopped = (signal: NodeJS.Signals) =>
    signalled(startProgram(t, 'rebuild', { KARNAMEH_DATA: data }), signal, () => isWriting(data))
  const ofBefore = { code: 0, out: /^registry +same +position 25 /m }

  const interrupted = await stopped('SIGINT')
  t.match(interrupted, { code: 130, out: '', err: /^Interrupted after \d+ events; the rows of before/ })
  const [, kept = ''] = /after (\d+) events/.exec(interrupted.err) ?? []
  t.match(await program(t, 'attest', data), ofBefore)

  t.match(await stopped('SIGKILL'), { code: null, out: '', err: '' })
  t.match(await program(t, 'attest', data), ofBefore)

  const completed = await program(t, 'rebuild', data)
  t.match(completed, { code: 0, out: new RegExp(`up to position ${MANY}: `) }, completed.err)
  const [, applied = ''] = /: (\d+) events in/.exec(completed.out) ?? []
  t.ok(Number(kept) > 0 && Number(applied) <= MANY - Number(kept), 'it goes on from where it was interrupted')
  t.match(await program(t, 'attest', data), {
    code: 0,
    out: new RegExp(`^ledger +same +position ${MANY} `, 'm')
  })
  const attesting = startProgram(t, 'attest', { KARNAMEH_DATA: data })
  const hasBegun = () => readdirSync(data).some((name) => name.includes('.attest-'))
  t.match(await signalled(attesting, 'SIGINT', hasBegun), {
    code: 130,
    out: '',
    err: /^Interrupted: nothing was attested/
  })
})

/** Whether a process has the rows open, and has had them for a while. */
async function isWriting(data: string): Promise<boolean> {
  if (!existsSync(join(data, 'read-model.db-wal'))) return false
  await sleep(300)
  return true
}
