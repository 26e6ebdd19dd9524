import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { App } from './app-type.ts'

/** Connections are looked at so often while a server closes. */
const LOOK_MS = 50
/** So long whoever is slow to ask or to read is waited for. */
const PATIENCE_MS = 2_000

/**
 * Lets go of connections while a server closes: at once of those on which nothing is asked, which would be kept for a
 * request that never comes, and after a while of all but those whose answer is still being worked out. A long answer to
 * somebody who reads it slowly would go on for ever.
 */
export function endConnections(app: App, patienceMs = PATIENCE_MS): void {
  const sockets = new Set<Socket>()
  const underWay = new Set<ServerResponse>()
  app.server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  app.addHook('onRequest', (_request, { raw }, done) => {
    underWay.add(raw)
    raw.once('close', () => underWay.delete(raw))
    done()
  })
  const cutOff = () => {
    const isWorkedOut = ({ req, headersSent }: ServerResponse) => req.complete && !headersSent
    const kept = new Set([...underWay].filter(isWorkedOut).map(({ req }) => req.socket))
    for (const socket of sockets) if (!kept.has(socket)) socket.destroy()
  }
  app.addHook('preClose', async () => {
    if (!app.server.listening) return
    const begun = performance.now()
    const look = () => {
      app.server.closeIdleConnections()
      if (performance.now() - begun > patienceMs) cutOff()
    }
    const timer = setInterval(look, LOOK_MS).unref()
    app.server.once('close', () => clearInterval(timer))
  })
}
