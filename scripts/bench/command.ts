import { requestText, sendAll } from './connection.ts'
import { amount, compare, inFolder, printFigure } from './measure.ts'
import { connectTo, evaluationOf, leaves, newKey, startSample } from './sample.ts'
import { startServer } from './server-process.ts'

/*
 * Commands over HTTP: token, schema, decision and durable append, against the same POST that only checks the body. Both
 * servers are processes of their own, and one client speaks to both with the same requests.
 */

const CONNECTIONS = 50
const UNITS = 200
const REQUESTS = amount(3_000, CONNECTIONS)

await inFolder(async (data) => {
  const sample = await startSample(data, UNITS, CONNECTIONS)
  const constant = await startServer('children/constant-server.ts', {})
  const others = await connectTo(constant.url, CONNECTIONS)
  let sent = 0
  /** Walks through all evaluations, so that neighbours never race for one stream. */
  const requests = () =>
    Array.from({ length: REQUESTS }, () => {
      const unit = sent % UNITS
      const leaf = Math.floor(sent / UNITS) % leaves.length
      sent += 1
      const body = {
        evaluation: evaluationOf(unit),
        node: leaves[leaf],
        points: String(sent % 10),
        note: 'p. 7'
      }
      const token = sample.assessors[unit] ?? ''
      return requestText({
        method: 'POST',
        path: '/v1/commands/enter-self-score',
        token,
        key: newKey(),
        body
      })
    })
  let next = requests()
  try {
    const figure = await compare({
      figure: 'command',
      floor: 0.25,
      aim: 0.4,
      baseline: {
        what: `the same POST with the same schema and a constant answer, ${CONNECTIONS} connections`,
        run: async () => (await sendAll(others, next, 201)).length
      },
      measured: {
        what: `enter-self-score, ${CONNECTIONS} connections`,
        run: async () => (await sendAll(sample.connections, next, 201)).length,
        after() {
          next = requests()
        }
      }
    })
    printFigure(figure)
  } finally {
    for (const connection of others) connection.close()
    await constant.stop()
    await sample.close()
  }
})
