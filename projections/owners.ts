import type { Reader, Table } from './projection.ts'

/** Looks up whose an evaluation is, each once. Throws where nobody has opened it. */
export function ownerReader<Owner extends { evaluation: string }>(
  { get }: Pick<Reader, 'get'>,
  table: Table<Owner>
): (evaluation: string) => Owner {
  const owners = new Map<string, Owner>()
  return (evaluation) => {
    const owner = owners.get(evaluation) ?? get(table, evaluation)
    // The event that opened it has put this row, before anything else was said of it.
    if (!owner) throw new Error(`${table.name} has nothing of ${evaluation}, which nobody has opened`)
    owners.set(evaluation, owner)
    return owner
  }
}
