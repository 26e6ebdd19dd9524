import type { EventOf, EventTypeName, LedgerEvent } from '../src/events/catalogue.ts'
import type { Case } from '../src/rules/case.ts'

/** How a column is kept: `int` is a JavaScript number, `position` a bigint, `json` any plain value. */
export type ColumnType = 'text' | 'int' | 'position' | 'json'

/** A table that one projection owns. `Row` says what a row looks like in code. */
export interface Table<Row extends object = object> {
  name: string
  key: readonly (keyof Row & string)[]
  columns: { readonly [C in keyof Row & string]: ColumnType }
  indexes?: readonly (readonly (keyof Row & string)[])[]
  /** Columns that are null in most rows: indexes with one of them have no entry for such a row. */
  sparse?: readonly (keyof Row & string)[]
  /** Rows are put once and hardly read by handlers: of large batches they are written early, and not kept at hand. */
  once?: boolean
  /** Of those that say `once`: each row is put once for ever, and no handler reads any. */
  log?: boolean
  /**
   * Json columns that hold what folding made of parsed events, in which nothing is ever undefined: too large to look
   * through after every event. Tests do.
   */
  plain?: readonly (keyof Row & string)[]
}

/** Declares a table; the row type is given, the columns must match it. */
export const table = <Row extends object>(spec: Table<Row>): Table<Row> => spec

export type Key = readonly (string | number | bigint)[]

/** Reads one row of the projection's own tables as it stands before the event, in the order of `key`. */
export type Get = <Row extends object>(table: Table<Row>, ...key: Key) => Row | undefined

/** What a handler wants done: a whole row put, or a key deleted. */
export type Change = { table: Table; put: object } | { table: Table; delete: Key }

export const put = <Row extends object>(into: Table<Row>, row: Row): Change => ({
  // A table of rows is a table of objects; only reading back needs to know more.
  table: into as unknown as Table,
  put: row
})

export const remove = <Row extends object>(from: Table<Row>, ...key: Key): Change => ({
  table: from as unknown as Table,
  delete: key
})

/** The tables of a projection, whatever their rows: whoever creates or fills them only needs names and columns. */
export const tables = (...owned: readonly { name: string }[]): readonly Table[] => owned as readonly Table[]

/** What one event did to one evaluation. */
export interface Moved {
  /** Null when the event opened it. */
  before: Case | null
  after: Case
}

const NOTHING_MOVED: readonly Moved[] = []

type Handler<Event> = (event: Event, get: Get, moved: readonly Moved[]) => Change[]
type Handlers = { [T in EventTypeName]?: Handler<EventOf<T>> }

/**
 * A set of tables that can always be thrown away and rebuilt from events. Handlers are pure: the same events give
 * the same rows, in whatever batches they come. Raise `version` when rows change, and they are rebuilt.
 */
export interface Projection {
  name: string
  version: number
  tables: readonly Table[]
  on: Handlers
  /**
   * Its rows depend on how events of different evaluations, or of those and units, stand to each other. A rebuild gives
   * everybody else those of one stream after those of another; who follows evaluations, or keeps them, cannot be told
   * otherwise.
   */
  ordered?: true
  /**
   * Its handlers are told what an event did to evaluations; whoever keeps those has applied the event just before. Of an
   * event that moved many they are called for a few evaluations after the others.
   */
  follows?: true
  /**
   * Of the one that keeps evaluations as they stand, in place of `on`: what it makes of any event, and what that did to
   * which of them (several where a framework is amended).
   */
  follow?: (event: LedgerEvent, get: Get) => Followed
}

/**
 * What an event did to evaluations, a few of them at a time, and one time at least. An amended framework may move thousands,
 * which are not all held at once: the next ones are read when everybody has handled those before.
 */
export type MovedGroups = Iterable<readonly Moved[]>

export interface Followed {
  changes: Change[]
  moved: MovedGroups
}

/** A projection that tells others what events did to evaluations. */
export type Source = Projection & Required<Pick<Projection, 'follow'>>

export const isSource = (projection: Projection): projection is Source => projection.follow !== undefined

/** One step of a rebuild, and of live running. */
export function apply(
  projection: Projection,
  event: LedgerEvent,
  get: Get,
  moved: readonly Moved[] = NOTHING_MOVED
): Change[] {
  if (isSource(projection)) return projection.follow(event, get).changes
  // TypeScript cannot see that the handler found under event.type takes this very event.
  const handler = projection.on[event.type] as Handler<LedgerEvent> | undefined
  return handler ? handler(event, get, moved) : []
}

/** Reads many rows of any table: what queries are given. The clause is SQL over the table's columns. */
export interface Reader {
  get: Get
  all<Row extends object>(table: Table<Row>, clause: string, parameters?: Values): Row[]
  /** Like `all`, of these columns alone: what a long column holds is not read where it is not among them. */
  some<Row extends object, Column extends keyof Row & string>(
    table: Table<Row>,
    columns: readonly Column[],
    clause: string,
    parameters?: Values
  ): Pick<Row, Column>[]
  /** Like `all`; of some json columns only the member of this name is read, null where there is none. */
  members<Row extends object, Column extends keyof Row & string>(
    table: Table<Row>,
    columns: readonly Column[],
    member: string,
    clause: string,
    parameters?: Values
  ): (Omit<Row, Column> & { [C in Column]: Row[C][keyof Row[C]] | null })[]
  /**
   * How many rows there are of each combination of some columns, and the greatest value of another one among them; the
   * clause says only which are counted.
   */
  counts<Row extends object, By extends keyof Row & string, Greatest extends keyof Row & string>(
    table: Table<Row>,
    counted: { by: readonly By[]; greatest: Greatest },
    clause: string,
    parameters?: Values
  ): (Pick<Row, By> & { rows: number; greatest: Row[Greatest] })[]
}

type Values = readonly (string | number | bigint | null)[]
