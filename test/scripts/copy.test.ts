import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { lastLine } from '../../scripts/copy/backup-file.ts'
import { type Copied, copyLedger } from '../../scripts/copy/copy-ledger.ts'
import { openSource, openTarget } from '../../scripts/copy/endpoint.ts'
import { createProgress } from '../../scripts/demo/progress.ts'
import { parseAddress } from '../../src/store/address.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { openEmbeddedReader } from '../../src/store/embedded-reader.ts'
import { STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { runProgram, signalled, startProgram } from '../support/programs.ts'
import { fill } from '../support/run-rows.ts'

const EVENTS = 700

// Everything is written durably, which takes its time on a busy disk.
const options = { streamPrefix: 'karnameh_' }

/** What the program does between its arguments and what it says. */
async function copy(from: string, to: string, isCancelled = () => false): Promise<Copied> {
  const [source, target] = [parseAddress(from), parseAddress(to)]
  if (!source || !target) throw new Error('no address')
  const opened = await openSource(source, options)
  try {
    const into = await openTarget(target, options)
    try {
      return await copyLedger(opened, into, { isCancelled })
    } finally {
      await into.close()
    }
  } finally {
    await opened.close()
  }
}

async function ledger(path: string, events: number): Promise<string> {
  const store = await openEmbeddedStore(path)
  await fill(store, 0, events)
  await store.close()
  return `file:${path}`
}

t.test('a ledger goes to a backup and comes back byte for byte', async (t) => {
  const at = (name: string) => join(data, name)
  const data = t.testdir()
  const from = await ledger(at('ledger.db'), EVENTS)
  const backup = `ndjson:${at('a.ndjson')}`
  const first = await copy(from, backup)
  t.match(first, { finished: true, found: 0, added: EVENTS })
  t.match(await copy(backup, `file:${at('copy.db')}`), { added: EVENTS, sha256: first.sha256 })
  await copy(`file:${at('copy.db')}`, `ndjson:${at('b.ndjson')}`)
  const text = readFileSync(at('a.ndjson'), 'utf8')
  t.ok(readFileSync(at('b.ndjson'), 'utf8') === text, 'positions included')
  t.match(await copy(from, backup), { found: EVENTS, added: 0, sha256: first.sha256 })

  for (const bytes of [5, 2000, text.length - 20]) {
    writeFileSync(at('a.ndjson'), text.slice(0, bytes))
    await t.rejects(copy(backup, `file:${at('never.db')}`), /not whole/)
    t.match(await copy(from, backup), { finished: true, sha256: first.sha256 })
    t.ok(readFileSync(at('a.ndjson'), 'utf8') === text, `gone on with after ${bytes} bytes`)
  }
  writeFileSync(at('a.ndjson'), text.replace('u-3 10', 'u-3 99'))
  await t.rejects(copy(backup, `file:${at('never.db')}`), { name: 'Damaged', message: /has been changed/ })
  writeFileSync(at('a.ndjson'), 'a letter')
  await t.rejects(copy(from, backup), { name: 'ForeignStore' })
  t.equal(readFileSync(at('a.ndjson'), 'utf8'), 'a letter')
})

t.test('a whole backup stays one until a longer one is whole', async (t) => {
  const data = t.testdir()
  const at = (name: string) => join(data, name)
  const from = await ledger(at('ledger.db'), 20)
  const [short, long] = [at('short'), at('long')]
  const { sha256 } = await copy(from, `ndjson:${short}`)
  const before = readFileSync(short, 'utf8')
  const store = await openEmbeddedStore(at('ledger.db'))
  await fill(store, 20, EVENTS)
  await store.close()
  copyFileSync(short, long)
  const whole = await copy(from, `ndjson:${long}`)
  t.match(whole, { found: 20, added: EVENTS - 20 })
  const text = readFileSync(long, 'utf8')
  t.ok(text.startsWith(before), 'nothing of it is written over')
  t.match(await copy(`ndjson:${long}`, `file:${at('all.db')}`), { added: EVENTS, sha256: whole.sha256 })

  const garbage = `${'\0'.repeat(500)}\n`
  for (const [i, left] of [
    '',
    text.slice(before.length, -200),
    text.slice(before.length, before.length + 9_000),
    garbage
  ].entries()) {
    writeFileSync(short, before + left)
    const restored = await runProgram(
      t,
      'copy',
      { KARNAMEH_DATA: data },
      '--from',
      `ndjson:${short}`,
      '--to',
      `file:${at(`${i}.db`)}`
    )
    t.match(
      restored,
      { code: 0, out: new RegExp(`^Copied 20 events[^]*sha256 ${sha256}`) },
      `${left.length} more bytes`
    )
    t.equal(/whole up to event 20/.test(restored.err), i > 0)
    const next = await copy(from, `ndjson:${short}`)
    t.match(next, { finished: true, sha256: whole.sha256 })
    if (i === 1) t.ok(next.found > 600, 'gone on with where it was')
    t.ok(readFileSync(short, 'utf8') === text)
  }
  for (const [what, changed] of [
    ['before the first last line', text.replace('u-3 10', 'u-3 99')],
    ['after it', text.slice(0, -900) + text.slice(-900).replace('revision', 'revisiom')]
  ] as const) {
    writeFileSync(long, changed)
    await t.rejects(copy(`ndjson:${long}`, `file:${at('never.db')}`), { name: 'Damaged' }, what)
  }
})

t.test('a source in which an event is missing, doubled or elsewhere is not copied', async (t) => {
  const data = t.testdir()
  const path = join(data, 'ledger.db')
  const from = await ledger(path, 20)
  await copy(from, `ndjson:${join(data, 'right')}`)
  const [header = '', ...lines] = readFileSync(join(data, 'right'), 'utf8').split('\n').slice(0, -2)
  const [second = '', ninth = ''] = [lines[1], lines[8]]
  const wrong = {
    hole: lines.toSpliced(1, 1),
    twice: lines.toSpliced(9, 0, ninth),
    late: [...lines.toSpliced(1, 1), second]
  }
  for (const [name, those] of Object.entries(wrong)) {
    const text = [header, ...those, ''].join('\n')
    const last = lastLine(those.length, createHash('sha256').update(text).digest('hex'))
    writeFileSync(join(data, name), text + last)
    const refused = { name: 'Damaged', message: /is revision \d of .*, where revision \d has to come/ }
    for (const to of [`file:${join(data, 'never.db')}`, `ndjson:${join(data, 'never')}`])
      await t.rejects(copy(`ndjson:${join(data, name)}`, to), refused, `${name} to ${to}`)
    await t.rejects(copy(from, `ndjson:${join(data, name)}`), refused, `${name} is not gone on with`)
  }
  t.notOk(existsSync(join(data, 'never.db')) || existsSync(join(data, 'never')), 'nothing was written')

  const db = new DatabaseSync(path)
  db.exec('DROP TRIGGER event_no_delete; DELETE FROM event WHERE position = 12')
  db.close()
  const program = ['--from', from, '--to', `ndjson:${join(data, 'half')}`]
  const ended = await runProgram(t, 'copy', { KARNAMEH_DATA: data }, ...program)
  t.match(ended, { code: 69, err: /^event 12 of the ledger is missing, the next one is 13/ })
})

t.test('an interrupted copy is gone on with', async (t) => {
  const data = t.testdir()
  const from = await ledger(join(data, 'ledger.db'), EVENTS)
  let asked = 0
  const cancelled = await copy(from, `file:${join(data, 'copy.db')}`, () => asked++ === 1)
  t.match(cancelled, { finished: false, added: 500 })
  t.match(await copy(from, `file:${join(data, 'copy.db')}`), {
    finished: true,
    found: 500,
    added: EVENTS - 500
  })
})

t.test('it may be interrupted while it compares, and while it looks at what is there', async (t) => {
  const data = t.testdir()
  const from = await ledger(join(data, 'ledger.db'), EVENTS)
  const to = `ndjson:${join(data, 'backup')}`
  let asked = 0
  const comparing = await copy(from, to, () => ++asked === 3)
  t.match(comparing, { finished: false, unlooked: true, found: 0, added: EVENTS })
  t.match(await copy(from, to, () => true), { finished: false, found: 500, added: 0 })
  t.match(await copy(from, to), { finished: true, found: EVENTS, added: 0 })
})

/** So many that a copy is not over as soon as it has begun. */
const MANY = 30_000

t.test('a copy that a signal ends is gone on with by the next call', async (t) => {
  const data = t.testdir()
  const from = await ledger(join(data, 'ledger.db'), MANY)
  const env = { KARNAMEH_DATA: data }
  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    for (const kind of ['file', 'ndjson'] as const) {
      const path = join(data, `${signal}.${kind}`)
      const args = ['--from', from, '--to', `${kind}:${path}`]
      const ended = await signalled(startProgram(t, 'copy', env, ...args), signal, () => hasEvents(path))
      if (signal === 'SIGKILL') t.match(ended, { code: null, out: '' }, kind)
      else t.match(ended, { code: 130, err: /^Interrupted: \d+ events are there/ }, kind)
      const next = await runProgram(t, 'copy', env, ...args)
      t.match(next, { code: 0, out: new RegExp(`^Both hold the same ${MANY} events`, 'm') }, next.err)
      const [, added, found] = /^Copied (\d+) events; (\d+) were/.exec(next.out) ?? []
      t.ok(Number(found) > 0, `${kind} after ${signal}: ${found} were there, ${added} came`)
    }
  }
})

/** Whether a copy has written something that stays: of an embedded store, whether it has committed events. */
function hasEvents(path: string): boolean {
  if (!existsSync(path)) return false
  if (path.endsWith('.ndjson')) return statSync(path).size > 200_000
  try {
    const db = new DatabaseSync(path, { readOnly: true })
    try {
      return db.prepare('select 1 from event limit 1').get() !== undefined
    } finally {
      db.close()
    }
  } catch {
    // It is being made.
    return false
  }
}

t.test('progress is told while it copies and while it compares', async (t) => {
  const data = t.testdir()
  const from = parseAddress(await ledger(join(data, 'ledger.db'), EVENTS))
  const to = parseAddress(`ndjson:${join(data, 'backup.ndjson')}`)
  if (!from || !to) throw new Error('no address')
  const source = await openSource(from, options)
  const target = await openTarget(to, options)
  const told: [string, number, number?][] = []
  await copyLedger(source, target, {
    onProgress: (events) => told.push(['copied', events]),
    onCompared: (events, of) => told.push(['compared', events, of])
  })
  await target.close()
  await source.close()
  t.strictSame(told, [
    ['copied', 500],
    ['copied', EVENTS],
    ['compared', 500, EVENTS]
  ])
})

t.test('where nobody knows how many there will be, a number is shown and no total', async (t) => {
  for (const [total, shown] of [
    [null, /Copy 23734(?!\d*\/)/],
    [30_000, /Copy .*23734\/30000/]
  ] as const) {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 })
    const progress = createProgress(total, 'Copy', stream)
    progress.show(23_734)
    await sleep(300)
    progress.end()
    t.match(String(stream.read()), shown)
  }
})

t.test('nothing is copied over another ledger', async (t) => {
  const data = t.testdir()
  const from = await ledger(join(data, 'ledger.db'), 20)
  const to = await ledger(join(data, 'other.db'), 3)
  const other = await openEmbeddedStore(join(data, 'other.db'))
  const id = '0b0d4a5e-2f7c-5f0e-8a4e-0d6f2a1c9b33'
  const event = { id, type: 'Other', data: '{}', metadata: '{}' }
  await other.append('unit-other', [event], { expectedRevision: 'none' })
  await other.close()
  await t.rejects(copy(from, to), {
    message: new RegExp(`^The target holds another ledger: event 4 .*${id}`)
  })
  const longer = await ledger(join(data, 'longer.db'), 21)
  await t.rejects(copy(from, longer), { message: /the source ends before it/ })
  const reader = await openEmbeddedReader(join(data, 'other.db'))
  t.equal(await reader.end(), 4n, 'it is as it was')
  await reader.close()
})

t.test('an embedded ledger is read beside the process that writes it', async (t) => {
  const path = join(t.testdir(), 'ledger.db')
  await t.rejects(openEmbeddedReader(path), { name: 'Unavailable' })
  const store = await openEmbeddedStore(path)
  await fill(store, 0, 3)
  const reader = await openEmbeddedReader(path)
  t.equal(await reader.identity(), await store.identity())
  await fill(store, 3, 5)
  t.equal(await reader.end(), 5n)
  const seen: bigint[] = []
  for await (const { position } of reader.readAll(1n, STREAM_PREFIXES)) seen.push(position)
  t.strictSame(seen, [2n, 3n, 4n, 5n])
  await reader.close()
  await store.close()
  writeFileSync(path, 'this is a text, and long enough to be no SQLite file at all')
  await t.rejects(openEmbeddedReader(path), { name: 'ForeignStore' })
})
