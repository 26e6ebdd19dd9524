import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'

/*
 * That what is acknowledged is on the disk, seen from outside: the calls that a process makes of the system, in their
 * order. Killing the process cannot show it, for what a process has written outlives it even where nobody has asked the
 * disk for it.
 */

const PROGRAM = join(import.meta.dirname, '..', 'support', 'syncing-process.ts')
const ROUNDS = 20

// There, and allowed to: some machines have it and forbid one process to trace another.
const tried = spawnSync('strace', ['-f', '-o', '/dev/null', process.execPath, '--version'])
const noTracer =
  tried.status === 0
    ? false
    : 'NO STRACE that may trace a process: syncs before acknowledgements are not counted'

interface Seen {
  acknowledged: number
  /** Whole syncs of the log that an append goes to. */
  syncs: number
  /** Acknowledged with nothing of the log written and synced since it was asked for. */
  unsynced: number[]
}

const CALL = /^(?<pid>\d+) +(?:<\.\.\. )?(?<name>\w+)(?:\((?<rest>.*)| resumed>(?<end>.*))$/
const SAID = /"(?<what>asked|acknowledged) (?<n>\d+)\\n"/

/** Walks through the calls; one that another thread interrupts has a line for its beginning and one for its end. */
function look(lines: readonly string[]): Seen {
  const seen: Seen = { acknowledged: 0, syncs: 0, unsynced: [] }
  const asked = new Map<string, number>()
  const begun = new Map<string, { at: number; writes: number }>()
  // Counted: writes to the log, and how many of them the last whole sync has on the disk.
  let [writes, synced, syncedAt] = [0, 0, -1]
  for (const [at, line] of lines.entries()) {
    const { pid = '', name = '', rest } = CALL.exec(line)?.groups ?? {}
    if (name === 'write' && rest) {
      const { what, n = '' } = SAID.exec(rest)?.groups ?? {}
      if (what === 'asked') asked.set(n, at)
      if (what !== 'acknowledged') continue
      seen.acknowledged += 1
      if (syncedAt < (asked.get(n) ?? at) || synced < writes) seen.unsynced.push(Number(n))
    }
    if (name === 'pwrite64' && rest?.includes('-wal>')) writes += 1
    if (name !== 'fsync' && name !== 'fdatasync') continue
    if (rest?.includes('-wal>')) begun.set(pid, { at, writes })
    const sync = begun.get(pid)
    if (!sync || line.endsWith('<unfinished ...>')) continue
    begun.delete(pid)
    if (!line.endsWith('= 0')) continue
    seen.syncs += 1
    synced = sync.writes
    syncedAt = sync.at
  }
  return seen
}

function traced(t: Test, mode: 'honest' | 'early', width: number): Seen {
  const folder = t.testdir()
  const [trace, ledger] = [join(folder, 'trace'), join(folder, 'ledger.db')]
  const calls = ['-f', '-y', '-e', 'trace=write,pwrite64,fsync,fdatasync', '-o', trace]
  const program = [process.execPath, PROGRAM, ledger, mode, String(ROUNDS), String(width)]
  // What it says goes nowhere: read from a pipe it would fail as soon as that is full, and the tracer sees it all the same.
  const { status, stderr } = spawnSync('strace', [...calls, ...program], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe']
  })
  t.equal(status, 0, stderr)
  return look(readFileSync(trace, 'utf8').split('\n'))
}

t.test('nothing is acknowledged before it is on the disk', { skip: noTracer }, async (t) => {
  for (const width of [1, 8]) {
    const { acknowledged, syncs, unsynced } = traced(t, 'honest', width)
    t.equal(acknowledged, ROUNDS * width)
    t.same(unsynced, [], `${syncs} syncs before ${acknowledged} acknowledgements of ${width} at once`)
    t.ok(syncs >= ROUNDS, 'each round had a sync of its own')
  }
})

t.test('a store that acknowledges before it commits is seen', { skip: noTracer }, async (t) => {
  const { acknowledged, unsynced } = traced(t, 'early', 1)
  t.equal(acknowledged, ROUNDS)
  t.equal(unsynced.length, ROUNDS, 'not one of them was on the disk')
})
