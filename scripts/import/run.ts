import type { Handle } from '../../commands/outcome.ts'
import { Refusal } from '../../src/errors.ts'
import type { Actor } from '../../src/events/envelope.ts'
import type { PlannedCommand } from './names.ts'

/** Who imports. */
export const IMPORTER: Actor = { id: 'r-1', role: 'registrar', units: [] }

export interface ImportResult {
  /** Events that were appended now. */
  added: number
  /** Commands that an earlier run had done. */
  found: number
  /** Position of the newest event of the import. */
  position: bigint
}

/**
 * Gives the commands one after another; each has its own key, so a run that was stopped half-way is simply started
 * again. The first refusal ends it with an error that names the command.
 */
export async function runImport(
  handle: Handle,
  commands: readonly PlannedCommand[],
  onProgress: (done: number) => void = () => {}
): Promise<ImportResult> {
  const result: ImportResult = { added: 0, found: 0, position: 0n }
  for (const [i, { command, body, key }] of commands.entries()) {
    const outcome = await handle(command, body, { actor: IMPORTER, key }).catch((error: unknown) => {
      throw refused(command, key, error)
    })
    if (outcome.replayed) result.found += 1
    else result.added += outcome.events.length
    if (outcome.position > result.position) result.position = outcome.position
    onProgress(i + 1)
  }
  return result
}

function refused(command: string, key: string, cause: unknown): unknown {
  if (!(cause instanceof Refusal)) return cause
  return new Error(`${command} (${key}) was refused: ${cause.message}`, { cause })
}
