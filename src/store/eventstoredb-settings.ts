import { Damaged } from './event-store.ts'
import { type Reading, readRecords } from './eventstoredb-read.ts'
import type { WireRecord } from './eventstoredb-wire.ts'

/*
 * The server keeps the settings of a stream in a stream beside it. Some of them make it forget events, which a ledger
 * must not; somebody may set them at any time, so they are watched for as long as the ledger is read.
 */

const FORGETTING = ['$maxCount', '$maxAge', '$tb'] as const

/** The name, or the beginning of names, of the streams that hold the settings of others. */
export const settingsOf = (stream: string): string => `$$${stream}`

export const areSettings = ({ stream }: WireRecord): boolean => stream.startsWith('$$')

/** The setting in a record by which the server forgets events. */
export function forgettingIn({ data }: WireRecord): string | undefined {
  const settings = Object(parsed(data))
  return FORGETTING.find((name) => Object.hasOwn(settings, name))
}

/** What a stream's settings with such a setting are answered with. `settings` is the name of the stream of settings. */
export const forgets = (settings: string, key: string): Damaged =>
  new Damaged(
    `stream ${settings.slice(settingsOf('').length)} has ${key} set on the server, which deletes events; a ledger loses nothing`
  )

/** Rejects with `Damaged` where a change of settings that was met is still in force. */
export async function requireKept(parts: Reading, met: readonly WireRecord[]): Promise<void> {
  for (const { stream } of met.filter((record) => forgettingIn(record) !== undefined)) {
    let key: string | undefined
    for await (const record of readRecords(parts, stream)) key = forgettingIn(record)
    if (key !== undefined) throw forgets(stream, key)
  }
}

/** A JSON text; nothing in it where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
