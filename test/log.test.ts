import { spawnSync } from 'node:child_process'
import t from 'tap'
import { writtenTogether } from '../src/log.ts'

t.test('lines that come together are written together, in order, and none is kept back', async (t) => {
  const written: string[] = []
  const { write } = writtenTogether({ write: (text) => void written.push(text) })
  write('a\n')
  write('b\n')
  t.strictSame(written, [])
  await new Promise(process.nextTick)
  t.strictSame(written, ['a\nb\n'])
  write('c\n')
  await new Promise(process.nextTick)
  t.strictSame(written, ['a\nb\n', 'c\n'])
})

t.test('the last words of a process are written however it ends', async (t) => {
  for (const end of ['process.exit(3)', 'throw new Error("it broke")', '']) {
    const program = `import { createLog } from ${JSON.stringify(new URL('../src/log.ts', import.meta.url).href)}
      const log = createLog('info')
      log.info('first')
      log.fatal('last')
      ${end}`
    const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      env: {}
    })
    t.match(stderr, /"msg":"first".*\n.*"msg":"last"/, end)
  }
})
