import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import pino from 'pino'
import t from 'tap'
import type { App } from '../../src/http/app-type.ts'
import { openToAll, testServer } from '../support/server.ts'

function* withoutEnd() {
  for (;;) yield 'x'.repeat(64 * 1024)
}

t.test(
  'whoever asks or reads slowly does not keep a server that closes, and an answer is given',
  async (t) => {
    const working = Promise.withResolvers<void>()
    const routes = (app: App) => {
      app.get('/v1/stream', async () => Readable.from(withoutEnd(), { objectMode: false }))
      app.get('/v1/late', async () => {
        working.resolve()
        await sleep(3_500)
        return { late: true }
      })
      app.post('/v1/echo', async () => ({}))
    }
    const logged: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
    const access = openToAll('GET /v1/stream', 'GET /v1/late', 'POST /v1/echo')
    const { app } = await testServer({ data: t.testdir(), readRoutes: routes, access, log })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const ask = async (text: string) => {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      await once(socket, 'connect')
      socket.write(text)
      return socket
    }
    const reading = await ask('GET /v1/stream HTTP/1.1\r\nhost: x\r\n\r\n')
    await once(reading, 'data')
    reading.pause()
    await ask('GET /v1/stream HTTP/1.1\r\nhost: x\r\n')
    await ask(
      'POST /v1/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{'
    )
    const late = fetch(`http://127.0.0.1:${port}/v1/late`)
    await working.promise

    const begun = performance.now()
    const closed = app.close()
    t.strictSame(await (await late).json(), { late: true })
    await closed
    t.ok(performance.now() - begun < 8_000)
    t.strictSame(logged, [])
  }
)
