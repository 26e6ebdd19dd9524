import t from 'tap'
import { createHandle } from '../../commands/handle.ts'
import { fold } from '../../projections/memory.ts'
import { latinNumber } from '../../scripts/import/digits.ts'
import { readSampleFiles } from '../../scripts/import/files.ts'
import type { PlannedCommand } from '../../scripts/import/names.ts'
import { readSample } from '../../scripts/import/plan.ts'
import { runImport } from '../../scripts/import/run.ts'
import type { SampleFiles } from '../../scripts/import/sample.ts'
import { createClock } from '../../src/clock.ts'
import { type LedgerEvent, readEvent } from '../../src/events/catalogue.ts'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { newUlid } from '../../src/ids.ts'
import { formatPoints } from '../../src/points.ts'
import { evolveEvaluation, type Evaluation } from '../../src/rules/evaluation.ts'
import { evolveFramework, type Framework, treeAt } from '../../src/rules/framework.ts'
import { figuresOf } from '../../src/rules/rollup.ts'
import type { EventStore } from '../../src/store/event-store.ts'
import { createMemoryStore } from '../support/memory-store.ts'

const files = await readSampleFiles()
const plan = readSample(files)
const NOON = Date.parse('2024-06-01T08:30:00Z')
