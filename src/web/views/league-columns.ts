import { html } from 'ghtml'
import { type SortKeys, sortable } from '../arrange.ts'
import type { Context } from '../context.ts'
import { type Directory, periodName } from '../directory.ts'
import { inLanguage } from '../language.ts'
import type { Html } from '../page.ts'
import { bar } from '../parts/bar.ts'
import { figure, percent, signed, tag } from '../parts/figures.ts'
import { type Column, figures } from '../parts/table.ts'
import type { LeagueRow } from '../reads.ts'
import { league as words } from '../words/league.ts'
import { levels, statuses, term } from '../words/terms.ts'

/* The columns of the league table. */

export const LEAGUE_SORTS: SortKeys<LeagueRow> = {
  words: new Set(['unit']),
  by: {
    rank: ({ rank }) => rank,
    unit: ({ name }, language) => inLanguage(name, language),
    self: ({ self }) => self,
    points: ({ points }) => points,
    percent: ({ percent: value }) => value,
    previous: ({ previous }) => previous?.percent ?? null,
    growthPercent: ({ growthPercent }) => growthPercent,
    changePoints: ({ changePoints }) => changePoints,
    rankChange: ({ rankChange }) => rankChange
  }
}

/** Columns for the rows shown; what is said about ties and the last period is said of all of them. */
export function columnsOf(
  context: Context,
  directory: Directory,
  { all, shown }: { all: readonly LeagueRow[]; shown: readonly LeagueRow[] }
): Column<LeagueRow>[] {
  const { say, query } = context
  const unit = context.language === 'fa' ? '٪' : '%'
  const level = term(levels, query.level ?? 'standing')
  const self = figures(context, say(levels.self), shown, (row: LeagueRow) => row.self)
  const columns: (Column<LeagueRow> | null)[] = [
    sortable(context, 'rank', rankColumn(context, tied(all)), { isUpFirst: true }),
    sortable(context, 'unit', unitColumn(context), { isUpFirst: true }),
    query.level === 'self' ? null : sortable(context, 'self', self),
    sortable(
      context,
      'points',
      figures(context, say(level), shown, ({ points }) => points)
    ),
    sortable(
      context,
      'percent',
      figures(context, say(words.percent), shown, (row) => row.percent, { unit })
    ),
    { head: say(words.bar), cell: barOf },
    { head: say(words.grade), cell: ({ grade }) => (grade ? html`${context.name(grade)}` : '') },
    sortable(context, 'previous', previousColumn(context, directory, all)),
    sortable(
      context,
      'growthPercent',
      figures(context, say(words.growth), shown, (row) => row.growthPercent, { signed: true, unit })
    ),
    sortable(
      context,
      'changePoints',
      figures(context, say(words.change), shown, ({ changePoints }) => changePoints, { signed: true })
    ),
    sortable(context, 'rankChange', {
      head: say(words.rankChange),
      isFigure: true,
      cell: ({ rankChange }) => (rankChange === null ? '' : signed(context, String(rankChange)))
    }),
    stateColumn(context)
  ]
  return columns.filter((column) => column !== null)
}

/** Ranks that several units share. */
function tied(rows: readonly LeagueRow[]): ReadonlySet<number> {
  const seen = new Set<number>()
  const shared = new Set<number>()
  for (const { rank } of rows) {
    if (rank !== null && seen.has(rank)) shared.add(rank)
    if (rank !== null) seen.add(rank)
  }
  return shared
}

function rankColumn(context: Context, ties: ReadonlySet<number>): Column<LeagueRow> {
  const unranked = html`<span class="soft">${context.say(words.unranked)}</span>`
  const tie = html` <span class="soft">${context.say(words.tie)}</span>`
  return {
    head: context.say(words.rank),
    isFigure: true,
    cell: ({ rank }) =>
      rank === null ? unranked : html`!${figure(context, String(rank))}!${ties.has(rank) ? tie : ''}`
  }
}

function unitColumn(context: Context): Column<LeagueRow> {
  const { node } = context.query
  const below = node === undefined ? '' : `/nodes/${encodeURIComponent(node)}`
  return {
    head: context.say(words.unit),
    cell: ({ evaluation, name }) =>
      html`<a href="${context.link(`/evaluations/${evaluation}${below}`)}">${context.name(name)}</a>`
  }
}

/** What stands, with the claim as a line across it; of their ceiling both, and only drawn. */
function barOf({ percent: value, self, ceiling, partial }: LeagueRow): Html {
  const claim = self === null || Number(ceiling) === 0 ? null : (Number(self) / Number(ceiling)) * 100
  return bar({ value: value === null ? null : Number(value), claim, isPartial: partial })
}

/** The percent of the last period, leading to the unit over the years. */
function previousColumn(
  context: Context,
  directory: Directory,
  all: readonly LeagueRow[]
): Column<LeagueRow> {
  const { say } = context
  const periods = [...new Set(all.flatMap(({ previous }) => previous?.period ?? []))]
  const [only, ...others] = periods
  const isSame = only !== undefined && others.length === 0
  const about = say(words.overYears)
  const head = isSame
    ? say(words.previousOf, { period: periodName(context, directory, only) })
    : say(words.previous)
  return {
    head,
    isFigure: true,
    cell: ({ previous, unit }) => {
      if (!previous) return ''
      const shown =
        previous.percent === null ? html`${say(words.partial)}` : html`!${percent(context, previous.percent)}`
      const period = isSame ? '' : html` <span class="soft">${context.format.digits(previous.period)}</span>`
      return html`<a href="${context.link(`/units/${unit}`)}" title="${about}">!${shown}</a>!${period}`
    }
  }
}

/** What a row says of itself beyond its figures; there are few such words, so each is made once. */
function stateColumn({ say }: Context): Column<LeagueRow> {
  const exempt = tag(say(words.notApplicable), 'soft')
  const partial = html` !${tag(say(words.partial), 'bad')}`
  const settled = {
    final: tag(say(statuses.final), 'good'),
    provisional: tag(say(statuses.provisional), 'warn')
  }
  return {
    head: say(words.state),
    cell: (row) => (row.applicable ? settled[row.status] + (row.partial ? partial : '') : exempt)
  }
}
