/**
 * A member of a record that is keyed by names from outside. A node or a person may well be called `constructor`, and
 * what every object inherits is not what was said about them.
 */
export const ownMember = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined
