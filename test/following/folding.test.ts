import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { SIGNALS, startFolding } from '../../src/following/folding.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import type { ProjectionSpec, TableSpec } from '../../src/store/read-model-spec.ts'

const texts: TableSpec = { name: 'texts', key: ['n'], columns: { n: 'int', text: 'text' } }
const spec: ProjectionSpec = { name: 'writing', version: 1, tables: [texts] }

t.test('the log is copied into the file once enough was committed, and not before', async (t) => {
  const path = join(t.testdir(), 'rows.db')
  const rows = openReadModel(path, [spec], { foldedElsewhere: true })
  const folding = startFolding(path)
  t.teardown(() => rows.close())
  for (let n = 0; n < 200; n++) rows.put(texts, { n, text: 'x'.repeat(1_000) })
  rows.commit(new Map([['writing', 1n]]))
  const size = () => statSync(path).size
  const before = size()
  t.ok(before < 200_000, 'it stands in the log')
  folding.committed(10)
  await pause(300)
  t.equal(size(), before, 'so little is not worth it')
  folding.committed(5_000)
  for (let i = 0; i < 100 && size() === before; i++) await pause(50)
  t.ok(size() > 200_000, 'it stands in the file')
  await folding.close()
})

/** A thread that copies nothing, as slowly as a bad disk, and says of a log that it is as long as it is told. */
function slowly(folder: string, pages: number) {
  const program = join(folder, 'slow.mjs')
  const [ready, done] = [join(folder, 'ready'), join(folder, 'done')]
  writeFileSync(
    program,
    `import { writeFileSync } from 'node:fs'
     import { workerData } from 'node:worker_threads'
     const signals = new Int32Array(workerData.signals)
     const { wanted, closing, begun, done, pages } = ${JSON.stringify(SIGNALS)}
     Atomics.store(signals, pages, ${pages})
     writeFileSync(${JSON.stringify(ready)}, '')
     for (let n = 1; ; n++) {
       Atomics.wait(signals, wanted, 0)
       Atomics.store(signals, wanted, 0)
       if (Atomics.load(signals, closing) === 1) break
       Atomics.add(signals, begun, 1)
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
       writeFileSync(${JSON.stringify(done)}, String(n))
       Atomics.add(signals, done, 1)
       Atomics.notify(signals, done)
     }`
  )
  const isReady = async () => {
    for (let i = 0; i < 500 && !existsSync(ready); i++) await pause(10)
  }
  return { program: pathToFileURL(program), isReady, isDone: () => existsSync(done) }
}

const limits = { enough: 100, most: 1_000, patienceMs: 60_000 }

t.test('a log that has grown too long is waited for, and no other', async (t) => {
  const rows = (name: string) => join(t.testdirName, name)
  t.testdir({ short: {}, long: {} })
  for (const [name, pages, isWaitedFor] of [
    ['short', 1_000, false],
    ['long', 1_001, true]
  ] as const) {
    const { program, isReady, isDone } = slowly(rows(name), pages)
    const folding = startFolding(rows(name), limits, program)
    await isReady()
    folding.committed(100)
    t.equal(isDone(), isWaitedFor, name)
    await folding.close()
  }
})

t.test('a thread that does not answer is not waited for again', async (t) => {
  const folder = t.testdir()
  const program = join(folder, 'silent.mjs')
  const heard = join(folder, 'heard')
  writeFileSync(
    program,
    `import { appendFileSync } from 'node:fs'
     import { workerData } from 'node:worker_threads'
     const signals = new Int32Array(workerData.signals)
     const { wanted, closing, pages } = ${JSON.stringify(SIGNALS)}
     Atomics.store(signals, pages, 9_999)
     appendFileSync(${JSON.stringify(heard)}, 'ready')
     for (;;) {
       Atomics.wait(signals, wanted, 0)
       Atomics.store(signals, wanted, 0)
       if (Atomics.load(signals, closing) === 1) break
       appendFileSync(${JSON.stringify(heard)}, ' wanted')
     }`
  )
  const folding = startFolding(folder, { ...limits, patienceMs: 300 }, pathToFileURL(program))
  for (let i = 0; i < 500 && !existsSync(heard); i++) await pause(10)
  for (let i = 0; i < 4; i++) folding.committed(100)
  t.equal(readFileSync(heard, 'utf8'), 'ready wanted', 'nor asked for anything')
  await folding.close()
})
