/** Where a ledger is: an embedded store, EventStoreDB, or a backup file. */
export type StoreAddress = { kind: 'file'; path: string } | { kind: 'eventstoredb'; url: string }
export type AnyAddress = StoreAddress | { kind: 'ndjson'; path: string }

/** The store that a text names (`file:<path>`, `esdb://…`, `ndjson:<path>`), undefined where it names none. */
export function parseAddress(text: string): AnyAddress | undefined {
  const [, kind, path] = /^(file|ndjson):(.+)$/.exec(text) ?? []
  if (path !== undefined) return { kind: kind === 'file' ? 'file' : 'ndjson', path }
  return /^esdb(\+discover)?:\/\/.+$/.test(text) ? { kind: 'eventstoredb', url: text } : undefined
}
