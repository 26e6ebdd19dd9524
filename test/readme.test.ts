import { execFile, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import t from 'tap'
import { commands } from '../commands/catalogue.ts'
import { startTestApp } from './support/app.ts'
import { plan } from './support/qazvin.ts'

/* What the README tells people to type works as it stands there, and what it lists is there. */

const readme = readFileSync('README.md', 'utf8')
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code ?? '')
const hasCurl = spawnSync('curl', ['--version']).status === 0
const run = promisify(execFile)

t.test('the tours of the README', { skip: hasCurl ? false : 'curl is not installed here' }, async (t) => {
  const app = await startTestApp(t)
  const importer = { id: 'r-1', role: 'registrar' as const }
  for (const { command, body, key } of plan.commands) {
    const answer = await app.command(importer, command, body, { 'idempotency-key': key })
    if (answer.statusCode !== 201) t.fail(`${command}: ${answer.body}`)
  }
  await app.settled()
  const type = async (code: string): Promise<string> => {
    const here = code.replaceAll('http://127.0.0.1:8080', app.url)
    const { stdout } = await run('bash', ['-eu', '-c', here], {
      env: { ...process.env, KARNAMEH_DATA: app.data },
      maxBuffer: 64 * 1024 * 1024
    })
    return stdout
  }
  const why = blocks.find((code) => code.includes('nodes/S6'))
  const answers = await type(why ?? 'false')
  t.notMatch(answers, '"/problems/', 'every question of the tour is answered')
  t.match(answers, '"delta":"-75"', 'and the gap of S6 is explained')

  const dispute = await type(blocks.find((code) => code.includes('decide-appeal')) ?? 'false')
  t.notMatch(dispute, '"/problems/', 'every act of the dispute is done')
  t.match(dispute, '"type":"AppealDecided"', 'and it is among the steps')

  const live = blocks.find((code) => code.includes('finalise-evaluation'))
  const acts = await type(live ?? 'false')
  t.notMatch(acts, '"/problems/', 'every act of the live evaluation is done')
  t.match(acts, '"EvaluationFinalised"')
})

t.test('the tables name what there is', async (t) => {
  const described = [...readme.matchAll(/`?(\/(?:v1|health|metrics)[^`?\s]*)/g)].map(([, path]) => path)
  const routes = readdirSync('src/http/routes')
    .map((file) => readFileSync(`src/http/routes/${file}`, 'utf8'))
    .flatMap((code) => [...code.matchAll(/app\.(?:get|post)\('(\/(?:v1|health|metrics)[^']*)'/g)])
    .map(([, path = '']) => path.replace(/:(\w+)/g, '{$1}'))
  t.ok(routes.length > 20, 'the routes were found')
  for (const route of routes) t.ok(described.includes(route), `${route} is in the README`)
  const reference = readFileSync('commands/README.md', 'utf8')
  for (const { name } of commands) t.match(reference, name, `${name} is in commands/README.md`)
})
