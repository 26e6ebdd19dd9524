import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/*
 * A client that costs next to nothing, since on two cores it shares the machine with the server it measures: requests
 * are bytes made beforehand, and of an answer only its status and its length are looked at.
 */

export interface Answer {
  status: number
  body: string
}

/** A kept-alive connection; one request at a time. */
export interface Connection {
  send(request: string): Promise<Answer>
  close(): void
}

export interface RequestParts {
  method: 'GET' | 'POST'
  path: string
  token?: string
  /** Of a POST: unique, so that no answer is that of another request. */
  key?: string
  body?: object
}

/** A whole request as it goes over the wire. */
export function requestText({ method, path, token, key, body }: RequestParts): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = [
    'host: 127.0.0.1',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(key === undefined ? [] : [`idempotency-key: ${key}`]),
    ...(text === '' ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`])
  ]
  return `${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${text}`
}

const HEAD_END = '\r\n\r\n'

export async function openConnection(url: string): Promise<Connection> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  await once(socket, 'connect')
  const receive = answersOf(socket)
  return {
    send: (request) => {
      const answer = receive()
      socket.write(request)
      return answer
    },
    close: () => socket.destroy()
  }
}

/** Makes the function that waits for the next answer. */
function answersOf(socket: Socket): () => Promise<Answer> {
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  let chunks: Buffer[] = []
  let [received, wanted] = [0, 0]
  const fail = (error: Error) => waiting?.reject(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    received += chunk.length
    if (wanted === 0) wanted = lengthOf(chunks.length === 1 ? chunk : Buffer.concat(chunks))
    if (wanted === 0 || received < wanted) return
    const whole = Buffer.concat(chunks)
    chunks = []
    received = 0
    wanted = 0
    const body = whole.subarray(whole.indexOf(HEAD_END) + HEAD_END.length)
    // As bytes: turning what nobody looks at into text would be work of the client.
    waiting?.resolve({
      status: Number(whole.toString('latin1', 9, 12)),
      get body() {
        return body.toString('utf8')
      }
    })
  })
  return () =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject }
    })
}

/** How long an answer is with its head; 0 while the head is not whole. */
function lengthOf(begin: Buffer): number {
  const end = begin.indexOf(HEAD_END)
  if (end === -1) return 0
  const length = /\r\ncontent-length: (\d+)/i.exec(begin.toString('latin1', 0, end))?.[1]
  if (length === undefined) throw new Error('an answer without a length')
  return end + HEAD_END.length + Number(length)
}

/** Sends all requests on these connections, each connection one after another; any status but `expected` ends it. */
export async function sendAll(
  connections: readonly Connection[],
  requests: readonly string[],
  expected: number
): Promise<Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const work = async (connection: Connection) => {
    while (next < requests.length) {
      const index = next++
      const answer = await connection.send(requests[index] ?? '')
      if (answer.status !== expected) throw new Error(`the answer was ${answer.status}: ${answer.body}`)
      answers[index] = answer
    }
  }
  await Promise.all(connections.map(work))
  return answers
}
