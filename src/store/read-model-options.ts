import type { FileOptions } from './read-model-file.ts'

export interface ReadModelOptions extends FileOptions {
  /** How many rows, and how many characters in them, are kept ready parsed. */
  cacheRows?: number
  cacheCharacters?: number
  /** Projections whose rows are to be built anew though they fit. */
  rebuild?: readonly string[]
  /** Tables that are made now get their indexes when `complete` is called, which is faster than row by row. */
  indexesLater?: boolean
  /** Another thread copies the log into the file, see `startFolding`. */
  foldedElsewhere?: boolean
  /**
   * A new file is written without what would bring it through a crash until `complete` or `close` is called, which is
   * faster; one that was left in between is thrown away when it is opened. Nobody else can read it meanwhile.
   */
  finishLater?: boolean
  /** With `finishLater`: nobody will open the file again, so that a new one is never finished. */
  isScratch?: boolean
  /** Freeze every row that is handed out, so that changing one throws, and take no column at its word: for tests. */
  freeze?: boolean
}

/** For building all rows anew while nobody asks; most that is read again is so at once, and stays little. */
export const BUILDING: ReadModelOptions = {
  indexesLater: true,
  finishLater: true,
  cacheCharacters: 8 * 1024 * 1024
}
