import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import t from 'tap'

/*
 * The shape of the program as a test. Read `arrows` as the architecture diagram: a folder, and what it may import
 * besides itself. Files right in src are leaves, except those in `roots`, which put the program together.
 */

const leaves = 'src'
const below = [leaves, 'src/events', 'src/rules', 'src/store', 'commands', 'projections']

const arrows: Record<string, readonly string[]> = {
  [leaves]: [],
  'src/events': [leaves],
  'src/rules': [leaves, 'src/events'],
  'src/store': [leaves, 'src/events'],
  commands: [leaves, 'src/events', 'src/rules'],
  projections: [leaves, 'src/events', 'src/rules'],
  'src/following': [leaves, 'src/events', 'src/store', 'projections'],
  'src/rebuilding': [leaves, 'src/store', 'projections'],
  'src/http': below,
  'src/web': [...below, 'src/http'],
  scripts: [...below, 'src/following', 'src/rebuilding', 'src/http', 'src/web', 'roots'],
  roots: [...below, 'src/following', 'src/http', 'src/web']
}

const roots = new Set(['src/app.ts', 'src/start.ts', 'src/main.ts', 'src/config.ts', 'src/exit.ts'])

/** The port, and the form of rows, are all of the store that decisions and projections know. */
const ports: Record<string, readonly string[]> = {
  commands: ['src/store/event-store.ts'],
  projections: ['src/store/event-store.ts', 'src/store/read-model.ts']
}

/** What is pure imports no package that could reach the world. */
const purePackages: Record<string, readonly string[]> = {
  'src/events': ['zod'],
  'src/rules': [],
  commands: ['zod'],
  projections: ['zod']
}

/**
 * Who may know the client of EventStoreDB: the adapter, which uses members of it that are not public, so that a new
 * version of it is looked at in one place (and is pinned to one). Beside it the benchmark that measures the client alone,
 * and the node of the tests, which is made of the messages that the client generates and held to what it expects.
 */
const CLIENT = '@eventstore/db-client'
const KNOWS_CLIENT =
  /^(src\/store\/eventstoredb[\w-]*\.ts|scripts\/bench\/wire\.ts|test\/(support\/.*|store\/eventstoredb-stand-in\.test\.ts))$/

/** The one file of a pure folder that meets the world: it keeps trying while the store is away. */
const shells = new Set(['projections/runner.ts'])

const LINES_MAX = 250
const TEST_LINES_MAX = 450

/** Longer files, each with the reason why they are better whole. */
const longer: Record<string, string> = {}

interface Source {
  path: string
  folder: string
  text: string
  lines: number
}

function folderOf(path: string): string {
  if (roots.has(path)) return 'roots'
  const folders = Object.keys(arrows).filter((folder) => path.startsWith(`${folder}/`))
  return folders.sort((a, b) => b.length - a.length)[0] ?? 'test'
}

const SELF = 'test/tidy.test.ts'

const sources: Source[] = ['src', 'commands', 'projections', 'scripts', 'test'].flatMap((top) =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
    .map((file) => {
      const path = join(top, file)
      const text = readFileSync(path, 'utf8')
      return { path, folder: folderOf(path), text, lines: text.trimEnd().split('\n').length }
    })
)

/** All but this file, which holds what it looks for. */
const others = sources.filter(({ path }) => path !== SELF)
const code = sources.filter(({ folder }) => folder !== 'test')

/** The modules a file imports, relative ones as paths from the top. */
function importsOf({ path, text }: Source): string[] {
  const statements = text.matchAll(
    /^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm
  )
  return [...statements].map(([, from, bare, dynamic]) => {
    const name = from ?? bare ?? dynamic ?? ''
    return name.startsWith('.') ? normalize(join(dirname(path), name)) : name
  })
}

const isOwn = (name: string) => /^(src|commands|projections|scripts|test)\//.test(name)

const EXAMPLE = `import { z } from 'zod'
import {
  Refusal
} from '../src/errors.ts'
import type { B } from './b.ts'
const fs = await import('node:fs')
`

t.test('there is something to look at', async (t) => {
  t.ok(code.length > 100)
  t.strictSame(importsOf({ path: 'commands/a.ts', folder: 'commands', lines: 3, text: EXAMPLE }), [
    'zod',
    'src/errors.ts',
    'commands/b.ts',
    'node:fs'
  ])
})

t.test('imports point one way', async (t) => {
  for (const source of code) {
    const allowed = new Set([source.folder, ...(arrows[source.folder] ?? [])])
    for (const name of importsOf(source).filter(isOwn)) {
      const fits = allowed.has(folderOf(name)) || ports[source.folder]?.includes(name)
      if (!fits) t.fail(`${source.path} must not import ${name}`)
    }
  }
})

t.test('decisions, rules, events and projections reach for nothing outside', async (t) => {
  for (const source of code) {
    const packages = purePackages[source.folder]
    if (!packages) continue
    for (const name of importsOf(source).filter((each) => !isOwn(each))) {
      if (!packages.includes(name)) t.fail(`${source.path} must not import ${name}`)
    }
    const world = /\b(Date\.now|new Date\(\)|Math\.random|process\.|setTimeout|fetch\()/.exec(source.text)
    if (world && !shells.has(source.path)) t.fail(`${source.path} asks the world: ${world[0]}`)
  }
})

t.test('the client of EventStoreDB is known where it is adapted, and in one version', async (t) => {
  for (const source of others.filter(({ path }) => !KNOWS_CLIENT.test(path))) {
    const known = importsOf(source).find((name) => name.startsWith(CLIENT))
    if (known) t.fail(`${source.path} must not import ${known}`)
  }
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  t.match(dependencies[CLIENT], /^\d+\.\d+\.\d+$/)
})

t.test('every import names a file that is there, by its whole name', async (t) => {
  for (const source of others) {
    for (const name of importsOf(source).filter(isOwn)) {
      if (!existsSync(name) || !name.endsWith('.ts'))
        t.fail(`${source.path} imports ${name}, which is not there`)
    }
  }
})

t.test('files can be read in one sitting', async (t) => {
  for (const { path, folder, lines } of sources) {
    const most = folder === 'test' ? TEST_LINES_MAX : LINES_MAX
    if (lines > most && !Object.hasOwn(longer, path)) t.fail(`${path} has ${lines} lines, more than ${most}`)
  }
  for (const path of Object.keys(longer)) t.ok(existsSync(path), `${path} is still there`)
})

t.test('no shortcuts', async (t) => {
  const banned: Record<string, RegExp> = {
    // The words it looks for, not work of its own.
    'work left undone': /\b(TODO|FIXME|XXX|HACK)\b/,
    'a type given up': /\bas any\b|: any\b|<any>|@ts-(ignore|expect-error|nocheck)/,
    'a default export': /^export default\b/m,
    'a barrel': /^export \* from/m
  }
  for (const { path, text } of others) {
    for (const [what, pattern] of Object.entries(banned)) {
      const found = pattern.exec(text)
      if (found) t.fail(`${path}: ${what} (${found[0].trim()})`)
    }
    if (/(^|\/)index\.\w+$/.test(path)) t.fail(`${path}: a file is named after what it holds`)
    if (!/\.ts$/.test(path)) t.fail(`${path}: the program is TypeScript`)
  }
  for (const { path, text } of code.filter(({ folder }) => folder !== 'scripts')) {
    if (/\bconsole\./.test(text)) t.fail(`${path}: what is to be said is logged`)
  }
})
