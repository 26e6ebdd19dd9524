import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** So many steps are done. */
  show(done: number): void
  end(): void
}

const SILENT: Progress = { show: () => {}, end: () => {} }

type Terminal = NodeJS.WritableStream & { isTTY?: boolean }

/** A bar on standard error, where a person watches; a number where nobody knows the total; nothing where a file does. */
export function createProgress(
  total: number | null,
  label: string,
  stream: Terminal = process.stderr
): Progress {
  if (!stream.isTTY) return SILENT
  const format = total === null ? `${label} {value}` : `${label} {bar} {value}/{total}`
  const bar = new SingleBar(
    { format, stream, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic
  )
  bar.start(total ?? 0, 0)
  return { show: (done) => bar.update(done), end: () => bar.stop() }
}
