import helmet from '@fastify/helmet'
import Fastify from 'fastify'

/** Nothing from elsewhere, nothing inline, in nobody's frame. */
const CSP = [
  "default-src 'self'",
  "img-src 'self' data:",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'"
].join(';')

let asked: Promise<Record<string, string>> | undefined

/**
 * What every answer tells browsers not to do. It is the same for all of them, so helmet, which puts it together anew for each
 * request, is asked once, by a server that answers nobody else.
 */
export function securityHeaders(): Promise<Record<string, string>> {
  asked ??= askHelmet()
  return asked
}

async function askHelmet(): Promise<Record<string, string>> {
  const server = Fastify()
  await server.register(helmet, { contentSecurityPolicy: false })
  let said: [string, unknown][] = []
  server.get('/', async (_request, reply) => {
    said = Object.entries(reply.raw.getHeaders())
    return ''
  })
  await server.inject('/')
  await server.close()
  const headers = Object.fromEntries(said.map(([name, value]) => [name, String(value)]))
  return { ...headers, 'content-security-policy': CSP }
}
