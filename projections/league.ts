import type { LedgerEvent } from '../src/events/catalogue.ts'
import { evolveUnit, type Unit } from '../src/rules/units.ts'
import { onCaseEvents } from './cases.ts'
import {
  leagueChanges,
  leagueEvaluations,
  leagueLinks,
  leagueRows,
  leagueSeries,
  leagueUnits,
  openRows,
  openUnits
} from './league-rows.ts'
import { followStandings } from './league-stretches.ts'
import { followLink } from './links.ts'
import { type Change, type Get, type Projection, put, tables } from './projection.ts'

function followUnit(event: LedgerEvent, get: Get): Change[] {
  const unit = event.stream.slice('unit-'.length)
  const open = get(openUnits, unit)
  const state = evolveUnit(open?.state ?? null, event)
  if (!state || (open && isSameUnit(open.state, state))) return []
  const { position } = event
  const closing =
    open && open.since < position
      ? [put(leagueUnits, { ...unitRow(open.state), from_position: open.since, to_position: position })]
      : []
  return [
    ...closing,
    put(leagueUnits, { ...unitRow(state), from_position: position, to_position: null }),
    put(openUnits, { unit, since: position, state })
  ]
}

const isSameUnit = (a: Unit, b: Unit): boolean => JSON.stringify(unitRow(a)) === JSON.stringify(unitRow(b))

const unitRow = ({ revision: _revision, ...attributes }: Unit) => attributes

function followSeries(event: LedgerEvent): Change[] {
  if (event.type !== 'FrameworkPublished') return []
  const { framework, period, title, grades = [] } = event.data
  const series = framework.slice(period.id.length + 1)
  const published_at = event.position
  return [
    put(leagueSeries, {
      framework,
      period: period.id,
      series,
      starts_on: period.startsOn,
      published_at,
      title,
      grades
    })
  ]
}

export const league: Projection = {
  name: 'league',
  version: 5,
  follows: true,
  tables: tables(
    leagueLinks,
    leagueRows,
    leagueChanges,
    leagueEvaluations,
    leagueUnits,
    leagueSeries,
    openRows,
    openUnits
  ),
  on: {
    ...onCaseEvents((event, get, moved) => {
      const [only] = moved
      // An event of an evaluation moves no other.
      if (only && event.stream.startsWith('evaluation-')) return followStandings(only, event.position, get)
      const standings = moved.flatMap((each) => followStandings(each, event.position, get))
      const links = event.type === 'LineageLinked' ? followLink(leagueLinks, event, get) : []
      return [...standings, ...links, ...followSeries(event)]
    }),
    UnitRegistered: followUnit,
    UnitReclassified: followUnit
  }
}
