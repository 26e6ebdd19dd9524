import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { listDiscrepancies } from '../../projections/discrepancy-list.ts'
import { caseAfter } from '../../projections/history.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { foldedRows } from '../support/folded.ts'
import { fact } from '../support/given.ts'
import { eventsOf, figure, type Happening, node, opened, published } from '../support/history.ts'
import { answersAsOf, answersOfNow } from '../support/looking-back.ts'
import { registrar } from '../support/province.ts'
import { randomWorld } from '../support/random-ledger.ts'
import { ask, type World } from '../support/world.ts'

/** What a random history lacks: lineage, printed percents, units that change, and an earlier year that is amended. */
function afterwards(world: World): LedgerEvent[] {
  const source = { document: 'report', place: 'table 1', digits: 2 }
  const print = (node: string, percent: string) => {
    const figure = { about: { node }, level: 'final', percent, printed: percent, source }
    ask(world, 'publish-figure', { evaluation: '1402-x.qazvin', ...figure }, registrar)
  }
  const link = (node: string) => {
    const predecessors = [{ framework: '1401-x', node }]
    ask(world, 'link-lineage', { framework: '1402-x', node, relation: 'same', predecessors }, registrar)
  }
  print('n0', '50.1')
  link('n0')
  ask(world, 'reclassify-unit', { unit: 'qazvin', groups: ['a'], reason: 'so' }, registrar)
  link('n1')
  print('total', '33.3')
  const root = { code: 'n0', parent: null, kind: 'set', title: { fa: '-' }, ceiling: '77', scaled: true }
  ask(world, 'amend-framework', { framework: '1401-x', put: [root], reason: 'so' }, registrar)
  ask(world, 'register-unit', { unit: 'ardabil', name: { fa: '-' }, kind: 'directorate' }, registrar)
  ask(world, 'open-evaluation', { unit: 'ardabil', framework: '1401-x', origin: 'imported' }, registrar)
  return world.events
}

t.test('what a ledger answers about a position is what one that ends there answers', async () => {
  fc.assert(
    fc.property(randomWorld(fc, 90).map(afterwards), fc.nat(), (history, number) => {
      // The last events are what random histories lack, so that half of the positions are among them.
      const length = history.length
      const at = number % 2 === 0 ? 1 + (number % length) : length - (number % Math.min(9, length))
      const [whole, ended] = [foldedRows(history), foldedRows(history.slice(0, at))]
      assert.deepStrictEqual(answersAsOf(whole.reader, history, BigInt(at)), answersOfNow(ended.reader))
      for (const each of [whole, ended]) each.close()
    }),
    { numRuns: 60 }
  )
})

t.test('and of its end what it answers about now', async () => {
  fc.assert(
    fc.property(randomWorld(fc, 90).map(afterwards), (history) => {
      const whole = foldedRows(history)
      assert.deepStrictEqual(
        answersAsOf(whole.reader, history, BigInt(history.length)),
        answersOfNow(whole.reader)
      )
      whole.close()
    }),
    { numRuns: 10 }
  )
})

t.test('a hint knows the ceilings of that time, too', async (t) => {
  const year = (id: string, ceiling: string, startsOn: string): Happening =>
    published(`${id}-x`, [node('A', null, ceiling)], {
      period: { id, title: { fa: id }, startsOn, endsOn: '2030-01-01' }
    })
  const history = eventsOf([
    year('1401', '30', '2022-03-21'),
    year('1402', '40', '2023-03-21'),
    fact('LineageLinked', {
      node: 'A',
      predecessors: [{ framework: '1401-x', node: 'A' }],
      relation: 'same',
      changes: [],
      comparable: true
    }),
    opened('1402-x', 'qazvin'),
    // 24 of 40 are 60 percent; 80 percent is what they would be of last year's 30.
    figure('A', 'final', { points: '24', ceiling: '40', percent: '80' }),
    {
      ...fact('FrameworkAmended', { put: [node('A', null, '50')], remove: [], reason: 'so' }),
      on: 'framework-1401-x'
    }
  ])
  const hintsAt = (at: bigint) => {
    const { reader, close } = foldedRows(history)
    const caseFor = () =>
      caseAfter(history.filter(({ stream, position }) => stream !== 'framework-1401-x' && position <= at))
    const [row] = listDiscrepancies(reader, { kind: 'published-mismatch' }, at, { caseFor })
    close()
    return row?.hints
  }
  t.strictSame(hintsAt(5n), [
    { hint: 'ceiling', whose: 'last-year', node: 'A', period: '1401', ceiling: '30' }
  ])
  t.strictSame(hintsAt(6n), [])
})
