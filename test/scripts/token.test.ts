import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { createVerify, fixedKeys } from '../../src/http/auth.ts'
import { LOCAL_AUDIENCE, LOCAL_ISSUER, openLocalIssuer } from '../../src/http/local-issuer.ts'

const run = (data: string, args: readonly string[], env: Record<string, string> = {}) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['scripts/token.ts', ...args],
      { env: { KARNAMEH_DATA: data, ...env } },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err })
    )
  })

t.test('prints a token that the server of the same folder takes', async (t) => {
  const data = t.testdir()
  const { code, out } = await run(data, [
    '--role',
    'assessor',
    '--actor',
    'e-17',
    '--units',
    'a,b',
    '--days',
    '2'
  ])
  t.equal(code, 0)
  t.match(out, /^[\w-]+\.[\w-]+\.[\w-]+\n$/, 'the token and nothing else')
  const { keys } = await openLocalIssuer(data)
  const verify = createVerify({ keys: fixedKeys(keys), issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE })
  const { actor, expiresAt } = await verify(`Bearer ${out.trim()}`)
  t.strictSame(actor, { id: 'e-17', role: 'assessor', units: ['a', 'b'] })
  t.ok(Math.abs(expiresAt - Date.now() - 2 * 86_400_000) < 120_000, 'for two days')
  t.equal(statSync(join(data, 'issuer-key.json')).mode & 0o777, 0o600, 'nobody else may read the key')
})

t.test('says how it is used', async (t) => {
  const data = t.testdir()
  for (const args of [
    [],
    ['--role', 'admin', '--actor', 'e-17'],
    ['--role', 'expert'],
    ['--role', 'expert', '--actor', 'e-17', '--units', 'A B'],
    ['--role', 'expert', '--actor', 'e-17', '--days', '0'],
    ['--role', 'expert', '--actor', 'e-17', '--colour', 'blue']
  ]) {
    const { code, out, err } = await run(data, args)
    t.strictSame([code, out], [2, ''], args.join(' '))
    t.match(err, /Usage:/)
  }
  const remote = {
    KARNAMEH_JWKS_URL: 'https://id.example/keys',
    KARNAMEH_ISSUER: 'https://id.example',
    KARNAMEH_AUDIENCE: 'karnameh'
  }
  t.match(await run(data, ['--role', 'expert', '--actor', 'e-17'], remote), { code: 78, out: '' })
})
