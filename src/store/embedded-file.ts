import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { resultCode, SQLITE } from './embedded-protocol.ts'
import { ForeignStore, Unavailable } from './event-store.ts'
import { takeLock } from './file-lock.ts'
import { aboutFile } from './file-trouble.ts'
import { realPath } from './real-path.ts'

/** "KrnL": tells a ledger from the SQLite files of other programs. */
const APPLICATION_ID = 0x4b726e4c
/** What is stored is for ever: a higher number needs a migration from every lower one. */
const SCHEMA_VERSION = 1
/**
 * Pages in the log before they are copied into the file. The two unique indexes change pages all over the place, so
 * most pages come again and again, and the longer they are gathered, the fewer have to be copied.
 */
const CHECKPOINT_PAGES = 4000
/** How long the writer waits for somebody who has opened the file by hand. */
const BUSY_MS = 1000

/*
 * AUTOINCREMENT, so that no position is ever given twice. `event id` makes an id name one event of the whole ledger.
 * The triggers are no protection against a forger, but they are against a slip of the hand in an SQL shell.
 */
const SCHEMA = `
  CREATE TABLE event (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX event_place ON event (stream, revision);
  CREATE UNIQUE INDEX event_id ON event (id);
  CREATE TRIGGER event_no_update BEFORE UPDATE ON event
    BEGIN SELECT raise(ABORT, 'events are never changed'); END;
  CREATE TRIGGER event_no_delete BEFORE DELETE ON event
    BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
  CREATE TABLE probe (only INTEGER PRIMARY KEY CHECK (only = 1), tries INTEGER NOT NULL) STRICT;
  INSERT INTO probe VALUES (1, 0);
`

export interface LedgerFile {
  db: DatabaseSync
  close(): void
}

/**
 * Opens a ledger for the one process that may write it, making it where there is none. Throws `FileUnusable` where it
 * could not be written.
 */
export function openForWriting(path: string): LedgerFile {
  return aboutLedger(path, () => openLocked(path))
}

const aboutLedger = <T>(path: string, work: () => T): T => aboutFile('The ledger', path, work)

function openLocked(path: string): LedgerFile {
  mkdirSync(dirname(resolve(path)), { recursive: true })
  // Two names of one file must meet at one lock.
  const file = realPath(path)
  const lock = takeLock(
    file,
    `Another process is using the ledger ${file}. An embedded ledger has one writer: stop that process first, or choose another file.`
  )
  try {
    const db = openChecked(file)
    const close = () => {
      db.close()
      lock.close()
    }
    return { db, close }
  } catch (error) {
    lock.close()
    throw error
  }
}

/** Opens a ledger that another process may be writing, without any lock and without a way to change it. */
export function openForReading(path: string): LedgerFile {
  return aboutLedger(path, () => {
    const db = new DatabaseSync(realPath(path), { readOnly: true, timeout: BUSY_MS })
    return { db, close: () => db.close() }
  })
}

/** Throws `Unavailable` where there is no ledger to read, `ForeignStore` where the file is something else. */
export function checkReadable(path: string): void {
  if (!existsSync(path)) throw new Unavailable(`There is no ledger at ${path}`)
  const { db, close } = openForReading(path)
  try {
    if (aboutLedger(path, () => checkOwner(db, path)))
      throw new Unavailable(`The ledger at ${path} has not been made yet`)
  } catch (error) {
    throw resultCode(error) === SQLITE.notADatabase ? notSqlite(path) : error
  } finally {
    close()
  }
}

const notSqlite = (file: string) =>
  new ForeignStore(`${file} is not a ledger: it is not even an SQLite file. It was left as it is.`)

function openChecked(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_MS })
  try {
    const fresh = checkOwner(db, file)
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864')
    db.exec(`PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES}`)
    // Only macOS knows the difference: there a plain fsync leaves the data in the drive's cache.
    db.exec('PRAGMA fullfsync = 1; PRAGMA checkpoint_fullfsync = 1')
    checkDurable(db, file)
    if (fresh) create(db, file)
    else checkWritable(db)
    return db
  } catch (error) {
    db.close()
    if (resultCode(error) !== SQLITE.notADatabase) throw error
    throw notSqlite(file)
  }
}

const pragma = (db: DatabaseSync, name: string) => db.prepare(`PRAGMA ${name}`).get()?.[name]

/** True for a file that nothing has been written to; refuses what this program must not touch. */
function checkOwner(db: DatabaseSync, file: string): boolean {
  const tables = Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.n)
  const application = Number(pragma(db, 'application_id'))
  const version = Number(pragma(db, 'user_version'))
  if (tables === 0 && application === 0 && version === 0) return true
  if (application !== APPLICATION_ID) {
    throw new ForeignStore(`${file} is not a ledger: another program wrote it. It was left as it is.`)
  }
  if (version > SCHEMA_VERSION) {
    throw new ForeignStore(
      `${file} was written by a newer version of this program (format ${version}, known up to ${SCHEMA_VERSION}). It was left as it is.`
    )
  }
  return false
}

/** Some file systems quietly refuse a setting; an acknowledgement would then promise more than is true. */
export function checkDurable(db: DatabaseSync, file: string): void {
  const [journal, synchronous] = [pragma(db, 'journal_mode'), pragma(db, 'synchronous')]
  if (journal === 'wal' && synchronous === 2) return
  throw new Unavailable(
    `${file} cannot be kept durably: journal_mode is ${journal}, not wal, or synchronous is ${synchronous}, not 2 (FULL)`
  )
}

/** A file that may only be read is opened all the same, and would refuse every append. Nothing is changed. */
function checkWritable(db: DatabaseSync): void {
  try {
    db.exec('BEGIN IMMEDIATE; UPDATE probe SET tries = tries')
  } catch (error) {
    // Somebody writes it by hand at this very moment.
    if (resultCode(error) !== SQLITE.busy) throw error
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
  }
}

function create(db: DatabaseSync, file: string): void {
  db.exec(`BEGIN IMMEDIATE; ${SCHEMA}
    PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`)
  // SQLite syncs the files; that they are in the folder is for the folder to keep.
  const folder = openSync(dirname(file), 'r')
  fsyncSync(folder)
  closeSync(folder)
}
