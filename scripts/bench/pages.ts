import { requestText, sendAll } from './connection.ts'
import { amount, compare, inFolder, printFigure } from './measure.ts'
import { evaluationOf, leaves, startSample } from './sample.ts'

/*
 * Pages against the JSON answers that they rest on, from the same server: the league of 200 units with one request of
 * the API, and an evaluation of 80 nodes with its scorecard, unit, framework and discrepancies.
 */

const CONNECTIONS = 4
const UNITS = 200
const REQUESTS = amount(100, CONNECTIONS)

/** What rendering may cost, as a share of the speed of the JSON: a third, better half. */
const GOALS = { floor: 1 / 3, aim: 0.5 }

await inFolder(async (data) => {
  const sample = await startSample(data, UNITS, CONNECTIONS)
  const { expert: token, connections } = sample
  try {
    for (const [unit, assessor] of sample.assessors.entries()) {
      const evaluation = evaluationOf(unit)
      const entered = leaves
        .slice(0, 10)
        .map((node, i) => ({ evaluation, node, points: String((i + unit) % 10) }))
      await sample.post(assessor, 'enter-self-score', entered)
    }
    const requests = (path: string) =>
      Array.from({ length: REQUESTS }, () => requestText({ method: 'GET', path, token }))
    const pairs = [
      { page: '/?period=1404', answers: ['/v1/league?period=1404&limit=200'] },
      {
        page: `/evaluations/${evaluationOf(1)}`,
        answers: [
          `/v1/evaluations/${evaluationOf(1)}`,
          '/v1/units/u-1',
          '/v1/frameworks/1404-bench',
          '/v1/discrepancies?unit=u-1&period=1404&limit=500'
        ]
      }
    ]
    for (const { page, answers } of pairs) {
      const figure = await compare({
        figure: `page ${page}`,
        ...GOALS,
        baseline: {
          what: `the JSON of ${answers.join(', ')}`,
          run: async () => {
            for (const answer of answers) await sendAll(connections, requests(answer), 200)
            return REQUESTS
          }
        },
        measured: {
          what: 'the page',
          run: async () => (await sendAll(connections, requests(page), 200)).length
        }
      })
      printFigure(figure)
    }
  } finally {
    await sample.close()
  }
})
