import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { projections } from '../../projections/all.ts'
import { startRunner } from '../../projections/runner.ts'
import { discrepancyTable } from '../../scripts/demo/discrepancies.ts'
import { disputeLines } from '../../scripts/demo/dispute.ts'
import { gatherFacts } from '../../scripts/demo/gather.ts'
import { lossTable } from '../../scripts/demo/losses.ts'
import type { Look } from '../../scripts/demo/page.ts'
import { reportLines } from '../../scripts/demo/report.ts'
import { displayWidth, shorten, tableLines } from '../../scripts/demo/table.ts'
import { formATable, totalsTable } from '../../scripts/demo/totals.ts'
import { unknownLines } from '../../scripts/demo/unknown.ts'
import { yearLines } from '../../scripts/demo/years.ts'
import { runImport } from '../../scripts/import/run.ts'
import { createClock } from '../../src/clock.ts'
import { formatPoints, parsePoints, showPercent } from '../../src/points.ts'
import { openReadModel } from '../../src/store/read-model.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { handleOn, plan } from '../support/qazvin.ts'

const EN: Look = { lang: 'en', isolate: false }

const store = createMemoryStore()
await runImport(handleOn(store), plan.commands)
const rows = openReadModel(':memory:', projections)
const runner = await startRunner({ store, rows, projections, clock: createClock() })
await runner.waitUntil(await store.end(), 60_000)
const facts = await gatherFacts(runner.reader, store, plan.unplaced)
await runner.stop()
rows.close()
const { latest, discrepancies, comparison, explanation } = facts

/** The cells of a table: columns are at least two blanks apart, and an empty cell is more of them. */
const cells = (line: string) => line.split(/ {2,}/)
/** The line that begins with a code. */
const lineOf = (lines: string[], code: string) => lines.find((line) => cells(line)[0] === code) ?? ''
const node = (code: string) => latest.nodes.find((one) => one.code === code)

t.test('columns are padded by what is seen', async (t) => {
  t.equal(displayWidth('نمی‌شود'), 6, 'a joiner takes no room')
  t.equal(displayWidth('مُهر'), 3, 'nor does a vowel mark')
  t.equal(shorten('شاخص‌های عمومی', 9), 'شاخص‌های…')
  t.equal(shorten('short', 5), 'short')
  const columns = [{ head: 'code' }, { head: 'W', figures: true }, { head: 'title' }]
  t.strictSame(
    tableLines(columns, [
      ['G1.1', '7.5', 'شاخص'],
      ['می‌شود', '340']
    ]),
    ['code     W  title', '────  ───  ─────'.replace('────', '─────'), 'G1.1   7.5  شاخص', 'می‌شود  340']
  )
  const [, , isolated] = tableLines(columns, [['G1', '7', 'شاخص']], { isolate: true })
  t.match(isolated, /G1 +7 {2}\u2068شاخص\u2069$/)
})

t.test('(a) announced figures beside the sum of the parts', async (t) => {
  const lines = totalsTable(latest, EN)
  for (const code of ['G', 'S', 'total']) {
    const own = code === 'total' ? latest.total : node(code)
    const prints = own?.published.filter(({ level }) => level === 'final') ?? []
    t.ok(prints.length > 1, 'printed more than once')
    for (const { points, percent, source } of prints) {
      const line = lines.find((one) => cells(one)[0] === code && one.includes(source.place))
      const [, ceiling, self, announced, sum, , ofAnnounced, ofSum, printed] = cells(line ?? '')
      t.strictSame(
        [ceiling, self, announced, sum],
        [own?.ceiling, own?.self?.points, points, own?.final?.points]
      )
      t.strictSame([ofSum, printed], [own?.final?.percent, percent])
      const exact = showPercent(parsePoints(points ?? ''), parsePoints(ceiling ?? ''))
      t.equal(ofAnnounced, exact, 'the percent is computed, not copied')
    }
  }
})

t.test('(b) Form A has eight rows', async (t) => {
  const lines = formATable(latest, EN).filter((line) => /^S\d/.test(line))
  t.equal(lines.length, 8)
  for (const line of lines) {
    const [code = '', ...figures] = cells(line)
    const own = node(code)
    const { target, ceiling, self, final, gap, unitOfMeasure } = own ?? {}
    t.strictSame(figures.slice(0, 7), [
      target,
      ceiling,
      self?.points,
      final?.points,
      gap?.points,
      final?.percent,
      unitOfMeasure
    ])
  }
})

t.test('(c) every step between claim and result, and no reason that is not there', async (t) => {
  const text = disputeLines(explanation, EN).join('\n')
  for (const { position, delta, source } of explanation.steps) {
    t.match(text, new RegExp(`${position} .* ${delta} .*${source?.place}`))
  }
  const claim = explanation.steps.find(({ measurement }) => measurement)
  t.match(text, `${claim?.measurement?.numerator} / ${claim?.measurement?.denominator} = 35.08 %`)
  t.match(text, claim?.note ?? 'no note')
  t.match(text, 'reason: not in the source')
  const steps = explanation.steps.map((step) => ({ ...step, reason: 'counted anew' }))
  const given = disputeLines({ ...explanation, steps }, EN).join('\n')
  t.match(given, 'reason: counted anew')
  t.notMatch(given, 'not in the source')
})

t.test('(d) one line for each material discrepancy, the largest first', async (t) => {
  const lines = discrepancyTable(discrepancies, EN).slice(5)
  t.equal(lines.length, discrepancies.length)
  discrepancies.forEach(({ period, node, found, expected, basis, hints }, i) => {
    const line = lines[i] ?? ''
    t.strictSame(cells(line).slice(0, 2), [period, node])
    for (const figure of [found, expected]) t.ok(figure === null || cells(line).includes(figure), line)
    if (basis?.points && basis.ceiling) t.match(line, `${basis.points} / ${basis.ceiling}`)
    for (const hint of hints) t.match(line, hint.hint === 'nine' ? 'divisible by nine' : /mean|swapped|fits/)
  })
  const gaps = discrepancies.flatMap(({ gap }) => (gap === null ? [] : parsePoints(gap)))
  t.strictSame(
    gaps,
    gaps.toSorted((a, b) => b - a)
  )
})

t.test('(e) not applicable is not absent, and neither is a lost figure', async (t) => {
  const lines = yearLines(comparison, EN)
  const cell = (code: string, column: number) => cells(lineOf(lines, code))[column]
  t.equal(cell('G3.1.2.c', 1), 'n/a', 'it was there and did not apply')
  t.equal(cell('G3.1.2.d', 1), '-', 'it was not there')
  t.equal(cell('G3.3.1.f', 3), 'n/a')
  t.equal(cell('G1.1.2.a', 3), '?')
  t.match(cell('G1', 2), /^≥ /, 'a part is missing')
  t.match(lines.join('\n'), comparison.caution?.en ?? 'no caution')
  const total = comparison.items.find((item) => item.node === 'total')
  const later = total?.periods['1402']
  t.match(lineOf(lines, 'total'), `${later?.percent}     ${later?.changePoints}`)
  t.ok(lines.some((line) => line.startsWith('total') && line.includes('not separable')))
  const split = lines.find((line) => /^G2\.2 +1401-1402/.test(line)) ?? ''
  const change = comparison.items.find((item) => item.node === 'G2.2')?.periods['1402']?.change
  t.strictSame(cells(split).slice(4), [change?.performance, change?.applicability, change?.framework])
})

t.test('(f) what was lost adds up to what is missing from the total', async (t) => {
  const lines = lossTable(latest, EN)
  const lost = lines.flatMap((line) => (/^[GS]\d/.test(line) ? parsePoints(cells(line)[4] ?? '') : []))
  t.strictSame(
    lost,
    lost.toSorted((a, b) => b - a),
    'largest first'
  )
  const missing = parsePoints(latest.total?.ceiling ?? '') - parsePoints(latest.total?.final?.points ?? '')
  t.equal(cells(lineOf(lines, 'Σ'))[1], formatPoints(missing))
})

t.test('(g) what is not known is named', async (t) => {
  const text = unknownLines(facts.scorecards, explanation, plan.unplaced, EN).join('\n')
  for (const part of [
    '1400 G.rest: no score',
    '1401 G1.1.rest',
    '1402 G2.2.4.a',
    'G3.1.2.c: not in the framework'
  ]) {
    t.match(text, part)
  }
  for (const { en } of plan.unplaced) t.match(text, en ?? 'no English')
  t.match(text, 'S6: why 150 became 75 is not in the source')
})

t.test('the Persian report has the same figures, in Latin digits', async (t) => {
  const figures = (look: Look) =>
    reportLines(facts, look)
      .filter((line) => /^(?:[GS]\d|total|14\d\d )/.test(line))
      .map((line) => cells(line).filter((cell) => /^-?[\d.]+$/.test(cell)))
  const persian: Look = { lang: 'fa', isolate: false }
  t.strictSame(figures(persian), figures(EN))
  t.match(reportLines(facts, persian).join('\n'), node('G')?.title.fa ?? '-')
})

interface Program {
  child: ChildProcess
  output: () => string
  until: (sign: RegExp) => Promise<string>
}

function demo(t: Test, data: string, ...args: string[]): Program {
  const env = { ...process.env, KARNAMEH_DATA: data, KARNAMEH_PORT: '0', KARNAMEH_LOG_LEVEL: 'silent' }
  const child = spawn(process.execPath, ['scripts/demo.ts', '--lang', 'en', ...args], { env })
  t.teardown(() => child.kill('SIGKILL'))
  let output = ''
  const waiting = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      for (const look of waiting) look()
    })
  }
  const until = (sign: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => sign.test(output) && resolve(output)
      waiting.add(look)
      child.once('exit', () => reject(new Error(`ended: ${output}`)))
      look()
    })
  return { child, output: () => output, until }
}

t.test('the program imports, serves, and finds everything there the second time', async (t) => {
  const data = t.testdir()
  const first = demo(t, data)
  const output = await first.until(/listens on http:\S+\n/)
  t.match(output, `${plan.commands.length} events added`)
  const [, url = ''] = output.match(/listens on (\S+)/) ?? []
  t.equal((await fetch(`${url}/health/ready`)).status, 200)
  first.child.kill('SIGTERM')
  await once(first.child, 'exit')

  const second = demo(t, data, '--exit')
  const [code] = await once(second.child, 'close')
  t.equal(code, 0)
  t.match(second.output(), /^Import: 0 events added/)
  const report = (text: string) => text.slice(text.indexOf('(a)'), text.indexOf('Where to look'))
  t.equal(report(second.output()), report(output))
})

t.test('a wrong option is told, and nothing is begun', async (t) => {
  const { child, output } = demo(t, t.testdir(), '--lang', 'de')
  const [code] = await once(child, 'close')
  t.equal(code, 2)
  t.match(output(), /--lang is fa or en, not de\nUsage/)
})
