import { benchLedger, MIX, widerLedger } from './ledger.ts'
import { compare, printFigure } from './measure.ts'
import { rebuildOnce, residentMemoryMiB } from './rebuild-run.ts'

/* Whether rebuilding stays proportional: from a ledger with four times as many units, against the first one. */

const TIMES = 4

const ledgers = { small: await benchLedger(MIX), large: await widerLedger(MIX, TIMES) }
const events = { small: 0, large: 0 }

/** One rebuild is one thing done. */
const rebuilding = (size: keyof typeof ledgers) => async (): Promise<number> => {
  events[size] = await rebuildOnce(ledgers[size])
  return 1
}

const figure = await compare({
  figure: 'rebuild-growth',
  of: 'times',
  floor: 4.4,
  aim: 4.1,
  rounds: 3,
  isLong: true,
  baseline: { what: 'a rebuild', run: rebuilding('small') },
  measured: { what: `a rebuild from ${TIMES} times the units`, run: rebuilding('large') }
})
printFigure({
  ...figure,
  baseline: { ...figure.baseline, events: events.small },
  measured: { ...figure.measured, events: events.large, residentMemoryMiB: residentMemoryMiB() }
})
