import { type EventStore, STREAM_PREFIXES } from '../store/event-store.ts'

/**
 * When the newest event of the ledger was recorded, applied or not: a process that begins has then seen it, and is not
 * behind it where its clock was put back. Null where there is none, or none that says so; who applies it tells of that.
 */
export async function newestMoment(store: Pick<EventStore, 'end' | 'readAll'>): Promise<string | null> {
  const end = await store.end()
  if (end === 0n) return null
  for await (const { metadata } of store.readAll(end - 1n, STREAM_PREFIXES)) return recordedAt(metadata)
  return null
}

function recordedAt(metadata: string): string | null {
  try {
    const { recordedAt: said } = Object(JSON.parse(metadata))
    return typeof said === 'string' && Number.isFinite(Date.parse(said)) ? said : null
  } catch {
    return null
  }
}
