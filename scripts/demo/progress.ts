import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** So many steps are done. */
  show(done: number): void
  end(): void
}

const SILENT: Progress = { show: () => {}, end: () => {} }

/** A bar on standard error, where a person watches; nothing where a file does. */
export function createProgress(total: number, label: string, stream = process.stderr): Progress {
  if (!stream.isTTY) return SILENT
  const bar = new SingleBar(
    { format: `${label} {bar} {value}/{total}`, stream, hideCursor: true, clearOnComplete: true },
    Presets.shades_classic
  )
  bar.start(total, 0)
  return { show: (done) => bar.update(done), end: () => bar.stop() }
}
