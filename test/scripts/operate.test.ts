import { type ChildProcess, execFile } from 'node:child_process'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { projections } from '../../projections/all.ts'
import { lastAttestation } from '../../src/store/attestation.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { startTestApp } from '../support/app.ts'
import { fill, run } from '../support/run-rows.ts'

/* The programs beside the server, each as a process of its own. */

const program = (name: string, data: string, ...args: string[]) =>
  new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    const child: ChildProcess = execFile(
      process.execPath,
      [`scripts/${name}.ts`, ...args],
      { env: { KARNAMEH_DATA: data } },
      (_error, out, err) => resolve({ code: child.exitCode, out, err })
    )
  })

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
  const good = await program('attest', data)
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
  const bad = await program('attest', data)
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

  t.match(await program('rebuild', data, 'nobody'), { code: 2, err: /no projection nobody/ })
  t.match(await program('rebuild', data, 'registry', 'ledger'), {
    code: 0,
    out: /^Rebuilt registry, ledger up to position 28: 28 events/
  })
  t.match(await program('attest', data), {
    code: 1,
    out: /^registry +same +position 28 [\s\S]*^trail +same +position 25 [\s\S]*^Not attested: league\.$/m
  })
})

t.test('attesting goes on beside a server, rebuilding does not', async (t) => {
  const data = t.testdir()
  const { act, ask } = await startTestApp(t, data)
  t.equal((await ask(null, '/health/ready')).json().attestation, null)
  const unit = { unit: 'qazvin', name: { fa: 'قزوین' }, kind: 'directorate' }
  await act({ id: 'e-17', role: 'registrar' }, 'register-unit', unit)
  t.match(await program('attest', data), { code: 0, out: /^registry +same +position 1 /m })
  const { attestation } = (await ask(null, '/health/ready')).json()
  t.match(attestation, { at: /^20.*Z$/, position: '1', outcome: 'same' })
  t.match(await program('rebuild', data), { code: 73, err: /^Another process is using the read model / })
  const backup = `ndjson:${join(data, 'backup.ndjson')}`
  const live = `file:${join(data, 'ledger.db')}`
  t.match(await program('copy', data, '--from', live, '--to', backup), { code: 0, out: /^Copied 1 events/ })
  t.match(await program('copy', data, '--from', backup, '--to', live), { code: 73, err: /Another process/ })
})
