import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openEmbeddedStore } from '../../src/store/embedded.ts'
import type { EventStore, NewEvent } from '../../src/store/event-store.ts'
import { amount, type Contender, compare, inFolder, printFigure } from './measure.ts'

/*
 * Durable appends of single events by 64 callers at once through the port, against a bare loop that puts the same rows
 * into an SQLite table with the same two unique indexes, 100 of them in each transaction. Both sync before they count anything as done.
 */

const CALLERS = 64
const GROUP = 100
const EVENTS = amount(20_000, CALLERS)

/** An event as `enter-self-score` makes them. */
function newEvent(caller: number, index: number): NewEvent {
  const commandId = randomUUID()
  return {
    id: randomUUID(),
    type: 'SelfScoreEntered',
    data: JSON.stringify({
      node: `1.${caller}`,
      points: String(index % 100),
      note: 'as in the report',
      evidence: []
    }),
    metadata: JSON.stringify({
      version: 1,
      recordedAt: new Date().toISOString(),
      actor: { id: `a-${caller}`, role: 'assessor', units: [`u-${caller}`] },
      correlationId: commandId,
      causationId: commandId,
      commandId,
      commandHash: commandId.replaceAll('-', '').repeat(2)
    })
  }
}

/** Streams of one round are not those of another. */
let rounds = 0

function eventsOfRound(): { stream: string; events: NewEvent[] }[] {
  rounds += 1
  return Array.from({ length: CALLERS }, (_, caller) => ({
    stream: `evaluation-bench-${rounds}.u-${caller}`,
    events: Array.from({ length: Math.floor(EVENTS / CALLERS) }, (_, index) => newEvent(caller, index))
  }))
}

/** Makes the events of a round beforehand, so that making them is not measured. */
function prepared(
  what: string,
  work: (all: ReturnType<typeof eventsOfRound>) => Promise<void> | void
): Contender {
  let next: ReturnType<typeof eventsOfRound> = []
  return {
    what,
    before() {
      next = eventsOfRound()
    },
    async run() {
      await work(next)
      return next.reduce((sum, { events }) => sum + events.length, 0)
    }
  }
}

async function append(store: EventStore, stream: string, events: readonly NewEvent[]): Promise<void> {
  let expectedRevision: number | 'none' = 'none'
  for (const event of events) {
    expectedRevision = (await store.append(stream, [event], { expectedRevision })).revision
  }
}

const ROWS = `position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
  type TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL`

function openBare(path: string, columns: string) {
  const db = new DatabaseSync(path)
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  db.exec(`CREATE TABLE event (${columns}) STRICT`)
  const insert = db.prepare(
    'INSERT INTO event (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)'
  )
  return {
    close: () => db.close(),
    put(all: ReturnType<typeof eventsOfRound>) {
      const length = all[0]?.events.length ?? 0
      let inGroup = 0
      // In the order in which callers who take turns would write them.
      for (let revision = 0; revision < length; revision++) {
        for (const { stream, events } of all) {
          const event = events[revision]
          if (!event) continue
          if (inGroup === 0) db.exec('BEGIN IMMEDIATE')
          insert.run(stream, revision, event.id, event.type, event.data, event.metadata)
          inGroup = (inGroup + 1) % GROUP
          if (inGroup === 0) db.exec('COMMIT')
        }
      }
      if (inGroup > 0) db.exec('COMMIT')
    }
  }
}

await inFolder(async (folder) => {
  const store = await openEmbeddedStore(join(folder, 'ledger.db'))
  const same = openBare(join(folder, 'same.db'), `${ROWS}, UNIQUE (id), UNIQUE (stream, revision)`)
  const unindexed = openBare(join(folder, 'unindexed.db'), ROWS)
  try {
    const figure = await compare({
      figure: 'append',
      floor: 0.4,
      aim: 0.8,
      baseline: prepared(`plain SQLite, ${GROUP} events a transaction, the same unique indexes`, same.put),
      measured: prepared(`embedded store, ${CALLERS} callers, one event an append`, async (all) => {
        await Promise.all(all.map(({ stream, events }) => append(store, stream, events)))
      }),
      beside: { name: 'perSecondWithoutIndexes', ...prepared('plain SQLite, no index', unindexed.put) }
    })
    printFigure(figure)
  } finally {
    unindexed.close()
    same.close()
    await store.close()
  }
})
