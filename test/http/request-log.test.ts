import { Writable } from 'node:stream'
import type { FastifyBaseLogger } from 'fastify'
import t from 'tap'
import { requestLog } from '../../src/http/request-log.ts'
import { createLog } from '../../src/log.ts'

/** A log whose lines are kept. */
function kept() {
  const lines: Record<string, unknown>[] = []
  const into = new Writable({
    write(chunk, _encoding, done) {
      for (const line of String(chunk).trim().split('\n')) lines.push(JSON.parse(line))
      done()
    }
  })
  return { lines, log: createLog('trace', into) as FastifyBaseLogger }
}

t.test(
  'the logger of a request is made with its first line, once, and every line names the request',
  async (t) => {
    const { lines, log } = kept()
    let made = 0
    const { child } = log
    log.child = function (this: FastifyBaseLogger, ...given: Parameters<typeof child>) {
      if (this === log) made += 1
      return child.apply(this, given)
    }
    const ofRequest = requestLog(log, { reqId: 'r-1' })
    t.equal(ofRequest.level, 'trace')
    t.equal(made, 0)
    const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const
    for (const level of levels) ofRequest[level]({ token: 'secret', seen: level }, 'said')
    ofRequest.silent('never')
    ofRequest.info('words alone')
    ofRequest.child({ of: 'part' }).info('below')
    t.equal(made, 1)
    t.strictSame(
      lines.map(({ level, reqId, msg, token }) => [level, reqId, msg, token]),
      [
        ...[60, 50, 40, 30, 20, 10].map((level) => [level, 'r-1', 'said', undefined]),
        [30, 'r-1', 'words alone', undefined],
        [30, 'r-1', 'below', undefined]
      ]
    )
    t.equal(lines.at(-1)?.of, 'part')
    t.strictSame(
      lines.slice(0, levels.length).map(({ seen }) => seen),
      levels
    )
  }
)
