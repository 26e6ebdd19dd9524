import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { type Attestation, keepAttestation, lastAttestation } from '../../src/store/attestation.ts'

const found: Attestation = {
  at: '2026-01-01T00:00:00.000Z',
  ledger: '0123456789abcdef',
  position: '3',
  outcome: 'differs',
  projections: [{ name: 'journal', position: '3', outcome: 'differs', rows: 2, sha256: null }]
}

t.test('what an attestation found is read back, and rubbish is nothing', async (t) => {
  const folder = t.testdir()
  const readModel = join(folder, 'read-model.db')
  t.equal(await lastAttestation(readModel), null)
  await keepAttestation(readModel, found)
  t.strictSame(await lastAttestation(readModel), found)
  await keepAttestation(readModel, { ...found, outcome: 'same' })
  t.match(await lastAttestation(readModel), { outcome: 'same' })
  t.strictSame(readdirSync(folder), ['read-model.db.attestation.json'], 'one file, whole')
  const whole = JSON.stringify(found)
  for (const rubbish of ['', 'null', '[]', whole.slice(0, -2), JSON.stringify({ ...found, position: 'x' })]) {
    writeFileSync(join(folder, 'read-model.db.attestation.json'), rubbish)
    t.equal(await lastAttestation(readModel), null, rubbish)
  }
})

t.test('each read model of a folder has its own', async (t) => {
  const folder = t.testdir()
  await keepAttestation(join(folder, 'a.db'), found)
  t.equal(await lastAttestation(join(folder, 'b.db')), null)
  await keepAttestation(join(folder, 'b.db'), { ...found, outcome: 'same' })
  t.match(await lastAttestation(join(folder, 'a.db')), { outcome: 'differs' })
})

t.test('where nothing can be kept, that is said and nothing is left', async (t) => {
  const folder = t.testdir({ 'read-model.db.attestation.json': { taken: '' } })
  await t.rejects(keepAttestation(join(folder, 'read-model.db'), found))
  t.strictSame(readdirSync(folder), ['read-model.db.attestation.json'])
})
