import t from 'tap'
import * as following from '../../src/following/protocol.ts'
import * as embedded from '../../src/store/embedded-protocol.ts'
import { FileUnusable } from '../../src/store/event-store.ts'
import { aboutFile, aboutFileLater } from '../../src/store/file-trouble.ts'

const sqlite = (errcode: number, message: string) =>
  Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode })
const system = (code: string, message: string) =>
  Object.assign(new Error(`${code}: ${message}, open '/a'`), { code })

t.test('what can be mended is said of the file, whoever found it', async (t) => {
  const sentences: [error: Error, sentence: RegExp][] = [
    [sqlite(8, 'attempt to write a readonly database'), /read-only for this user \(attempt to write/],
    [sqlite(10 + (19 << 8), 'disk I/O error'), /the disk is full, or fails \(disk I\/O error\)/],
    [sqlite(13, 'database or disk is full'), /the disk is full/],
    [sqlite(14, 'unable to open database file'), /no file, or this user has no right/],
    [system('EACCES', 'permission denied'), /no right to it or to its folder \(EACCES: permission denied\)/],
    [system('ENOTDIR', 'not a directory'), /a part of its path is no folder/],
    [system('EEXIST', 'file already exists'), /a part of its path is no folder/],
    [system('EISDIR', 'illegal operation on a directory'), /it is a folder/],
    [system('EROFS', 'read-only file system'), /read-only/],
    [system('ENOSPC', 'no space left on device'), /the disk is full/]
  ]
  for (const [error, sentence] of sentences) {
    const fail = () => {
      throw error
    }
    t.throws(() => aboutFile('The ledger', '/a/b.db', fail), { name: 'FileUnusable', message: sentence })
    const later = aboutFileLater('The ledger', '/a/b.db', async () => fail())
    await t.rejects(later, { name: 'FileUnusable', message: /^The ledger \/a\/b\.db cannot be used: / })
  }
})

t.test('what is no trouble with a file stays what it is', async (t) => {
  const unusable = new FileUnusable('The lock file /a.lock cannot be used.')
  for (const error of [sqlite(11, 'malformed'), sqlite(5, 'locked'), new RangeError('no'), unusable]) {
    const fail = () => {
      throw error
    }
    t.throws(() => aboutFile('The ledger', '/a', fail), error)
  }
  t.equal(
    aboutFile('The ledger', '/a', () => 1),
    1
  )
})

t.test('it is told from thread to thread', async (t) => {
  const error = new FileUnusable('The ledger /a cannot be used.')
  for (const { faultOf, errorOf } of [embedded, following]) {
    const told = errorOf(structuredClone(faultOf(error)))
    t.ok(told instanceof FileUnusable)
    t.equal(told.message, error.message)
  }
})
