import t from 'tap'
import type { Role } from '../../src/events/forms.ts'
import { readsOf, redact, seesUnit, seesWhole, unitOf } from '../../src/http/visibility.ts'

const actor = (role: Role, id = 'e-17', units: string[] = []) => ({ id, role, units })

t.test('who reads what', async (t) => {
  const reads = (['auditor', 'registrar', 'expert', 'assessor', 'panelist', 'viewer'] as const).map((role) =>
    readsOf(actor(role))
  )
  t.strictSame(reads, ['everything', 'everything', 'everything', 'own', 'own', 'figures'])
  const facts = {
    isWithin: (unit: string, units: readonly string[]) => unit === 'office' && units.includes('qazvin'),
    sitsOnPanel: (person: string) => person === 'p-3'
  }
  t.ok(seesUnit(actor('assessor', 'e-17', ['qazvin']), 'office', facts))
  t.notOk(seesUnit(actor('assessor', 'e-17', ['yazd']), 'office', facts))
  t.notOk(seesUnit(actor('panelist', 'p-3'), 'office', facts), 'a panel sees cases, not units')
  t.ok(seesWhole(actor('panelist', 'p-3'), '1402-x.office', facts))
  t.notOk(seesWhole(actor('viewer', 'p-3', ['qazvin']), '1402-x.office', facts))
  t.equal(unitOf('1402-behzisti-provincial.qazvin-behzisti'), 'qazvin-behzisti')
})

t.test('figures stay; reasons, persons, letters and evidence go', async (t) => {
  const step = {
    points: '22.5',
    role: 'expert',
    by: 'e-17',
    reasonCode: 'definition',
    reason: 'why',
    letter: { number: '1' },
    evidence: ['01JD8XW0000000000000000000'],
    standing: { points: '22.5', by: 'e-17', at: '2024-01-01T00:00:00.000Z' },
    steps: [{ delta: '-1', note: 'words' }],
    gap: null
  }
  t.strictSame(redact(step), {
    points: '22.5',
    role: 'expert',
    by: null,
    reasonCode: null,
    reason: null,
    letter: null,
    evidence: null,
    standing: { points: '22.5', by: null, at: '2024-01-01T00:00:00.000Z' },
    steps: [{ delta: '-1', note: null }],
    gap: null
  })
})
