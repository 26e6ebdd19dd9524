import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t from 'tap'
import { openReadModel, type ReadModel } from '../../src/store/read-model.ts'
import { BUILDING } from '../../src/store/read-model-options.ts'
import { at, filling, ROWS, rows } from './read-model-filling.ts'

/* New files are written without what would bring them through a crash, until they are finished. */

type Tap = { testdir: () => string }
const file = (t: Tap) => join(t.testdir(), 'rows.db')
const open = (path: string, options = {}) => openReadModel(path, [filling], options)
const kept = (model: ReadModel) => ({
  position: model.checkpoint('filling'),
  rows: model.query('select count(*) as n, min(acts) as least, max(acts) as most from rows')
})
const nothing = { position: 0n, rows: [{ n: 0n, least: null, most: null }] }
const whole = { position: 5n, rows: [{ n: BigInt(ROWS), least: 1n, most: 1n }] }
const put = (model: ReadModel, acts: number) => {
  for (let node = 0; node < ROWS; node++) model.put(rows, { node, acts })
}
const pragma = (model: ReadModel, name: string) => Object.values(model.query(`PRAGMA ${name}`)[0] ?? {})[0]

/** Builds rows in a process of its own, which is killed. */
async function killed(t: Tap, when: string): Promise<string> {
  const path = file(t)
  const program = join(import.meta.dirname, 'read-model-dying.ts')
  const child = spawn(process.execPath, [program, path, when], { stdio: 'inherit' })
  const [, signal] = await once(child, 'exit')
  if (signal !== 'SIGKILL') throw new Error(`it did not die ${when}`)
  return path
}

for (const when of ['before a commit', 'after a commit', 'in a batch']) {
  t.test(`a file whose building was killed ${when} is thrown away`, async (t) => {
    for (const [next, options] of Object.entries({ server: {}, building: BUILDING })) {
      const path = await killed(t, when)
      t.equal(existsSync(`${path}-journal`), true, 'what would be rolled back is there')
      const model = open(path, options)
      t.match(kept(model), nothing, `the next ${next} begins anew`)
      put(model, 1)
      model.commit(at(5n))
      model.close()
      const last = open(path)
      t.match(kept(last), whole)
      last.close()
    }
  })
}

t.test('so is one of which the power left no more than a part', async (t) => {
  const path = await killed(t, 'after a commit')
  const spoiled = openSync(path, 'r+')
  for (let page = 3; page < 40; page += 2) writeSync(spoiled, new Uint8Array(4096), 0, 4096, page * 4096)
  const next = open(path)
  t.match(kept(next), nothing)
  next.close()
})

t.test('a file that was completed comes through a kill', async (t) => {
  const next = open(await killed(t, 'completed'))
  t.match(kept(next), whole)
  next.close()
})

t.test('what is committed stays when a building is left, and what is not goes', async (t) => {
  const path = file(t)
  const first = open(path, BUILDING)
  put(first, 1)
  first.commit(at(5n))
  put(first, 2)
  first.close()
  t.strictSame(
    readdirSync(join(path, '..')).filter((name) => !name.endsWith('.lock')),
    ['rows.db']
  )
  const second = open(path)
  t.match(kept(second), whole)
  second.close()
})

t.test('a batch is undone in an unfinished file too', async (t) => {
  const model = open(file(t), BUILDING)
  t.teardown(() => model.close())
  put(model, 1)
  model.commit(at(5n))
  put(model, 2)
  t.match(model.query('select max(acts) as most from rows'), [{ most: 2n }], 'some are written')
  model.rollback()
  t.match(kept(model), whole)
  t.match(model.get(rows, [0]), { acts: 1 })
})

t.test('nobody reads a file before it is finished; then it is like any other', async (t) => {
  const path = file(t)
  const model = open(path, BUILDING)
  const count = () => {
    const reader = new DatabaseSync(path, { readOnly: true, timeout: 0 })
    try {
      return reader.prepare('select count(*) as n from rows').get()?.n
    } finally {
      reader.close()
    }
  }
  put(model, 1)
  model.commit(at(5n))
  t.throws(count, /locked/)
  model.complete()
  t.equal(count(), ROWS)
  t.equal(pragma(model, 'journal_mode'), 'wal')
  t.equal(pragma(model, 'synchronous'), 1n)
  t.equal(pragma(model, 'locking_mode'), 'normal')
  model.put(rows, { node: -1, acts: 1 })
  model.commit(at(6n))
  t.equal(count(), ROWS + 1)
  model.close()
})

t.test('rows that are there are never put at risk', async (t) => {
  const path = file(t)
  const first = open(path)
  put(first, 1)
  first.commit(at(5n))
  first.close()
  const again = open(path, { ...BUILDING, rebuild: ['filling'] })
  t.ok(again.isBuilding('filling'))
  t.equal(pragma(again, 'journal_mode'), 'wal')
  again.close()
})
