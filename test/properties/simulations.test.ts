import assert from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { caseAfter, caseEvents } from '../../projections/history.ts'
import { league } from '../../projections/league.ts'
import { type LeagueItem, leagueTable, ranksOf } from '../../projections/league-table.ts'
import type { Reader } from '../../projections/projection.ts'
import { type NodeView, scorecardView } from '../../projections/scorecard-view.ts'
import type { EvaluationChange, Side } from '../../projections/what-if.ts'
import { Refusal } from '../../src/errors.ts'
import type { LedgerEvent } from '../../src/events/catalogue.ts'
import { type HypotheticalCommand, type Simulation, simulate } from '../../src/http/simulation.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { projected } from '../support/projected.ts'
import {
  commandsOf,
  endedAt,
  eventsIn,
  future,
  history,
  ledgerOf,
  naming,
  office,
  UNITS
} from '../support/random-province.ts'

/*
 * Whatever the ledger, whatever the moment, whatever the commands: what a simulation says is what comes of it when
 * the same commands are committed, and what it refuses is refused in the same words.
 */

interface Committed {
  /** Every command that was done, in the words in which a simulation takes it, and the one that was not. */
  commands: HypotheticalCommand[]
  types: string[]
  refused: Refusal | null
}

/**
 * Commits what it can and leaves out what is refused; but after `patience` commands the next refusal is kept, and
 * ends the list.
 */
async function commit(
  store: EventStore,
  wanted: readonly HypotheticalCommand[],
  now: string,
  patience: number
): Promise<Committed> {
  const { send } = office(store, 'B', Date.parse(now))
  const done: Committed = { commands: [], types: [], refused: null }
  const real = newestAppeals(await eventsIn(store))
  const simulated = new Map(real)
  for (const command of wanted) {
    try {
      const { events, created } = await send(naming(real)(command))
      const evaluation = String(Object(command.body).evaluation)
      const index = String(done.commands.length).padStart(8, '0')
      done.commands.push(naming(simulated)(command))
      done.types.push(...events.map(({ type }) => type))
      for (const appeal of created.appeals) {
        real.set(evaluation, appeal)
        simulated.set(evaluation, `0000000000${index}00000001`)
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (done.commands.length < patience) continue
      done.commands.push(naming(simulated)(command))
      return { ...done, refused: error }
    }
  }
  return done
}

const newestAppeals = (events: readonly LedgerEvent[]): Map<string, string> =>
  new Map(
    events.flatMap(({ type, stream, data }) =>
      type === 'AppealFiled' ? [[stream.slice('evaluation-'.length), data.appeal] as const] : []
    )
  )

/** Ids differ between a world and its copy; numbers, persons and instants do not. */
const withoutIds = <T>(value: T): T =>
  JSON.parse(
    JSON.stringify(value).replace(
      /"(0000000000\d{16}|01J[AB\d]\d{22}|[0-9a-f]{8}-[0-9a-f-]{27})"/g,
      '"an id"'
    )
  )

const query = { period: '1402', series: 'x' }
function placesIn(reader: Reader, at: bigint | null): Map<string, LeagueItem> {
  const table = leagueTable(reader, query, at)
  if ('choose' in table) throw new Error('no league')
  return new Map(table.items.map((item) => [item.unit, item]))
}

/** What a simulation says of an evaluation, as the real reads would say it. */
async function sideIn(store: EventStore, reader: Reader, evaluation: string, at: bigint | null) {
  const found = caseAfter(await caseEvents(store, evaluation, at))
  if (!found) return null
  const { unit, stage, status, nodes } = scorecardView(found)
  const item = placesIn(reader, at).get(unit)
  const { points, percent, ceiling, partial, grade, rank } = item ?? { points: 'none' }
  const ranks = ranksOf(reader, { unit, period: '1402' }, at).map(({ by, value, population, rank, of }) => {
    return { by, value, population, rank, of }
  })
  return { stage, status, total: { points, percent, ceiling, partial, grade, rank }, nodes, ranks }
}

/** A side with all nodes: those it leaves out are as they were. */
function whole(side: Side | null, all: readonly NodeView[] = []): object | null {
  if (!side) return null
  const changed = new Map(side.nodes.map((node) => [node.code, node]))
  const kept = all.filter(({ code }) => !changed.has(code))
  return withoutIds({ ...side, nodes: byCode([...kept, ...side.nodes]) })
}
const byCode = (nodes: readonly NodeView[]) => nodes.toSorted((a, b) => (a.code < b.code ? -1 : 1))
const sorted = <T extends { nodes: NodeView[] }>(side: T | null) =>
  side && withoutIds({ ...side, nodes: byCode(side.nodes) })

const seen = { ranks: 0, refused: 0, past: 0, events: new Set<string>() }
const closing: (() => void)[] = []
const readerOf = async (store: EventStore) =>
  projected({ teardown: (close) => closing.push(close) }, league, await eventsIn(store))

interface Worlds {
  real: EventStore
  reader: Reader
  position: bigint
  copy: EventStore
  after: Reader
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))
const same = (said: unknown, came: unknown, what: string) =>
  assert.deepStrictEqual({ what, value: plain(said) }, { what, value: plain(came) })

/** Every evaluation before and after: those that the simulation names as it says, all others as they were. */
async function compareSides(said: readonly EvaluationChange[], worlds: Worlds): Promise<void> {
  const { real, reader, position, copy, after } = worlds
  for (const unit of [...UNITS, 'tehran']) {
    const evaluation = `1402-x.${unit}`
    const was = await sideIn(real, reader, evaluation, position)
    const is = await sideIn(copy, after, evaluation, null)
    const change = said.find((each) => each.evaluation === evaluation)
    const kept = was?.nodes.filter(({ code }) => is?.nodes.some((node) => node.code === code))
    // A rank may change without any act of one's own, and so may the size of a population.
    const alone = (side: typeof was) => side && { ...side, ranks: [], total: { ...side.total, rank: null } }
    same(
      change ? whole(change.before, was?.nodes) : sorted(alone(was)),
      sorted(change ? was : alone(was)),
      evaluation
    )
    same(change ? whole(change.after, kept) : sorted(alone(was)), sorted(change ? is : alone(is)), evaluation)
  }
}

function compareRanks(said: Simulation['ranks'], { reader, position, after }: Worlds): void {
  const before = placesIn(reader, position)
  const changed = [...placesIn(after, null).values()].flatMap(({ unit, rank, points, percent }) => {
    const was = before.get(unit)?.rank ?? null
    return was === rank ? [] : [{ unit, before: was, after: rank, points, percent }]
  })
  const told = said.map(({ unit, before, after, points, percent }) => {
    return { unit, before, after, points, percent }
  })
  same(told, changed, 'ranks')
  seen.ranks += changed.length
}

const drawn = fc.record({
  past: history,
  cut: fc.nat({ max: 60 }),
  hours: fc.nat({ max: 100 }),
  next: future,
  patience: fc.nat({ max: 12 })
})

t.test('a simulation says what committing gives', async () => {
  const check = fc.asyncProperty(drawn, async ({ past, cut, hours, next, patience }) => {
    const real = await ledgerOf(past)
    const end = await real.end()
    const position = end - BigInt(Math.min(cut % 2 === 0 ? 0 : cut, Number(end) - 9))
    const copy = await endedAt(real, position)
    const newest = (await eventsIn(copy)).at(-1)?.metadata.recordedAt ?? ''
    const now = new Date(Date.parse(newest) + hours * 3_600_000).toISOString()
    const { commands, types, refused } = await commit(copy, commandsOf(next), now, patience)
    const reader = await readerOf(real)

    const said = await simulate({ reader, store: real }, commands, { position, now })
    assert.equal(await real.end(), end, 'nothing is stored')
    same(
      said.events.map(({ event }) => event.type),
      types,
      'events'
    )
    const words = (no: Refusal | null | undefined) => no && [no.code, no.status, no.message, no.params]
    same(words(said.refused?.refusal) ?? null, words(refused), 'refused')
    same(said.refused?.index ?? null, refused && commands.length - 1, 'refused')

    const worlds: Worlds = { real, reader, position, copy, after: await readerOf(copy) }
    await compareSides(said.evaluations, worlds)
    compareRanks(said.ranks, worlds)
    if (refused) seen.refused++
    if (position < end && types.length > 0) seen.past++
    for (const type of types) seen.events.add(type)
    for (const close of closing.splice(0)) close()
  })
  await fc.assert(check, { numRuns: 80 })
  t.comment(
    `${seen.ranks} ranks, ${seen.refused} refusals, ${seen.past} of the past, ${[...seen.events].sort().join(' ')}`
  )
  t.ok(
    seen.ranks > 0 && seen.refused > 0 && seen.past > 0 && seen.events.size > 10,
    'the worlds differ enough'
  )
})
