import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { SampleFiles } from './sample.ts'

/** The folder of the sample that comes with the program. */
export const SAMPLE_FOLDER = fileURLToPath(new URL('../sample/qazvin/', import.meta.url))

/** The texts of all JSON files of a folder, by name. */
export async function readSampleFiles(folder: string = SAMPLE_FOLDER): Promise<SampleFiles> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(`${folder}/${name}`, 'utf8')] as const)
  )
  return Object.fromEntries(texts)
}
