import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

/** As much of an error as helps whoever runs this; members of its own may hold what somebody wrote. */
function plainError(error: unknown, depth = 0): object {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message, stack, cause } = error
  const { code } = error as NodeJS.ErrnoException
  return {
    ...{ type: name, message, stack },
    ...(code !== undefined && { code }),
    ...(cause !== undefined && depth < 5 && { cause: plainError(cause, depth + 1) })
  }
}

/** A request without what its address asks for, which may name persons, and without its headers. */
function plainRequest(request: unknown): object {
  const { method, url } = Object(request) as { method?: unknown; url?: unknown }
  return { method, path: String(url).split('?')[0] }
}

/** Lines that are said one right after the other are written together: handing over each of them costs more than making it. */
export function writtenTogether(destination: DestinationStream): DestinationStream {
  let lines = ''
  const flush = () => {
    const text = lines
    lines = ''
    if (text !== '') destination.write(text)
  }
  // Whatever ends this process, its last words are the ones that matter.
  process.once('exit', flush)
  return {
    write(line) {
      if (lines === '') process.nextTick(flush)
      lines += line
    }
  }
}

let standardError: DestinationStream | undefined

/** One for the whole process, which has one standard error. */
function toStandardError(): DestinationStream {
  standardError ??= writtenTogether(pino.destination({ dest: 2, sync: true }))
  return standardError
}

/** The log of this process, a JSON line each: no tokens, no words of persons, no names. */
export function createLog(
  level: NonNullable<LoggerOptions['level']>,
  destination: DestinationStream = toStandardError()
): Logger {
  const serializers = { err: (error: unknown) => plainError(error), req: plainRequest }
  const redact = ['authorization', '*.authorization', '*.headers', 'headers', '*.token', 'token']
  return pino({ level, base: null, serializers, redact: { paths: redact, remove: true } }, destination)
}
