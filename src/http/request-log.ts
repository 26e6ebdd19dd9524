import type { FastifyBaseLogger } from 'fastify'

type Bindings = Parameters<FastifyBaseLogger['child']>[0]

/**
 * The logger of one request, under the request's name. Most requests never write to it, so what carries the name is made with the
 * first line: a class, since there is one for every request and its methods should not be made each time.
 */
class RequestLog {
  readonly #parent: FastifyBaseLogger
  readonly #bindings: Bindings
  #named: FastifyBaseLogger | undefined

  constructor(parent: FastifyBaseLogger, bindings: Bindings) {
    this.#parent = parent
    this.#bindings = bindings
  }

  #log(): FastifyBaseLogger {
    this.#named ??= this.#parent.child(this.#bindings)
    return this.#named
  }

  get level() {
    return this.#parent.level
  }
  set level(level) {
    this.#log().level = level
  }
  fatal(...line: unknown[]): void {
    write(this.#log(), 'fatal', line)
  }
  error(...line: unknown[]): void {
    write(this.#log(), 'error', line)
  }
  warn(...line: unknown[]): void {
    write(this.#log(), 'warn', line)
  }
  info(...line: unknown[]): void {
    write(this.#log(), 'info', line)
  }
  debug(...line: unknown[]): void {
    write(this.#log(), 'debug', line)
  }
  trace(...line: unknown[]): void {
    write(this.#log(), 'trace', line)
  }
  silent(): void {}
  child(...given: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
    return this.#log().child(...given)
  }
}

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'

const write = (log: FastifyBaseLogger, level: Level, line: unknown[]): void =>
  // The overloads of a level do not add up to one type of its arguments.
  (log[level] as (...line: unknown[]) => void)(...line)

/** Makes the logger of a request when it is written to, and not before. */
export const requestLog = (parent: FastifyBaseLogger, bindings: Bindings): FastifyBaseLogger =>
  new RequestLog(parent, bindings)
