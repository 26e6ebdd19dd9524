import { text } from 'node:stream/consumers'
import Fastify from 'fastify'
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import { enterSelfScore } from '../../../commands/enter-self-score.ts'

/*
 * What the ledger is measured against: the same framework and the same check of the body, no token, and an answer that
 * is always the same. The answer to GET comes in on standard input.
 */

const ANSWER = {
  events: [
    {
      id: '6f1c1b0e-7a35-5d0b-9a5e-3c1f4d6b8a21',
      type: 'SelfScoreEntered',
      stream: 'evaluation-1404-bench.u-1',
      revision: '1'
    }
  ],
  revision: '1',
  created: { appeals: [], evidence: [], requests: [] }
}

const card = await text(process.stdin)
const app = Fastify().withTypeProvider<ZodTypeProvider>()
app.setValidatorCompiler(validatorCompiler)
app.post('/v1/commands/enter-self-score', { schema: { body: enterSelfScore.body } }, (_request, reply) =>
  reply.code(201).send(ANSWER)
)
app.get('/v1/evaluations/:evaluation', (_request, reply) => reply.type('application/json').send(card))
process.stdout.write(`listens on ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
process.once('SIGTERM', () => void app.close().then(() => process.exit()))
