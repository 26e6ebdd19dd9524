import { readFileSync } from 'node:fs'

/** Which version of the program runs, as its package says, and on what. */
export const programVersion = (
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
).version

export const runtimeVersion = `Node ${process.versions.node}`
