import type { StoredEvent } from '../../src/events/catalogue.ts'
import { UNITS_PER_EXPERT } from '../generate/people.ts'
import { UNITS_PER_PROVINCE } from '../generate/seasons.ts'

/*
 * A ledger of several times as many units, made of one that the generator has made: deciding as much again would take
 * it hours. Everything that belongs to a unit is there as often, under other names; frameworks, headquarters, its
 * registrars and its panelists stay one, as the generator would have them.
 */

/** Written at a time. */
const CHUNK_EVENTS = 2_000

/** Of each desk, as `expertsOf` has them: who judges, and a colleague. */
const EXPERTS_PER_DESK = 2

const OF_A_UNIT = /^(unit-(u|province)-\d+$|evaluation-)/

/** Far apart, so that no copy of an id is another one's. */
const STRIDE = 0x9e3779b1

const HASHES = /\b[0-9a-f]{8}(?=-[0-9a-f]{4}-5|[0-9a-f]{8}\b|[0-9a-f]{56}\b)/g
const IDS = /\b[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
const ULIDS = /\b([0-7][0-9A-HJKMNP-TV-Z]{24})([0-9A-HJKMNP-TV-Z])\b/g
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * Yields the events of a ledger with so many units so many times, in an order in which they may have come: what one
 * command has done stays together, and time never goes back.
 */
export async function* widened(
  events: AsyncIterable<StoredEvent>,
  units: number,
  times: number
): AsyncGenerator<StoredEvent[]> {
  const shared = new Set<string>()
  const copies = Array.from({ length: times }, (_, copy) => renamer(units, copy, times, shared))
  let chunk: StoredEvent[] = []
  for await (const act of actsOf(events)) {
    const isOfUnit = OF_A_UNIT.test(act[0]?.stream ?? '')
    if (!isOfUnit)
      for (const { id, metadata } of act) for (const each of [id, ...idsIn(metadata)]) shared.add(each)
    for (const rename of isOfUnit ? copies : [same]) chunk.push(...act.map(rename))
    if (chunk.length < CHUNK_EVENTS) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

/** What one command has done. */
async function* actsOf(events: AsyncIterable<StoredEvent>): AsyncGenerator<StoredEvent[]> {
  let [act, command]: [StoredEvent[], unknown] = [[], undefined]
  for await (const event of events) {
    const { commandId } = JSON.parse(event.metadata)
    if (act.length > 0 && commandId !== command) {
      yield act
      act = []
    }
    command = commandId
    act.push(event)
  }
  if (act.length > 0) yield act
}

const idsIn = (text: string): string[] => text.match(IDS) ?? []
const same = (event: StoredEvent): StoredEvent => event

/** Gives everything in an event the name that it has in a copy; the first copy is the original. */
function renamer(units: number, copy: number, times: number, shared: ReadonlySet<string>) {
  if (copy === 0) return same
  const plus = (text: string, step: number) => String(Number(text) + copy * step)
  const provinces = Math.ceil(units / UNITS_PER_PROVINCE)
  const experts = Math.ceil(units / UNITS_PER_EXPERT) * EXPERTS_PER_DESK
  const ulidStep = Math.floor(CROCKFORD.length / times)
  const hash = (text: string, at: number, whole: string) => {
    const id = whole.slice(at, at + 36)
    if (shared.has(id)) return text
    return ((Number.parseInt(text, 16) + copy * STRIDE) % 2 ** 32).toString(16).padStart(8, '0')
  }
  const rename = (text: string): string =>
    text
      .replace(/\bu-(\d+)\b/g, (_, unit) => `u-${plus(unit, units)}`)
      .replace(/\bprovince-(\d+)\b/g, (_, n) => `province-${plus(n, provinces)}`)
      .replace(
        /"(واحد|استان) (\d+)"/g,
        (_, kind, n) => `"${kind} ${plus(n, kind === 'واحد' ? units : provinces)}"`
      )
      .replace(/"e-(\d+)"/g, (_, n) => `"e-${plus(n, experts)}"`)
      .replace(ULIDS, (_, head, last) => head + CROCKFORD[(CROCKFORD.indexOf(last) + copy * ulidStep) % 32])
      .replace(HASHES, hash)
  return (event: StoredEvent): StoredEvent => ({
    ...event,
    stream: rename(event.stream),
    id: rename(event.id),
    data: rename(event.data),
    metadata: rename(event.metadata)
  })
}
