import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'
import { malformed } from '../../commands/malformed.ts'
import { Refusal } from '../errors.ts'
import type { App } from './app-type.ts'

/** Checks a part of a request by its schema; what does not fit is refused place by place. */
export const checkRequest: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => {
    const { success, data: value, error } = schema.safeParse(data)
    return success ? { value } : { error: malformed(error) }
  }
}

/** For schemas that only tell readers of the documentation what is checked elsewhere. */
export const onlyDescribe: FastifySchemaCompiler<unknown> = () => (data: unknown) => ({ value: data })

/** Spelled in one way, so that no parser between here and the caller can see another type than we do. */
const JSON_TYPE = /^application\/json(?:; ?charset="?[uU][tT][fF]-8"?)?$/

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Takes bodies in JSON only, in UTF-8 only, but for the forms of pages; anything else is refused before a byte of it is parsed. */
export function takeJsonOnly(app: App): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = decode(body)
    if (text === null) return done(malformedBody('is not UTF-8', 'UTF-8 نیست'))
    if (isTooDeep(text))
      return done(
        malformedBody(`is nested more than ${DEPTH_MAX} levels deep`, `بیش از ${DEPTH_MAX} لایه تودرتو است`)
      )
    void parseJson(request, text, done)
  })
  app.addHook('onRequest', ({ headers, routeOptions }, _reply, done) => {
    if (routeOptions.config.access?.isPage) return done()
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
    if (!hasBody || JSON_TYPE.test(headers['content-type'] ?? '')) return done()
    done(new Refusal('unsupported-media-type'))
  })
}

function decode(body: string | Buffer): string | null {
  try {
    return typeof body === 'string' ? body : utf8.decode(body)
  } catch {
    return null
  }
}

/** No body of ours is half as deep; whatever walks a body may go as deep as the body does. */
const DEPTH_MAX = 32

/** Whether a JSON text nests deeper than anything asked for, told before it is parsed. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]
    if (sign === '"') i = endOfString(text, i)
    else if (sign === '[' || sign === '{') {
      if (++depth > DEPTH_MAX) return true
    } else if (sign === ']' || sign === '}') depth--
  }
  return false
}

/** What stands in a string opens nothing. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0
    while (text[end - 1 - escapes] === '\\') escapes++
    if (escapes % 2 === 0) return end
  }
  return text.length
}

const malformedBody = (detail: string, fa: string) =>
  new Refusal('malformed', { errors: [{ pointer: '', detail, fa }] })
