import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { groupCommitter, PROBE_PAUSE_MS } from '../../src/store/embedded-append.ts'
import { checkDurable, openForReading, openForWriting } from '../../src/store/embedded-file.ts'
import type { AppendRequest } from '../../src/store/embedded-protocol.ts'
import { openEmbeddedReader } from '../../src/store/embedded-reader.ts'
import type { EventReader, EventStore, NewEvent } from '../../src/store/event-store.ts'
import { startWorker } from '../../src/store/worker-client.ts'
import { asPlainUser } from '../support/plain-user.ts'
import { all, newEvent, newEvents } from './contract.ts'

const none = { expectedRevision: 'none' } as const
const nothingStored = { name: 'Unavailable', nothingStored: true }
const ledgerIn = (t: Test) => join(t.testdir(), 'ledger.db')

async function openStore(t: Test, path = ledgerIn(t)) {
  const store = await openEmbeddedStore(path)
  t.teardown(() => store.close())
  return { store, path }
}

/** Another program with the file open, as an SQL shell would have it. */
function shell(t: Test, path: string) {
  const db = new DatabaseSync(path)
  t.teardown(() => db.isOpen && db.close())
  return db
}

const request = (
  stream: string,
  expectedRevision: number | 'none',
  events: NewEvent[] = newEvents(1)
): AppendRequest => ({ kind: 'append', stream, events, expectedRevision })

/** A deferred constraint is judged by COMMIT itself, as late as a disk that fails to sync. */
const LATE = `
  CREATE TABLE late (x REFERENCES probe DEFERRABLE INITIALLY DEFERRED);
  CREATE TRIGGER late AFTER INSERT ON event BEGIN INSERT INTO late VALUES (99); END`

t.test('the settings that make an acknowledgement true are read back', async (t) => {
  const file = openForWriting(ledgerIn(t))
  t.match(file.db.prepare('PRAGMA journal_mode').get(), { journal_mode: 'wal' })
  t.match(file.db.prepare('PRAGMA synchronous').get(), { synchronous: 2 })
  file.db.exec('PRAGMA synchronous = NORMAL')
  t.throws(() => checkDurable(file.db, 'here'), { name: 'Unavailable', message: /synchronous is 1/ })
  file.close()
  const memory = new DatabaseSync(':memory:')
  t.throws(() => checkDurable(memory, 'here'), { name: 'Unavailable', message: /journal_mode is memory/ })
})

t.test('in a group each append is judged by those before it, and fails alone', async (t) => {
  const file = openForWriting(ledgerIn(t))
  t.teardown(file.close)
  const commit = groupCommitter(file.db)
  const [first] = newEvents(1)
  const repeated = newEvents(2)
  const outcomes = commit([
    request('unit-a', 'none', first ? [first] : []),
    request('unit-b', 0),
    request('unit-a', 0, repeated),
    request('unit-c', 'none', [newEvent(), newEvent({ id: repeated[1]?.id ?? '' })]),
    request('unit-a', 0, repeated),
    request('unit-d', 'none')
  ])
  t.match(outcomes, [
    { revision: 0, position: 1n },
    { name: 'WrongRevision', actual: 'none' },
    { revision: 2, position: 3n },
    { name: 'RangeError', message: /stored already, at revision 2 of unit-a/ },
    { revision: 2, position: 3n },
    { revision: 0, position: 4n }
  ])
  t.equal(file.db.prepare('SELECT count(*) AS n FROM event').get()?.n, 4, 'nothing of those refused')
})

t.test('a full disk fails the whole group, and no write is tried until a probe succeeds', async (t) => {
  const file = openForWriting(ledgerIn(t))
  t.teardown(file.close)
  const commit = groupCommitter(file.db)
  const pages = Number(file.db.prepare('PRAGMA page_count').get()?.page_count)
  file.db.exec(`PRAGMA max_page_count = ${pages + 5}`)
  const large = [newEvent({ data: JSON.stringify('x'.repeat(50_000)) })]
  const group = [request('unit-a', 'none'), request('unit-b', 'none', large), request('unit-c', 'none')]
  const message = /full.*nothing was stored/
  t.match(
    commit(group),
    Array(3).fill({ ...nothingStored, message }),
    'nobody of the group is told otherwise'
  )
  file.db.exec('PRAGMA max_page_count = 1000000')
  t.match(
    commit(group),
    Array(3).fill({ ...nothingStored, message: /takes no appends/ }),
    'not tried at once'
  )
  t.equal(file.db.prepare('SELECT count(*) AS n FROM event').get()?.n, 0)

  const refusing = `CREATE TEMP TRIGGER broken BEFORE UPDATE ON probe BEGIN SELECT raise(ROLLBACK, 'still bad'); END`
  file.db.exec(refusing)
  await sleep(PROBE_PAUSE_MS)
  t.match(commit(group), Array(3).fill({ ...nothingStored, message: /still bad/ }), 'the probe failed')
  file.db.exec('DROP TRIGGER broken')
  await sleep(PROBE_PAUSE_MS)
  t.match(commit(group), [{ position: 1n }, { position: 2n }, { position: 3n }])
  t.match(commit([request('unit-a', 0)]), [{ position: 4n }])
  t.equal(file.db.prepare('SELECT tries FROM probe').get()?.tries, 1, 'probed once, then trusted again')
})

t.test('a COMMIT that fails says that the outcome is not known', async (t) => {
  const file = openForWriting(ledgerIn(t))
  t.teardown(file.close)
  file.db.exec(LATE)
  const [outcome] = groupCommitter(file.db)([request('unit-a', 'none')])
  t.match(outcome, { name: 'Unavailable', nothingStored: false, message: /not known/ })
  t.notOk(file.db.isTransaction)
})

t.test('appends that arrive together share one commit', async (t) => {
  const { store, path } = await openStore(t)
  const other = shell(t, path)
  other.exec(`CREATE TRIGGER broken BEFORE INSERT ON event WHEN NEW.stream = 'unit-5'
    BEGIN SELECT raise(ABORT, 'bad sector'); END`)
  // While the writer waits for its turn with the first one, ten others arrive.
  other.exec('BEGIN IMMEDIATE')
  const first = store.append('unit-first', newEvents(1), none)
  await sleep(50)
  const ten = Array.from({ length: 10 }, (_, i) => store.append(`unit-${i}`, newEvents(1), none))
  const settled = Promise.allSettled(ten)
  await sleep(50)
  other.exec('COMMIT')
  t.match(await first, { revision: 0 })
  const outcomes = await settled
  for (const one of outcomes) t.match(one, { status: 'rejected', reason: nothingStored })
  await t.rejects(store.append('unit-x', newEvents(1), none), nothingStored)
  other.exec('DROP TRIGGER broken')
  await sleep(PROBE_PAUSE_MS)
  t.match(await store.append('unit-x', newEvents(1), none), { revision: 0 })
  const streams = other.prepare('SELECT stream FROM event').all()
  t.match(streams, [{ stream: 'unit-first' }, { stream: 'unit-x' }])
})

t.test('neither the event loop nor a reader waits for the disk', async (t) => {
  const { store, path } = await openStore(t)
  await store.append('unit-a', newEvents(3), none)
  const other = shell(t, path)
  other.exec('BEGIN IMMEDIATE')
  let done = false
  const append = store.append('unit-a', newEvents(1), { expectedRevision: 2 }).finally(() => {
    done = true
  })
  await sleep(100)
  t.equal((await all(store.readStream('unit-a'))).length, 3)
  t.notOk(done, 'the append still waits')
  other.exec('COMMIT')
  t.match(await append, { revision: 3 })
})

t.test('an id names one event of the whole ledger', async (t) => {
  const { store } = await openStore(t)
  const event = newEvent()
  await store.append('unit-a', [event], none)
  await t.rejects(store.append('unit-b', [newEvent(), event], none), {
    name: 'RangeError',
    message: /unit-a/
  })
  await t.rejects(store.append('unit-a', [event], { expectedRevision: 0 }), RangeError)
  t.equal((await all(store.readAll(0n, ['unit-']))).length, 1)
})

t.test('positions pass the largest exact number of JavaScript', async (t) => {
  const { store, path } = await openStore(t)
  await store.append('unit-a', newEvents(1), none)
  shell(t, path).exec(`UPDATE sqlite_sequence SET seq = ${2n ** 60n}`)
  const { position } = await store.append('unit-a', newEvents(2), { expectedRevision: 0 })
  t.equal(position, 2n ** 60n + 2n)
  t.equal(await store.end(), position)
  const [event] = await all(store.readAll(position - 1n, ['unit-']))
  t.equal(event?.position, position)
})

t.test('events cannot be changed by a slip, and a missing one is noticed', async (t) => {
  const { store, path } = await openStore(t)
  await store.append('unit-a', newEvents(3), none)
  const other = shell(t, path)
  t.throws(() => other.exec(`UPDATE event SET data = '{}'`), /never changed/)
  t.throws(() => other.exec('DELETE FROM event'), /never deleted/)
  other.exec('DROP TRIGGER event_no_delete; DELETE FROM event WHERE revision = 1')
  await t.rejects(all(store.readStream('unit-a')), { name: 'Damaged', message: /revision 1 of unit-a/ })
})

t.test('an event that is missing is noticed by whoever reads the ledger in its order', async (t) => {
  const path = ledgerIn(t)
  const { store } = await openStore(t, path)
  for (const stream of ['unit-a', 'other-a', 'unit-b']) await store.append(stream, newEvents(2), none)
  await store.close()
  /** What each way of reading makes of a ledger without one of its events. */
  const without = async (
    position: bigint,
    read: (from: EventStore & Required<EventReader>) => Promise<unknown>
  ) => {
    const copy = `${path}-${position}`
    copyFileSync(path, copy)
    const db = new DatabaseSync(copy)
    db.exec(`DROP TRIGGER event_no_delete; DELETE FROM event WHERE position = ${position}`)
    db.close()
    const [opened, reader] = [await openEmbeddedStore(copy), await openEmbeddedReader(copy)]
    await t.rejects(read({ ...opened, ...(reader as Required<EventReader>) }), {
      name: 'Damaged',
      message: `event ${position} of the ledger is missing, the next one is ${position + 1n}: somebody deleted events from its file`
    })
    await Promise.all([opened.close(), reader.close()])
  }
  const untilCaughtUp = async ({ subscribe }: EventStore) => {
    for await (const { caughtUp } of subscribe(0n, ['unit-'], new AbortController().signal))
      if (caughtUp) break
  }
  for (const position of [1n, 2n, 3n, 5n]) {
    await without(position, ({ readAll }) => all(readAll(0n, ['unit-'])))
    await without(position, untilCaughtUp)
    await without(position, ({ anyOrder }) => all(anyOrder.heads(0n, ['unit-'])))
  }
  await without(5n, ({ readAll }) => all(readAll(4n, ['unit-'])))

  const db = new DatabaseSync(path)
  db.exec('DROP TRIGGER event_no_delete; DELETE FROM event WHERE position = 6')
  db.close()
  const newest = { name: 'Damaged', message: /^event 6 of the ledger is missing, though it was stored/ }
  await t.rejects(openEmbeddedStore(path), newest)
  await t.rejects(openEmbeddedStore(path), newest, 'and nobody holds it meanwhile')
  const reader = await openEmbeddedReader(path)
  await t.rejects(all(reader.readAll(0n, ['unit-'])), newest)
  await reader.close()
})

t.test('appends that fail leave no position out', async (t) => {
  const { store, path } = await openStore(t)
  const other = shell(t, path)
  const [twice] = newEvents(1)
  await store.append('unit-a', twice ? [twice] : [], none)
  const failing: [events: NewEvent[], sql: string, undo: string][] = [
    [[newEvent(), newEvent({ id: twice?.id ?? '' })], '', ''],
    [newEvents(2), trigger('BEFORE', `raise(ABORT, 'bad sector')`), 'DROP TRIGGER broken'],
    [newEvents(2), trigger('AFTER', `raise(ROLLBACK, 'bad sector')`), 'DROP TRIGGER broken'],
    [newEvents(2), LATE, 'DROP TRIGGER late; DROP TABLE late']
  ]
  for (const [i, [events, sql, undo]] of failing.entries()) {
    other.exec(sql)
    await t.rejects(store.append('unit-b', events, none))
    other.exec(undo)
    await sleep(PROBE_PAUSE_MS)
    await store.append(`unit-c${i}`, newEvents(2), none)
  }
  const positions = (await all(store.readAll(0n, ['unit-']))).map(({ position }) => position)
  t.strictSame(positions, [1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n])
  t.equal(await store.end(), 9n)
})

/** The second event of an append cannot be written. */
const trigger = (when: string, how: string) =>
  `CREATE TRIGGER broken ${when} INSERT ON event WHEN NEW.stream = 'unit-b' AND NEW.revision = 1
    BEGIN SELECT ${how}; END`

t.test('what is no ledger of ours is refused and left alone', async (t) => {
  const sql = (text: string) => (path: string) => {
    const db = new DatabaseSync(path)
    db.exec(text)
    db.close()
  }
  const text = 'This is a letter, and it is long enough to be looked at as a file. '.repeat(20)
  const files: [how: (path: string) => void, message: RegExp][] = [
    [(path) => writeFileSync(path, text), /not even an SQLite file/],
    [sql('CREATE TABLE theirs (x)'), /another program/],
    [sql('PRAGMA user_version = 1'), /another program/]
  ]
  const path = ledgerIn(t)
  for (const [i, [make, message]] of files.entries()) {
    make(`${path}-${i}`)
    const before = readFileSync(`${path}-${i}`)
    await t.rejects(openEmbeddedStore(`${path}-${i}`), { name: 'ForeignStore', message })
    t.strictSame(readFileSync(`${path}-${i}`), before)
  }
  await (await openEmbeddedStore(path)).close()
  sql('PRAGMA user_version = 2')(path)
  await t.rejects(openEmbeddedStore(path), { name: 'ForeignStore', message: /newer version.*format 2/ })
  await t.rejects(openEmbeddedStore(t.testdirName), { name: 'FileUnusable' }, 'a folder is no file')
})

t.test('a ledger that cannot be written is refused at the start, and may be read all the same', async (t) => {
  const path = ledgerIn(t)
  openForWriting(path).close()
  const before = readFileSync(path)
  openForWriting(path).close()
  t.strictSame(readFileSync(path), before, 'looking at it changes nothing')
  chmodSync(join(path, '..'), 0o777)
  chmodSync(`${path}.lock`, 0o666)
  chmodSync(path, 0o444)
  t.throws(() => asPlainUser(() => openForWriting(path)), {
    name: 'FileUnusable',
    message: /^The ledger .*ledger\.db cannot be used: .*read-only for this user \(attempt to write .*\)\.$/
  })
  const events = asPlainUser(() => {
    const { db, close } = openForReading(path)
    const count = db.prepare('SELECT count(*) AS n FROM event').get()
    close()
    return count
  })
  t.match(events, { n: 0 })
})

t.test('a ledger that somebody writes by hand at the start is waited for later', async (t) => {
  const path = ledgerIn(t)
  openForWriting(path).close()
  const other = shell(t, path)
  other.exec('BEGIN IMMEDIATE')
  const { store } = await openStore(t, path)
  other.exec('COMMIT')
  t.match(await store.append('unit-a', newEvents(1), none), { revision: 0 })
})

t.test('a thread that dies fails what is under way and what comes', async (t) => {
  const folder = t.testdir({
    'crash.mjs': `
      import { parentPort } from 'node:worker_threads'
      parentPort.postMessage({ replies: [[0, { value: 7n }]] })
      parentPort.on('message', () => { throw new Error('out of order') })`
  })
  let exits = 0
  const url = pathToFileURL(join(folder, 'crash.mjs'))
  const thread = await startWorker(url, { role: 'writer', path: '' }, { onExit: () => (exits += 1) })
  t.equal(thread.opened, 7n)
  const calls = [thread.call(request('unit-a', 'none')), thread.call(request('unit-b', 'none'))]
  for (const call of await Promise.allSettled(calls)) {
    t.match(call, { reason: { name: 'Unavailable', nothingStored: false, message: /out of order/ } })
  }
  await t.rejects(thread.call(request('unit-a', 'none')), nothingStored)
  await thread.close()
  t.equal(exits, 1)
})

/** A process with the ledger open; resolves when it has said its first line. */
async function startWriter(t: Test, path: string, writers: string) {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../support/ledger-writer.ts'), path, writers],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {}
    }
  )
  t.teardown(() => child.kill('SIGKILL'))
  let said = ''
  const first = once(child.stdout, 'data')
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await first
  // The last line may have been cut off by the end of the process: it is no acknowledgement then.
  return { child, lines: () => said.split('\n').slice(0, -1) }
}

async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  const exit = child.exitCode === null && child.signalCode === null ? once(child, 'close') : undefined
  if (signal) child.kill(signal)
  await exit
}

t.test('one process writes a ledger; however it ends, the next one may', async (t) => {
  const path = ledgerIn(t)
  symlinkSync(path, `${path}-link`)
  const holder = await startWriter(t, path, '0')
  for (const name of [path, `${path}-link`]) {
    const started = performance.now()
    await t.rejects(openEmbeddedStore(name), {
      name: 'StoreLocked',
      message: /^Another process is using .*\.$/
    })
    t.ok(performance.now() - started < 20_000, 'without waiting for it')
  }
  await ended(holder.child, 'SIGKILL')
  const { store } = await openStore(t, path)
  const second = await startWriter(t, path, '0')
  await ended(second.child)
  t.match(second.lines().join(), /StoreLocked: Another process/)
  await store.close()
  const third = await startWriter(t, path, 'once')
  await ended(third.child)
  t.equal(third.child.exitCode, 0, 'after close nothing keeps a process from ending')
})

t.test('kill -9 under concurrent appends loses nothing that was acknowledged', async (t) => {
  const path = ledgerIn(t)
  const acknowledged: string[] = []
  for (let cycle = 0; cycle < 10; cycle++) {
    const { child, lines } = await startWriter(t, path, '16')
    await sleep(60 + cycle * 15)
    await ended(child, 'SIGKILL')
    acknowledged.push(...lines().slice(1))
    const store = await openEmbeddedStore(path)
    const events = await all(store.readAll(0n, ['unit-']))
    await store.close()
    const kept = new Set(events.map((e) => `${e.stream} ${e.revision} ${e.position} ${e.id}`))
    t.strictSame(
      acknowledged.filter((line) => !kept.has(line)),
      [],
      `${acknowledged.length} acknowledged, ${events.length} events`
    )
    t.ok(whole(events), 'no gap in a stream, no append in part')
  }
  t.ok(acknowledged.length > 100)
})

/** Each append says its size in its metadata: its events must all be there, in a row. */
function whole(events: StoredEvent[]): boolean {
  const streams = Map.groupBy(events, ({ stream }) => stream)
  return [...streams.values()].every((stream) => {
    let left: { size: number; count: number } | undefined
    for (const [i, { revision, metadata }] of stream.entries()) {
      const { size } = JSON.parse(metadata) as { size: number }
      if (revision !== i || (left && left.size !== size)) return false
      const count = (left?.count ?? 0) + 1
      left = count === size ? undefined : { size, count }
    }
    return left === undefined
  })
}
