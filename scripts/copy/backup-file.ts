import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { z } from 'zod'
import type { StoredEvent } from '../../src/events/catalogue.ts'
import { Damaged, ForeignStore } from '../../src/store/event-store.ts'
import { createRequireOrder } from './order.ts'

/*
 * A backup is a text file: a first line that says what it is, a line for each event in ledger order, and a last line
 * with their number and the SHA-256 of all bytes before it. Data and metadata are the stored texts as JSON strings, so
 * that every byte of them comes back. Without its last line a backup is not whole, and may be gone on with. A whole one is
 * gone on with behind its last line, up to another one: until that is there the backup of before stays what it was.
 */

export const HEADER = `${JSON.stringify({ karnameh: 'ledger', format: 1 })}\n`

const EventLine = z.strictObject({
  position: z.string().regex(/^\d+$/).transform(BigInt),
  stream: z.string(),
  revision: z.int().min(0),
  id: z.string(),
  type: z.string(),
  data: z.string(),
  metadata: z.string()
})
const LastLine = z.strictObject({ events: z.int().min(0), sha256: z.string() })

export const eventLine = ({ position, stream, revision, id, type, data, metadata }: StoredEvent): string =>
  `${JSON.stringify({ position: String(position), stream, revision, id, type, data, metadata })}\n`

export const lastLine = (events: number, sha256: string): string => `${JSON.stringify({ events, sha256 })}\n`

/** What can be read of a backup; `bytes` is where the next event belongs. */
export interface BackupState {
  events: number
  bytes: number
  /** Up to its newest last line; null where there is none. */
  whole: { events: number; bytes: number } | null
}

/**
 * Yields the events of a backup, or of so many bytes of it; a line that was torn off ends it, and so does one that cannot
 * be read where no last line comes after it. Returns the state at the end. Throws `ForeignStore` for
 * a file that is no backup, `Damaged` where a whole line cannot be read, an event is not the next one of its stream, or the
 * last line does not fit the others.
 */
export async function* readBackup(
  path: string,
  bytes = Number.POSITIVE_INFINITY
): AsyncGenerator<StoredEvent, BackupState> {
  const hash = createHash('sha256')
  const requireOrder = createRequireOrder(path)
  const state: BackupState = { events: 0, bytes: 0, whole: null }
  let spoilt: Damaged | undefined
  const take = (line: Buffer): void => {
    hash.update(line)
    state.bytes += line.length
  }
  for await (const line of linesOf(path, bytes)) {
    if (state.bytes === 0) {
      if (line.toString() !== HEADER) throw new ForeignStore(`${path} is not a backup of a ledger`)
      take(line)
      continue
    }
    const value = parsed(line)
    const last = LastLine.safeParse(value)
    if (last.success) {
      if (spoilt) throw spoilt
      checkLast(last.data, { events: state.events, sha256: hash.copy().digest('hex') }, path)
      take(line)
      state.whole = { events: state.events, bytes: state.bytes }
      continue
    }
    const event = EventLine.safeParse(value)
    if (!event.success) spoilt ??= new Damaged(`${path}: the line after event ${state.events} is no event`)
    // Behind a last line, what a crash has left there spoils nothing of what was whole before.
    if (spoilt && !state.whole) throw spoilt
    if (spoilt || !event.success) continue
    requireOrder(event.data)
    state.events += 1
    take(line)
    yield event.data
  }
  return state
}

type Last = z.infer<typeof LastLine>

function checkLast(said: Last, found: Last, path: string): void {
  if (said.events === found.events && said.sha256 === found.sha256) return
  throw new Damaged(
    `${path} has been changed: its last line tells of ${said.events} events and SHA-256 ${said.sha256}, there are ${found.events} and ${found.sha256}`
  )
}

/** Undefined for what is no JSON. */
function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString())
  } catch {
    return undefined
  }
}

const LF = 10

/** Whole lines with their ends; what follows the last end of a line is left out. */
async function* linesOf(path: string, bytes: number): AsyncGenerator<Buffer> {
  if (!existsSync(path)) return
  let rest: Buffer[] = []
  for await (const chunk of createReadStream(path, { end: bytes - 1 }) as AsyncIterable<Buffer>) {
    let from = 0
    for (let end = chunk.indexOf(LF); end !== -1; end = chunk.indexOf(LF, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, end + 1)])
      rest = []
      from = end + 1
    }
    rest.push(chunk.subarray(from))
  }
}
