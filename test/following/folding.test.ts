import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { startFolding } from '../../src/following/folding.ts'
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
