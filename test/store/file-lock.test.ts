import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { takeLock } from '../../src/store/file-lock.ts'
import { asPlainUser } from '../support/plain-user.ts'

const take = (file: string) => takeLock(file, 'Somebody has it.')

t.test('one holds it, and nothing is written', async (t) => {
  const file = join(t.testdir(), 'a.db')
  const lock = take(file)
  t.throws(() => take(file), { name: 'StoreLocked', message: 'Somebody has it.' })
  lock.close()
  take(file).close()
  t.strictSame([readdirSync(t.testdirName), statSync(`${file}.lock`).size], [['a.db.lock'], 0])
})

t.test('where it cannot be written it would keep nobody off, and is refused', async (t) => {
  const file = join(t.testdir({ readable: {} }), 'a.db')
  writeFileSync(`${file}.lock`, '')
  chmodSync(`${file}.lock`, 0o444)
  const message = (path: string) => new RegExp(`^The lock file ${path} cannot be used: .+ \\(.+\\)\\.$`)
  const refused = (path: string) => ({ name: 'FileUnusable', message: message(`${path}.lock`) })
  t.throws(() => asPlainUser(() => take(file)), refused(file))
  chmodSync(join(t.testdirName, 'readable'), 0o555)
  const missing = join(t.testdirName, 'readable', 'b.db')
  t.throws(() => asPlainUser(() => take(missing)), refused(missing))
  const folder = join(t.testdirName, 'c.db')
  mkdirSync(`${folder}.lock`)
  t.throws(() => take(folder), refused(folder))
})
