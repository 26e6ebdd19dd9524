import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { projections } from '../../projections/all.ts'
import { commandNumbers } from '../../projections/ledger.ts'
import { type Runner, type RunnerParts, startRunner } from '../../projections/runner.ts'
import type { Standing } from '../../projections/standing.ts'
import { withKeeper } from '../../projections/tracks.ts'
import { numberOf } from '../../projections/volumes.ts'
import { aboutFile, aboutFileLater } from '../store/file-trouble.ts'
import { openReadModel, type ReadModel } from '../store/read-model.ts'
import { isDamage, ROWS_DAMAGED } from '../store/read-model-file.ts'
import { type Folding, startFolding } from './folding.ts'
import { rememberCommands } from './known-commands.ts'
import { type Answer, type Call, type Calls, type FromThread, faultOf, type ToThread } from './protocol.ts'
import { createStorePort } from './store-port.ts'

/*
 * The thread in which projections follow the ledger, and the only one that writes their rows. Whoever answers requests
 * never waits for it.
 */

const port = parentPort
if (!port) throw new Error('this file runs as a worker thread')

/**
 * Requests come first where there are fewer processors than work, but whoever has written waits to read it: a busy
 * thread beside this one gets three times as much. Of a thread alone only Linux can say so.
 */
const LESS_URGENT = 5
if (process.platform === 'linux') setPriority(LESS_URGENT)

const say = (message: FromThread) => port.postMessage(message)
const stores = createStorePort(say)

let rows: ReadModel | undefined
let rowsPath = ''
let folding: Folding | undefined
let runner: Runner | undefined
/** The newest instant of what was applied since that was last told. */
let newest: string | null = null

const opened = (): ReadModel => {
  if (!rows) throw new Error('the rows have not been opened')
  return rows
}

const answers: { [K in keyof Calls]: (asked: Calls[K]['asked']) => Promise<Calls[K]['answer']> } = {
  async open({ path }) {
    rows = openReadModel(path, withKeeper(projections), { foldedElsewhere: true })
    rowsPath = path
    folding = startFolding(path)
    return null
  },
  known: async () => opened().known(),
  async bind({ identity, end, holdsKnown }) {
    const rows = opened()
    aboutFile('The read model', rowsPath, () => rows.bindStore(identity, end, holdsKnown))
    const [lowest = 0n] = projections
      .map(({ name }) => rows.checkpoint(name))
      .sort((a, b) => (a < b ? -1 : 1))
    return lowest
  },
  async start() {
    const rows = opened()
    // What was applied is committed by the time it is added.
    const known = rememberCommands(
      () => commandNumbers(rows.query),
      (memory) => say({ kind: 'commands', memory })
    )
    const parts: RunnerParts = {
      store: stores.store,
      rows,
      projections,
      clock: { saw: (recordedAt) => (newest = newest !== null && newest > recordedAt ? newest : recordedAt) },
      onMoved: tell,
      onEvents: (events) => {
        known.add(events.map(({ metadata }) => numberOf(metadata.commandId)))
        folding?.committed(events.length)
      },
      onTrouble: tellTrouble
    }
    runner = await aboutFileLater('The read model', rowsPath, () => startRunner(parts))
    return null
  },
  release,
  end: release
}

/** None of them stands in the way of the others. */
async function release(): Promise<null> {
  try {
    await runner?.stop()
  } finally {
    try {
      await folding?.close()
    } finally {
      rows?.close()
      runner = undefined
      folding = undefined
      rows = undefined
    }
  }
  return null
}

function tellTrouble(message: string, error: unknown): void {
  const areRowsDamaged = isDamage(error)
  const said = areRowsDamaged ? ROWS_DAMAGED : message
  say({ kind: 'trouble', message: said, fault: faultOf(error), areRowsDamaged })
}

function tell(standing: Standing): void {
  say({ kind: 'moved', standing, recordedAt: newest })
  newest = null
}

async function answerTo({ name, asked }: Call): Promise<Answer> {
  try {
    // What is asked under a name is what its answer takes; see Calls.
    return { value: await answers[name](asked as never) }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

port.on('message', async (message: ToThread) => {
  if (message.kind !== 'call') return stores.hear(message)
  const answer = await answerTo(message)
  say({ kind: 'answer', call: message.call, answer })
  if (message.name === 'end') port.close()
})
