import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { projections } from '../../projections/all.ts'

const readme = readFileSync('projections/README.md', 'utf8')

t.test('the README names every projection, and only what is there', async (t) => {
  for (const { name } of projections) t.match(readme, `| \`${name}\` |`, `${name} is in the table`)
  const named = [...readme.matchAll(/`((?:[a-z-]+\/)*[a-z-]+(?:\.test)?\.ts)`/g)].map(([, path = '']) => path)
  t.ok(named.length > 20)
  for (const path of named)
    t.ok(existsSync(path.includes('/') ? path : `projections/${path}`), `${path} is there`)
})
