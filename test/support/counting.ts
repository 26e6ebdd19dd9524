import { type Projection, put, table, tables } from '../../projections/projection.ts'
import type { NewEvent } from '../../src/store/event-store.ts'
import { eventsOf } from './history.ts'

/* Projections that show it when an event is applied twice or left out. */

const acts = table<{ stream: string; acts: number; last: bigint }>({
  name: 'counting_acts',
  key: ['stream'],
  columns: { stream: 'text', acts: 'int', last: 'position' }
})
export const countedActs = acts

/** How many events each stream has had. */
export const counting: Projection = {
  name: 'counting',
  version: 1,
  tables: tables(acts),
  on: {
    UnitRegistered: ({ stream, position }, get) => [
      put(acts, { stream, acts: (get(acts, stream)?.acts ?? 0) + 1, last: position })
    ],
    UnitReclassified: ({ stream, position }, get) => [
      put(acts, { stream, acts: (get(acts, stream)?.acts ?? 0) + 1, last: position })
    ]
  }
}

const seen = table<{ position: bigint; sum: number }>({
  name: 'summing_seen',
  key: ['position'],
  columns: { position: 'position', sum: 'int' }
})
const total = table<{ id: string; sum: number }>({
  name: 'summing_total',
  key: ['id'],
  columns: { id: 'text', sum: 'int' }
})
export const summedSeen = seen

/** A running number, and the row of each event with it; throws, between its two rows, where it is told to. */
export const summing = (version = 1, failsAt: bigint | null = null): Projection => {
  const follow: NonNullable<Projection['on']['UnitRegistered']> = ({ position }, get) => {
    const sum = (get(total, 'all')?.sum ?? 0) + version
    // A column of whole numbers refuses the half, after the first row was put.
    const shown = position === failsAt ? 0.5 : sum
    return [put(total, { id: 'all', sum }), put(seen, { position, sum: shown })]
  }
  return {
    name: 'summing',
    version,
    // Units take turns in it.
    ordered: true,
    tables: tables(seen, total),
    on: { UnitRegistered: follow, UnitReclassified: follow as never }
  }
}

/** Appends to some streams: registrations, then changes of name. */
export function acting(
  count: number,
  streams = 7
): { stream: string; events: NewEvent[]; revision: number }[] {
  const happenings = Array.from({ length: count }, (_, i) => {
    const unit = `u-${i % streams}`
    return i < streams
      ? { type: 'UnitRegistered' as const, data: { unit, name: { fa: unit }, kind: 'office' as const } }
      : {
          type: 'UnitReclassified' as const,
          on: `unit-${unit}`,
          data: { name: { fa: `${unit} ${i}` }, reason: 'renamed' }
        }
  })
  return eventsOf(happenings).map((event) => ({
    stream: event.stream,
    revision: event.revision,
    events: [
      {
        id: event.id,
        type: event.type,
        data: JSON.stringify(event.data),
        metadata: JSON.stringify({ ...event.metadata, version: event.version })
      }
    ]
  }))
}
