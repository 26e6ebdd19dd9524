import { createHandle } from '../../commands/handle.ts'
import type { Handle } from '../../commands/outcome.ts'
import { byStream } from '../../scripts/copy/endpoint.ts'
import { readSampleFiles } from '../../scripts/import/files.ts'
import { readSample } from '../../scripts/import/plan.ts'
import { runImport } from '../../scripts/import/run.ts'
import { createClock } from '../../src/clock.ts'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { newUlid } from '../../src/ids.ts'
import { type EventStore, STREAM_PREFIXES } from '../../src/store/event-store.ts'
import { createMemoryStore } from './memory-store.ts'

/* The sample that comes with the program, for tests of reading it and of what is made of it. */

export const files = await readSampleFiles()
export const plan = readSample(files)
export const YEARS = ['1400', '1401', '1402'] as const

const NOON = Date.parse('2024-06-01T08:30:00Z')

/** Commands on a store, at a time that stands still. */
export const handleOn = (store: EventStore): Handle =>
  createHandle({ store, clock: createClock(() => NOON), newUlid, findCommand: () => undefined })

/**
 * The whole sample on a store: decided in memory, then written stream by stream, since an append for each of hundreds of
 * commands would be hundreds of waits for the disk.
 */
export async function importSample(store: EventStore): Promise<void> {
  const memory = createMemoryStore()
  await runImport(handleOn(memory), plan.commands, () => {})
  const events = []
  for await (const event of memory.readAll(0n, STREAM_PREFIXES)) events.push(event)
  for (const group of byStream(events)) {
    const [first] = group
    if (!first) continue
    const expectedRevision = first.revision === 0 ? 'none' : first.revision - 1
    await store.append(
      first.stream,
      group.map(({ id, type, data, metadata }) => ({ id, type, data, metadata })),
      { expectedRevision }
    )
  }
}

/** Bodies of commands; a member is there where its command has it. */
export interface Body
  extends Record<'evaluation' | 'framework' | 'node' | 'level' | 'relation' | 'note', string> {
  about: { node: string }
  source: { place: string }
  period: { id: string }
  nodes: FrameworkNode[]
  measurement?: Record<string, string>
  [measure: string]: unknown
}

/** All bodies of one command in the plan. */
export const bodies = (command: string): Body[] =>
  plan.commands.filter((planned) => planned.command === command).map(({ body }) => body as unknown as Body)

/** The files once more, as a reader with nothing but the files would take them. */
export const raw = (name: string) => JSON.parse(files[name] ?? 'null')

export interface PrintedScore extends Record<'code' | 'level' | 'source', string> {
  score: string | null
  ceiling: string | null
  percent: string | null
}

export const scoresOf = (year: string): { records: PrintedScore[] } => raw(`scores-${year}.json`)
