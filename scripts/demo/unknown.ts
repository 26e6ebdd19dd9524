import type { Explanation } from '../../projections/explanation.ts'
import type { Scorecard } from '../../projections/scorecard-view.ts'
import type { Title } from '../../src/events/forms.ts'
import { givenReason } from './dispute.ts'
import { heading, type Look } from './page.ts'
import { say } from './words.ts'

/** What the ledger cannot tell, said as plainly as what it can. */
export function unknownLines(
  cards: readonly Scorecard[],
  explanation: Explanation,
  unplaced: readonly Title[],
  look: Look
): string[] {
  const fa = look.lang === 'fa'
  const missing = cards.flatMap(({ period, nodes }) =>
    nodes
      .filter(({ leaf, applicable, standing }) => leaf && applicable && standing === null)
      .map(({ code, ceiling }) =>
        fa
          ? `${period} ${code}: امتیازی ندارد؛ سقف ${ceiling}`
          : `${period} ${code}: no score; ceiling ${ceiling}`
      )
  )
  const unknown = cards.flatMap(({ period, unplaced }) =>
    unplaced.map(({ about, printed, source }) => {
      const what = 'node' in about ? about.node : about.label
      return fa
        ? `${period} ${what}: در شیوه‌نامه نیست؛ چاپ شده در ${source.place}: ${printed}`
        : `${period} ${what}: not in the framework; printed in ${source.place}: ${printed}`
    })
  )
  const { node, self, standing } = explanation
  const [claim, result] = [self?.points ?? '-', standing?.points ?? '-']
  const why =
    givenReason(explanation) === null
      ? [
          fa
            ? `${node}: چرا از ${claim} به ${result} رسید، در منبع نیامده است.`
            : `${node}: why ${claim} became ${result} is not in the source.`
        ]
      : []
  const lines = [...missing, ...unknown, ...why, ...unplaced.map((text) => say(text, look.lang))]
  return [...heading('unknown', look), ...lines.map((line) => `- ${line}`)]
}
