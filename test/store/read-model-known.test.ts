import { join } from 'node:path'
import t from 'tap'
import { openReadModel } from '../../src/store/read-model.ts'
import type { ProjectionSpec, TableSpec } from '../../src/store/read-model-spec.ts'

/* The event by which rows know their ledger. */

const units: TableSpec = { name: 'units', key: ['unit'], columns: { unit: 'text' } }
const registry: ProjectionSpec = { name: 'registry', version: 1, tables: [units] }
const known = (position: bigint) => ({ position, event: `event-${position}` })

t.test('it is the newest that was met, and kept with the rows', (t) => {
  const path = join(t.testdir(), 'rows.db')
  const open = () => openReadModel(path, [registry])
  const model = open()
  model.bindStore('one', 9n)
  t.equal(model.known(), null)
  const apply = (position: bigint) => {
    model.meet(known(position))
    model.put(units, { unit: `u-${position}` })
  }
  apply(5n)
  model.commit(new Map([['registry', 5n]]))
  model.meet(known(4n))
  t.strictSame({ ...model.known() }, known(5n), 'whoever is behind meets older ones')
  model.query(`create temp trigger full before insert on units begin select raise(abort, 'no room'); end`)
  apply(6n)
  t.throws(() => model.commit(new Map([['registry', 6n]])), /no room/)
  model.query('drop trigger full')
  apply(6n)
  model.commit(new Map([['registry', 6n]]))
  model.close()

  const again = open()
  t.strictSame({ ...again.known() }, known(6n), 'written by the commit that did not fail')
  again.bindStore('one', 9n, true)
  t.equal(again.all(units, '').length, 2)
  again.bindStore('one', 9n, false)
  t.strictSame([again.known(), again.all(units, ''), again.checkpoint('registry')], [null, [], 0n])
  again.close()
  const empty = open()
  t.equal(empty.known(), null)
  empty.close()
  t.end()
})
