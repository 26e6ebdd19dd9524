import { requestText, sendAll } from './connection.ts'
import { amount, compare, inFolder, printFigure } from './measure.ts'
import { connectTo, evaluationOf, leaves, startSample } from './sample.ts'
import { startServer } from './server-process.ts'

/*
 * Scorecards of evaluations in review, read by the expert who reviews them, against a route that sends the same bytes
 * each time.
 */

const CONNECTIONS = 20
const UNITS = 20
const REQUESTS = amount(1_000, CONNECTIONS)

await inFolder(async (data) => {
  const sample = await startSample(data, UNITS, CONNECTIONS)
  for (const [unit, token] of sample.assessors.entries()) {
    const evaluation = evaluationOf(unit)
    const scores = leaves.map((node, i) => ({ evaluation, node, points: String(i % 10), note: 'p. 7' }))
    await sample.post(token, 'enter-self-score', scores)
    await sample.post(token, 'submit-self-assessment', [{ evaluation }])
  }
  const overrides = sample.assessors.flatMap((_, unit) =>
    leaves.slice(0, 20).map((node) => ({
      evaluation: evaluationOf(unit),
      node,
      points: '9.5',
      reasonCode: 'evidence-missing',
      reason: 'No list was attached'
    }))
  )
  await sample.post(sample.expert, 'override-score', overrides)

  const requests = Array.from({ length: REQUESTS }, (_, i) =>
    requestText({ method: 'GET', path: `/v1/evaluations/${evaluationOf(i % UNITS)}`, token: sample.expert })
  )
  const [card] = await sendAll(sample.connections.slice(0, 1), requests.slice(0, 1), 200)
  const constant = await startServer('children/constant-server.ts', {}, card?.body)
  const others = await connectTo(constant.url, CONNECTIONS)
  try {
    const figure = await compare({
      figure: 'scorecard',
      floor: 0.5,
      aim: 0.7,
      baseline: {
        what: `a constant answer of ${Buffer.byteLength(card?.body ?? '')} bytes, ${CONNECTIONS} connections`,
        run: async () => (await sendAll(others, requests, 200)).length
      },
      measured: {
        what: `GET of a scorecard of ${leaves.length} leaves in review, ${CONNECTIONS} connections`,
        run: async () => (await sendAll(sample.connections, requests, 200)).length
      }
    })
    printFigure(figure)
  } finally {
    for (const connection of others) connection.close()
    await constant.stop()
    await sample.close()
  }
})
