import { serializerCompiler } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { scorecardView } from '../../projections/scorecard-view.ts'
import type { Case } from '../rules/case.ts'
import type { Evaluation } from '../rules/evaluation.ts'
import type { Framework } from '../rules/framework.ts'
import { columnsOfForm } from './csv-columns.ts'
import { AsOf } from './moment.ts'
import { NodeShape, ScorecardShape } from './shapes.ts'
import { redact } from './visibility.ts'

/*
 * Scorecards ready to be sent. Adding up a tree and writing it as JSON takes far longer than sending it, and states are
 * never changed in place: so what was made of one is kept for as long as the state itself is.
 */

const Figures = ScorecardShape.omit({ may: true })
const Rest = z.strictObject({ may: ScorecardShape.shape.may, asOf: AsOf })
type Rest = z.infer<typeof Rest>

/** What a route that answers such a scorecard declares. */
export const CardShape = ScorecardShape.extend({ asOf: AsOf })
export type CardAnswer = z.infer<typeof CardShape>

/** What a scorecard is as a table: a row for each node, without what was printed of it. */
export const CARD_COLUMNS = columnsOfForm(NodeShape.omit({ published: true }))

const place = { method: 'GET', url: '/v1/evaluations/:evaluation' }
const figuresText = serializerCompiler({ schema: Figures, ...place })
const restText = serializerCompiler({ schema: Rest, ...place })

/** A scorecard as somebody may see it. */
export interface Card {
  shown: z.infer<typeof Figures>
  /** The same as a table, in the columns above. */
  rows: readonly object[]
  /** The bytes of the answer: the figures, what the caller may do, and the moment they are of. */
  json(rest: Rest): Buffer
}

type Cards = { framework: Framework; whole?: Card; figures?: Card }

/** Makes the function that gives the scorecard of a case, whole or for readers of figures. */
export function createCards(): (found: Case, whole: boolean) => Card {
  const known = new WeakMap<Evaluation, Cards>()
  return (found, whole) => {
    const { evaluation, framework } = found
    let cards = known.get(evaluation)
    if (cards?.framework !== framework) {
      cards = { framework }
      known.set(evaluation, cards)
    }
    const which = whole ? 'whole' : 'figures'
    cards[which] ??= cardOf(found, whole)
    return cards[which]
  }
}

function cardOf(found: Case, whole: boolean): Card {
  const { total, ...card } = scorecardView(found)
  // Every tree has its root.
  if (!total) throw new TypeError(`the scorecard of ${found.evaluation.evaluation} has no total`)
  const view = { ...card, total }
  const shown = whole ? view : redact(view)
  const opened = Buffer.from(figuresText(shown).slice(0, -1))
  return {
    shown,
    rows: [...shown.nodes, shown.total],
    json: (rest) => Buffer.concat([opened, Buffer.from(`,${restText(rest).slice(1)}`)])
  }
}
