import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import type { TestApp, Who } from './app.ts'
import { eventsOf } from './history.ts'
import { registered } from './province.ts'
import { storedOf } from './server.ts'

const registrar: Who = { id: 'r-5', role: 'registrar' }
const unit = (name: string) => ({ unit: name, name: { fa: name }, kind: 'office' })

/** When the newest event of a ledger was recorded. */
async function newestIn({ store }: TestApp): Promise<string> {
  const end = await store.end()
  for await (const { metadata } of store.readAll(end - 1n, ['unit-'])) return JSON.parse(metadata).recordedAt
  return ''
}

/**
 * Closes a server on whose ledger somebody with a clock two days ahead has written, and looks at what the next one
 * writes: with the rows of before, and without any.
 */
export async function seenByTheNext(t: Test, first: TestApp, next: () => Promise<TestApp>): Promise<void> {
  const at = new Date(Date.now() + 2 * 86_400_000).toISOString()
  const [event] = eventsOf([{ ...registered('ahead'), at }])
  await first.act(registrar, 'register-unit', unit('before'))
  await first.store.append('unit-ahead', event ? [storedOf(event)] : [], { expectedRevision: 'none' })
  await first.settled()
  await first.close()
  for (const name of ['with-rows', 'without']) {
    if (name === 'without') rmSync(join(first.data, 'read-model.db'))
    const again = await next()
    t.equal((await again.command(registrar, 'register-unit', unit(name))).statusCode, 201)
    t.ok((await newestIn(again)) >= at, `${name}: ${await newestIn(again)}`)
    await again.close()
  }
}
