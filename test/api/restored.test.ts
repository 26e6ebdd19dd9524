import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startTestApp, type TestApp, type Who } from '../support/app.ts'
import { startNodes } from '../support/eventstoredb-node.ts'
import { runProgram } from '../support/programs.ts'

/* A ledger that was put back from a backup and has grown past the rows of what was lost. */

const registrar: Who = { id: 'r-5', role: 'registrar' }
const LOST = ['lost-1', 'lost-2', 'lost-3']
const FRESH = ['new-1', 'new-2', 'new-3', 'new-4']

type Start = (more?: Record<string, string>) => Promise<TestApp>

async function register(start: Start, units: readonly string[], more: Record<string, string> = {}) {
  const app = await start(more)
  for (const unit of units)
    await app.act(registrar, 'register-unit', { unit, name: { fa: unit }, kind: 'office' })
  await app.settled()
  await app.close()
}

async function shown(t: Test, start: Start): Promise<void> {
  const app = await start()
  await app.settled()
  const { items } = await app.read(registrar, '/v1/units?limit=100')
  const found = items.map(({ unit }: { unit: string }) => unit).sort()
  t.strictSame(found, ['first', ...FRESH])
  t.equal((await app.ask(null, '/health/ready')).statusCode, 200)
  await app.close()
}

t.test('rows of a history that was lost are dropped: in a file', async (t) => {
  const data = t.testdir()
  const file = join(data, 'ledger.db')
  const own = { KARNAMEH_STORE: `file:${file}` }
  const start: Start = (more = {}) => startTestApp(t, data, { ...own, ...more })
  await register(start, ['first'])
  copyFileSync(file, join(data, 'backup.db'))
  await register(start, LOST)
  copyFileSync(join(data, 'read-model.db'), join(data, 'rebuilt.db'))
  copyFileSync(join(data, 'backup.db'), file)
  await register(start, FRESH, { KARNAMEH_READ_MODEL: join(data, 'other.db') })
  await shown(t, start)

  const rebuilt = { ...own, KARNAMEH_DATA: data, KARNAMEH_READ_MODEL: join(data, 'rebuilt.db') }
  t.match(await runProgram(t, 'rebuild', rebuilt), { code: 0 })
  await shown(t, (more = {}) => start({ ...more, ...rebuilt }))
})

t.test('rows of a history that was lost are dropped: on a server', async (t) => {
  const nodes = await startNodes()
  t.teardown(nodes.close)
  const data = t.testdir()
  const own = { KARNAMEH_STORE: nodes.address, KARNAMEH_STREAM_PREFIX: 'r_' }
  const start: Start = (more = {}) => startTestApp(t, data, { ...own, ...more })
  await register(start, ['first'])
  await register(start, LOST)
  for (const unit of LOST) nodes.log.scavenge(`r_unit-${unit}`, 100n)
  await register(start, FRESH, { KARNAMEH_READ_MODEL: join(data, 'other.db') })
  await shown(t, start)
})
