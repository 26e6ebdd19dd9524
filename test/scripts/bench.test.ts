import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { median } from '../../scripts/bench/measure.ts'
import { benches } from '../../scripts/bench/table.ts'

const FOLDER = 'scripts/bench'

// A benchmark starts processes of its own, which takes its time on a busy machine.

const bench = (args: string[], data = '') =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['scripts/bench.ts', ...args],
      { env: { KARNAMEH_DATA: data } },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err })
    )
  })

t.test('the table names every program of the folder, and nothing else', async (t) => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
  const text = files.map((name) => readFileSync(`${FOLDER}/${name}`, 'utf8')).join('\n')
  // Whatever no other file imports is a program.
  const programs = files.filter((name) => name !== 'table.ts' && !text.includes(`from './${name}'`))
  t.strictSame(
    Object.values(benches)
      .map(({ file }) => file)
      .sort(),
    programs.sort()
  )
})

t.test('a name that is not in the table is refused, and so is an unknown option', async (t) => {
  for (const args of [['nobody'], ['append', 'nobody'], ['toString'], ['--slow']]) {
    const { code, out, err } = await bench(args)
    t.match([code, out], [2, ''], args.join(' '))
    for (const name of Object.keys(benches)) t.match(err, `  ${name}`)
  }
})

t.test('a benchmark says one line of JSON and leaves nothing behind', async (t) => {
  const data = t.testdir()
  const { code, out, err } = await bench(['append', '--quick'], data)
  t.equal(code, 0, err)
  t.equal(out.split('\n').length, 2)
  const side = { what: String, perSecond: Number }
  t.match(JSON.parse(out), {
    figure: 'append',
    ratio: Number,
    floor: 0.4,
    aim: 0.8,
    baseline: side,
    measured: side,
    rounds: 1,
    machine: { cpus: Number, model: String, node: process.version }
  })
  t.strictSame(readdirSync(data), [])
})

t.test('the median is the middle one, or between the two in the middle', async (t) => {
  t.equal(median([3, 1, 100]), 3)
  t.equal(median([4, 1, 100, 2]), 3)
})
