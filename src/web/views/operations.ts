import { html } from 'ghtml'
import { z } from 'zod'
import { ledgerReaders } from '../../http/access-table.ts'
import type { Context } from '../context.ts'
import { definePage, type Html } from '../page.ts'
import { figure, tag, time } from '../parts/figures.ts'
import { eventLink } from '../parts/records.ts'
import { type Column, table } from '../parts/table.ts'
import type { DiscrepancyCount, OperationsAnswer } from '../reads.ts'
import { projectionWords, operations as words } from '../words/operations.ts'
import { discrepancyClasses, discrepancyKinds } from '../words/terms.ts'

/* What runs, how far each projection is, and when somebody last proved that the rows are what the events make of them. */

interface Model {
  answer: OperationsAnswer
  counts: readonly DiscrepancyCount[]
  asOf: OperationsAnswer['asOf']
}

export const operationsPage = definePage<Model>({
  path: '/operations',
  who: ledgerReaders,
  filters: [],
  load: async (reads) => {
    const [answer, { items }] = await Promise.all([
      reads.operations(),
      reads.discrepancyCounts({ limit: '500' })
    ])
    return { answer, counts: items, asOf: answer.asOf }
  },
  title: (_model, { say }) => say(words.title),
  body
})

function body({ answer, counts }: Model, context: Context): Html {
  const { say, query } = context
  return html`!${query.asOf === undefined ? '' : html`<p class="note">${say(words.ofNow)}</p>`}!${facts(context, answer)}
<h2>${say(words.projections)}</h2><p class="note">${say(words.lead)}</p>!${projections(context, answer)}
<h2>${say(words.discrepancies)}</h2>!${discrepancyCounts(context, counts)}`
}

function facts(context: Context, answer: OperationsAnswer): Html {
  const { say } = context
  const rows: [word: string, shown: Html][] = [
    [
      say(words.status),
      answer.status === 'ready' ? tag(say(words.ready), 'good') : tag(say(words.notReady), 'bad')
    ],
    [
      say(words.store),
      answer.store === 'answers' ? tag(say(words.answers), 'good') : tag(say(words.silent), 'bad')
    ],
    [say(words.attestation), attestation(context, answer)],
    [say(words.program), html`<bdi>${answer.program}</bdi>`],
    [say(words.runtime), html`<bdi>${answer.runtime}</bdi>`],
    [say(words.readers), figure(context, String(answer.readers))]
  ]
  return html`<dl class="facts">!${rows.map(([word, shown]) => html`<dt>${word}</dt><dd>!${shown}</dd>`).join('')}</dl>`
}

const Attested = z.looseObject({
  attestation: z.looseObject({ at: z.string(), position: z.string(), outcome: z.string() })
})

function attestation(context: Context, answer: OperationsAnswer): Html {
  const { say, format } = context
  const { data } = Attested.safeParse(answer)
  if (!data) return html`<span class="soft">${say(words.noAttestation)}</span>`
  const { at, position, outcome } = data.attestation
  return html`!${time(context, at)}${format.comma}${say(words.upTo, { position: format.number(position) })} !${tag(outcome)}`
}

type Line = OperationsAnswer['projections'][number]

function projections(context: Context, { projections: lines, versions }: OperationsAnswer): Html {
  const { say } = context
  const columns: Column<Line>[] = [
    { head: say(words.name), cell: ({ name }) => html`<bdi>${name}</bdi>` },
    {
      head: say(words.what),
      cell: ({ name }) => html`${projectionWords[name] ? say(projectionWords[name]) : ''}`
    },
    {
      head: say(words.version),
      isFigure: true,
      cell: ({ name }) => figure(context, String(versions[name] ?? ''))
    },
    { head: say(words.position), isFigure: true, cell: ({ position }) => figure(context, position) },
    {
      head: say(words.lag),
      isFigure: true,
      cell: ({ lag, lagIsMore }) =>
        lag === null ? '' : html`!${lagIsMore ? html`${say(words.atLeast)} ` : ''}!${figure(context, lag)}`
    },
    { head: say(words.state), cell: (line) => stateOf(context, line) }
  ]
  return table(context, columns, lines, { caption: say(words.projections), isCaptionHidden: true })
}

function stateOf(context: Context, { stopped, rebuilt, stalledSince }: Line): Html {
  const { say, format } = context
  const states = [
    stopped
      ? html`!${tag(say(words.stopped), 'bad')} !${stopped.event === null ? '' : eventLink(context, { event: stopped.event, position: stopped.position })} <span class="soft">${stopped.error}</span>`
      : '',
    rebuilt === undefined ? '' : tag(say(words.rebuilding, { position: format.number(rebuilt) }), 'warn'),
    stalledSince === null ? '' : html`!${tag(say(words.stalled), 'bad')} !${time(context, stalledSince)}`
  ].filter((state) => state !== '')
  return states.length === 0 ? tag(say(words.follows), 'good') : states.join(' ')
}

function discrepancyCounts(context: Context, counts: readonly DiscrepancyCount[]): Html {
  const { say, link } = context
  const columns: Column<DiscrepancyCount>[] = [
    {
      head: say(words.kind),
      cell: ({ kind, class: weight }) =>
        html`<a href="${link('/discrepancies', { kind, class: weight })}">${say(discrepancyKinds[kind])}</a>`
    },
    { head: say(words.class), cell: (each) => html`${say(discrepancyClasses[each.class])}` },
    { head: say(words.count), isFigure: true, cell: ({ count }) => figure(context, String(count)) }
  ]
  return table(context, columns, counts, { caption: say(words.discrepancies), isCaptionHidden: true })
}
