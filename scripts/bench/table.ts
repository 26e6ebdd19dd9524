/** A benchmark: a program of its own, beside this file, that prints one line of JSON for each of its figures. */
export interface Bench {
  file: string
  summary: string
}

/** All benchmarks by name, in the order in which they are run. */
export const benches: Readonly<Record<string, Bench>> = {
  append: {
    file: 'append.ts',
    summary: 'durable appends of 64 callers, against plain SQLite with 100 events a transaction'
  },
  command: {
    file: 'command.ts',
    summary: 'a command over HTTP on 50 connections, against the same POST with a constant answer'
  },
  scorecard: {
    file: 'scorecard.ts',
    summary: 'GET of a scorecard, against a constant answer of the same size'
  },
  pages: {
    file: 'pages.ts',
    summary: 'pages, against the JSON answers that they rest on'
  },
  wire: {
    file: 'wire.ts',
    summary: 'catching up over the wire through all projections, against the client alone'
  },
  rebuild: {
    file: 'rebuild.ts',
    summary: 'rebuilding all projections from 1 000 000 events, against JSON.parse alone'
  },
  'rebuild-growth': {
    file: 'rebuild-growth.ts',
    summary: 'rebuilding from 4 000 000 events, against 1 000 000'
  },
  'league-as-of': {
    file: 'league-as-of.ts',
    summary: 'a league as of a past position, against the league of now'
  }
}
