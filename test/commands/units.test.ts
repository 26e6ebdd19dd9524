import t from 'tap'
import { fact, given } from '../support/given.ts'
import { registered, registrar, units } from '../support/province.ts'

const moved = (unit: string, parent: string | null) => ({
  ...fact('UnitReclassified', { parent, reason: 'law' }),
  on: `unit-${unit}`
})

t.test('a unit is registered once, below a unit that is there', async (t) => {
  const alborz = { unit: 'alborz', name: { fa: 'البرز', en: 'Alborz' }, kind: 'directorate' }
  const body = { ...alborz, parent: 'organisation', province: 'alborz', groups: ['provinces'] }
  given(...units)
    .when('register-unit', { ...body, letter: { number: '1', date: '2024-01-01' } }, registrar)
    .expect(t, { type: 'UnitRegistered', data: body as never })
  given(...units)
    .when('register-unit', { ...alborz, unit: 'qazvin' }, registrar)
    .refused(t, 'unit-exists', undefined, { id: 'qazvin' })
  given(...units)
    .when('register-unit', { ...alborz, parent: 'nowhere' }, registrar)
    .refused(t, 'unknown-unit', undefined, { id: 'nowhere' })
  given(...units)
    .when('register-unit', { ...alborz, parent: 'alborz' }, registrar)
    .refused(t, 'unit-ring')
})

t.test('a reclassification says what changes, and only that', async (t) => {
  const data = { parent: null, groups: [], reason: 'law' }
  given(...units, registered('yazd', 'organisation', { groups: ['a'] }))
    .when('reclassify-unit', { unit: 'yazd', ...data }, registrar)
    .expect(t, { type: 'UnitReclassified', data })
  const known = given(...units)
  known
    .when('reclassify-unit', { unit: 'qazvin', name: { fa: 'قزوین' }, reason: 'r' }, registrar)
    .expect(t, { type: 'UnitReclassified', data: { name: { fa: 'قزوین' }, reason: 'r' } })
  known
    .when('reclassify-unit', { unit: 'qazvin', parent: 'organisation', reason: 'r' }, registrar)
    .refused(t, 'nothing-changes')
  known.when('reclassify-unit', { unit: 'yazd', reason: 'r' }, registrar).refused(t, 'unknown-unit')
  known
    .when('reclassify-unit', { unit: 'qazvin', parent: 'yazd', reason: 'r' }, registrar)
    .refused(t, 'unknown-unit', undefined, { id: 'yazd' })
  known.when('reclassify-unit', { unit: 'qazvin', parent: null }, registrar).malformed(t)
})

t.test('no unit comes to stand above itself', async (t) => {
  const under = (unit: string, parent: string) => ({ unit, parent, reason: 'r' })
  const known = given(...units)
  known.when('reclassify-unit', under('qazvin', 'qazvin'), registrar).refused(t, 'unit-ring')
  known.when('reclassify-unit', under('organisation', 'qazvin-office'), registrar).refused(t, 'unit-ring')
  known
    .when('reclassify-unit', under('qazvin', 'tehran'), registrar)
    .expect(t, { type: 'UnitReclassified', data: { parent: 'tehran', reason: 'r' } })
})

t.test('a ring that two streams raced into is reported, not walked for ever', async (t) => {
  const ring = given(...units, moved('qazvin', 'tehran'), moved('tehran', 'qazvin'))
  const body = { unit: 'new', name: { fa: 'نو' }, kind: 'office', parent: 'qazvin-office' }
  ring.when('register-unit', body, registrar).refused(t, 'unit-ring')
  ring
    .when('reclassify-unit', { unit: 'organisation', parent: 'qazvin', reason: 'r' }, registrar)
    .refused(t, 'unit-ring')
  ring
    .when('reclassify-unit', { unit: 'tehran', parent: 'organisation', reason: 'r' }, registrar)
    .expect(t, { type: 'UnitReclassified', data: { parent: 'organisation', reason: 'r' } })
})
