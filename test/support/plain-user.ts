const NOBODY = 65_534

/** Does something at once as a user whom rights to files concern: they do not concern root, as whom tests may run. */
export function asPlainUser<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work()
  process.setegid?.(NOBODY)
  process.seteuid?.(NOBODY)
  try {
    return work()
  } finally {
    process.seteuid?.(0)
    process.setegid?.(0)
  }
}
