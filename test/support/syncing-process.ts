import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import { newEvent } from '../store/contract.ts'

/*
 * A process that appends one event after the other, or several at once, and says so with calls that whoever traces it can
 * see: `asked <n>` before an append, `acknowledged <n>` after it.
 * `syncing-process.ts <ledger> <honest|early> <rounds> <appends in a round>`: `early` acknowledges before the commit.
 */

const [ledger = '', mode = '', rounds = '', width = ''] = process.argv.slice(2)
const say = (line: string) => writeSync(1, `${line}\n`)

const store = await openEmbeddedStore(ledger)

async function append(n: number): Promise<void> {
  say(`asked ${n}`)
  const appended = store.append(`unit-${n}`, [newEvent()], { expectedRevision: 'none' })
  if (mode === 'honest') await appended
  say(`acknowledged ${n}`)
  await appended
}

for (let round = 0; round < Number(rounds); round++) {
  const first = round * Number(width)
  await Promise.all(Array.from({ length: Number(width) }, (_, i) => append(first + i)))
  // What is written besides is over before the next one is asked for.
  await sleep(5)
}
await store.close()
