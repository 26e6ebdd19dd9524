import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A port through which bytes go to another one, until somebody stops them. */
export interface Gate {
  port: number
  /** How many have come in and not ended. */
  connections(): number
  /** Breaks every connection; new ones are let in. */
  cut(): void
  /** Lets connections live but passes nothing on, as a stopped process does, until `open`. */
  silence(): void
  open(): void
  /** Breaks every connection and takes no more; `rise` takes them again on the same port. */
  down(): Promise<void>
  rise(): Promise<void>
}

export async function createGate(target: number): Promise<Gate> {
  const sockets = new Set<Socket>()
  const callers = new Set<Socket>()
  let isSilent = false
  const server = createServer((incoming) => {
    const outgoing = connect(target, '127.0.0.1')
    callers.add(incoming)
    incoming.on('close', () => callers.delete(incoming))
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming]
    ] as const) {
      sockets.add(from)
      from.setNoDelay(true)
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('data', (chunk) => {
        if (!to.write(chunk)) from.pause()
      })
      to.on('drain', () => {
        if (!isSilent) from.resume()
      })
      if (isSilent) from.pause()
    }
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port,
    connections: () => callers.size,
    cut,
    silence() {
      isSilent = true
      for (const socket of sockets) socket.pause()
    },
    open() {
      isSilent = false
      for (const socket of sockets) socket.resume()
    },
    async down() {
      const ended = once(server, 'close')
      server.close()
      cut()
      await ended
    },
    rise: () => listen(port)
  }
}
