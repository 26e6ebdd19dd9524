import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { openForWriting } from '../../src/store/embedded-file.ts'
import { takeLock } from '../../src/store/file-lock.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { filesOfSecond, removeAttested } from '../../src/store/rows-files.ts'
import { at, filling, ROWS, rows } from './read-model-filling.ts'

/* Which files are taken for rows of ours, and what becomes of the others. */

const open = (path: string) => openReadModel(path, [filling])
const file = (t: { testdir: () => string }) => join(t.testdir(), 'rows.db')

function exec(path: string, sql: string): void {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}

t.test('a read model of ours that cannot be used is thrown away', async (t) => {
  const filled = (path: string) => {
    const model = open(path)
    for (let node = 0; node < ROWS; node++) model.put(rows, { node, acts: 1 })
    model.commit(at(5n))
    model.close()
  }
  const spoil: Record<string, (path: string) => void> = {
    empty: (path) => writeFileSync(path, ''),
    'another format': (path) => exec(path, 'PRAGMA user_version = 99'),
    'no SQLite any more': (path) => {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.fill(0x5a, 0, 16))
    },
    damaged: (path) => {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.fill(0x5a, 3 * 4096, statSync(path).size - 4096))
    }
  }
  for (const [what, how] of Object.entries(spoil)) {
    const path = join(t.testdir({ [what]: {} }), 'deeper', 'rows.db')
    filled(path)
    how(path)
    const model = open(path)
    t.equal(model.checkpoint('filling'), 0n, what)
    t.strictSame(model.all(rows, ''), [], what)
    model.close()
  }
})

t.test('a file that is none of ours is refused and left alone', async (t) => {
  const theirs: Record<string, (path: string) => void> = {
    'no SQLite': (path) => writeFileSync(path, 'a letter, and long enough to be looked at'.repeat(99)),
    'a few bytes': (path) => writeFileSync(path, 'a note'),
    'foreign SQLite': (path) => exec(path, 'CREATE TABLE theirs (x)'),
    'another mark': (path) => exec(path, 'PRAGMA application_id = 99'),
    'another version': (path) => exec(path, 'PRAGMA user_version = 7'),
    'a ledger': (path) => openForWriting(path).close(),
    'a damaged ledger': (path) => {
      openForWriting(path).close()
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.fill(0x5a, 0, 16))
    }
  }
  const folder = t.testdir()
  for (const [what, make] of Object.entries(theirs)) {
    const path = join(folder, what)
    make(path)
    const before = readFileSync(path)
    t.throws(() => open(path), {
      name: 'ForeignStore',
      message: `${path} is not a read model; it was left as it is.`
    })
    t.strictSame(readFileSync(path), before, what)
  }
  const mine = join(folder, 'rows.db')
  const second = filesOfSecond(mine)[0]
  writeFileSync(second, 'a letter')
  open(mine).close()
  t.equal(readFileSync(second, 'utf8'), 'a letter', 'nor is it removed where a rebuild has its files')
})

t.test('damage met while reading is thrown, and the file is gone for the next start', async (t) => {
  const path = file(t)
  const model = open(path)
  for (let node = 0; node < ROWS; node++) model.put(rows, { node, acts: 1 })
  model.commit(at(5n))
  model.close()
  const late = open(path)
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill(0x5a, 4 * 4096))
  late.query('PRAGMA shrink_memory')
  t.throws(() => late.all(rows, ''), /malformed/)
  t.notOk(existsSync(path))
  late.close()
})

t.test('rows are held by whatever name they have', async (t) => {
  const path = file(t)
  const link = `${path}-link`
  symlinkSync('rows.db', link)
  for (const [first, second] of [
    [link, path],
    [path, link]
  ] as const) {
    const model = open(first)
    t.throws(() => open(second), { name: 'StoreLocked' }, `${second} beside ${first}`)
    model.put(rows, { node: 1, acts: 1 })
    model.commit(at(5n))
    model.close()
  }
  exec(path, 'PRAGMA user_version = 99')
  const again = open(link)
  t.equal(again.checkpoint('filling'), 0n)
  again.close()
  t.ok(lstatSync(link).isSymbolicLink(), 'what a link leads to is thrown away, not the link')
})

t.test('what attestations that were killed have left goes with the next that hold the rows', async (t) => {
  const path = file(t)
  const scratch = (pid: number) => `${path}.attest-${pid}`
  const [gone, elsewhere, theirs] = [999_999_999, 999_999_998, 999_999_997]
  for (const pid of [gone, elsewhere, process.pid, process.ppid]) {
    open(scratch(pid)).close()
    for (const each of [scratch(pid), ...filesOfSecond(scratch(pid))]) {
      if (each !== scratch(pid)) writeFileSync(each, '')
      writeFileSync(`${each}-journal`, 'pages')
    }
  }
  writeFileSync(scratch(theirs), 'a letter')
  const holder = takeLock(scratch(elsewhere), 'it is attesting in another container')
  open(path).close()
  const left = readdirSync(t.testdirName).filter((name) => name.includes('.attest-'))
  const whose = new Set(left.map((name) => Number.parseInt(name.slice('rows.db.attest-'.length), 10)))
  t.strictSame(whose, new Set([elsewhere, theirs, process.ppid]))
  t.equal(readFileSync(scratch(theirs), 'utf8'), 'a letter')
  holder.close()
  removeAttested(path)
  t.notOk(existsSync(scratch(elsewhere)))
  t.ok(existsSync(scratch(process.ppid)), 'that process may be at it')
})
