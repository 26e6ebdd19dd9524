import { FigurePublished } from '../src/events/figure-published.ts'
import { EvaluationId, Letter } from '../src/events/forms.ts'
import { defined, evaluationCommand } from './define.ts'

export const publishFigure = evaluationCommand({
  name: 'publish-figure',
  summary: {
    fa: 'ثبت رقم منتشرشده به همان شکل چاپی',
    en: 'Keep a figure as it was printed, errors included'
  },
  roles: ['registrar'],
  body: FigurePublished.data.extend({ evaluation: EvaluationId, letter: Letter.optional() }),
  nodes: ({ about }) => ('node' in about ? [about.node] : []),
  decide: (_open, { evaluation: _evaluation, letter: _letter, ...figure }) => [
    { type: 'FigurePublished', data: defined(figure) }
  ]
})
