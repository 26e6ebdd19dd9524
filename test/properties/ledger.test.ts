import fc from 'fast-check'
import t from 'tap'
import { createStreams } from '../../commands/streams.ts'
import { type LedgerEvent, readEvent } from '../../src/events/catalogue.ts'
import { caseOf } from '../../src/rules/case.ts'
import type { Evaluation } from '../../src/rules/evaluation.ts'
import { type Framework, treeAt } from '../../src/rules/framework.ts'
import { figuresOf, type NodeFigures } from '../../src/rules/rollup.ts'
import { fold, foldOne } from '../support/fold.ts'
import { createMemoryStore } from '../support/memory-store.ts'
import { naiveFigures } from '../support/naive-points.ts'
import { type RandomWorld, randomWorld } from '../support/random-ledger.ts'

/*
 * What holds whatever happens. The histories are random, and everything in them went through the real decisions.
 */

const RUNS = { numRuns: 120 }

/** Every evaluation of a world with its framework. */
function cases({ known }: RandomWorld): { evaluation: Evaluation; framework: Framework }[] {
  return Object.values(known.evaluations).flatMap((evaluation) => {
    const framework = known.frameworks[evaluation.framework]
    return framework ? [{ evaluation, framework }] : []
  })
}

const ofStream = (events: readonly LedgerEvent[], stream: string) =>
  events.filter((event) => event.stream === stream)

const LEVELS = ['self', 'expert', 'final', 'standing'] as const

/** The figures of the rules in the form of the naive ones. */
const plain = (figures: NodeFigures) => ({
  applicable: figures.applicable,
  applicableCeiling: figures.applicableCeiling,
  points: Object.fromEntries(LEVELS.map((level) => [level, figures[level].points])),
  missing: Object.fromEntries(LEVELS.map((level) => [level, figures[level].missing])),
  partial: Object.fromEntries(LEVELS.map((level) => [level, figures[level].partial]))
})

t.test('a roll-up is what an exact and naive recomputation says', async () => {
  fc.assert(
    fc.property(randomWorld(fc), (world) => {
      for (const { evaluation, framework } of cases(world)) {
        const { tree } = caseOf(framework, evaluation)
        const nodes = [...tree.nodes.values()].flatMap(({ definition }) => definition ?? [])
        const events = ofStream(world.events, `evaluation-${evaluation.evaluation}`)
        const naive = naiveFigures(events, nodes, framework.notApplicable)
        for (const [code, figures] of figuresOf(tree, evaluation)) {
          const expected = JSON.stringify(naive.get(code))
          const found = JSON.stringify(plain(figures))
          if (found !== expected) throw new Error(`${code}: ${found} is not ${expected}`)
        }
      }
    }),
    RUNS
  )
})

t.test('nothing stands below zero, and live nothing above its ceiling', async () => {
  fc.assert(
    fc.property(randomWorld(fc), (world) => {
      for (const { evaluation, framework } of cases(world)) {
        const { tree } = caseOf(framework, evaluation)
        for (const [code, figures] of figuresOf(tree, evaluation)) {
          const { ceiling = 0 } = tree.nodes.get(code) ?? {}
          const most = evaluation.origin === 'live' ? figures.applicableCeiling : ceiling
          for (const level of LEVELS) {
            const { points, missing, own } = figures[level]
            // Announced points of an imported parent are kept as they are, so a sum above them may be anything.
            const bounded = evaluation.origin === 'live' || own !== null
            if (points !== null && (points < 0 || (bounded && points > most))) return false
            if (missing < 0) return false
          }
          if (figures.applicableCeiling > ceiling) return false
        }
      }
      return true
    }),
    RUNS
  )
})

t.test('what was accepted is there, in order, and reads the same from JSON', async () => {
  fc.assert(
    fc.property(randomWorld(fc), ({ events, asked, refused }) => {
      const commands = new Set(events.map(({ metadata }) => metadata.commandId))
      if (commands.size !== asked - refused) return false
      const revisions = new Map<string, number>()
      return events.every((event, i) => {
        const expected = (revisions.get(event.stream) ?? -1) + 1
        revisions.set(event.stream, expected)
        const { data, metadata, version, ...rest } = event
        const again = readEvent({
          ...rest,
          data: JSON.stringify(data),
          metadata: JSON.stringify({ version, ...metadata })
        })
        const same = JSON.stringify([again.data, again.metadata]) === JSON.stringify([data, metadata])
        return same && event.revision === expected && event.position === BigInt(i + 1)
      })
    }),
    RUNS
  )
})

t.test('replaying gives what was folded live, also by way of rows kept as JSON', async () => {
  fc.assert(
    fc.property(randomWorld(fc), ({ events, known }) => {
      const live = JSON.stringify(known)
      const rows = events.reduce(
        (state, event) => foldOne(JSON.parse(JSON.stringify(state)), event),
        fold([])
      )
      return JSON.stringify(fold(events)) === live && JSON.stringify(rows) === live
    }),
    { numRuns: 40 }
  )
})

t.test('the streams that decisions are made from are those states', async () => {
  await fc.assert(
    fc.asyncProperty(randomWorld(fc), async ({ events, known }) => {
      const store = createMemoryStore()
      for (const { stream, revision, data, metadata, version, ...rest } of events) {
        const stored = {
          ...rest,
          data: JSON.stringify(data),
          metadata: JSON.stringify({ version, ...metadata })
        }
        await store.append(stream, [stored], { expectedRevision: revision === 0 ? 'none' : revision - 1 })
      }
      const load = createStreams(store)
      for (const [id, evaluation] of Object.entries(known.evaluations)) {
        const loaded = await load(`evaluation-${id}`)
        if (JSON.stringify(loaded.evaluation) !== JSON.stringify(evaluation)) return false
        if (JSON.stringify(loaded.persons) !== JSON.stringify(known.persons[id])) return false
      }
      return true
    }),
    { numRuns: 30 }
  )
})

t.test('an evaluation is judged by the tree it was submitted under, whatever comes later', async () => {
  fc.assert(
    fc.property(randomWorld(fc), (world) =>
      cases(world).every(({ evaluation, framework }) => {
        if (evaluation.origin === 'live' && evaluation.submittedAt === null) return true
        const events = ofStream(world.events, `evaluation-${evaluation.evaluation}`)
        const settled = events.flatMap(({ type, data }) => {
          if (type === 'EvaluationOpened' && data.origin === 'imported') return data.frameworkRevision
          return type === 'SelfAssessmentSubmitted' ? data.frameworkRevision : []
        })
        return caseOf(framework, evaluation).tree === treeAt(framework, Number(settled[0]))
      })
    ),
    { numRuns: 40 }
  )
})

t.test('the histories reach far enough to mean something', async (t) => {
  const seen = new Set<string>()
  for (const { events } of fc.sample(randomWorld(fc), { numRuns: 150, seed: 1402 })) {
    for (const { type } of events) seen.add(type)
  }
  for (const type of [
    'EvaluationFinalised',
    'EvaluationReopened',
    'ReturnedForCorrection',
    'AppealDecided'
  ]) {
    t.ok(seen.has(type), type)
  }
  for (const type of ['NotApplicableRevoked', 'NotApplicableClaimed', 'FrameworkAmended', 'AppealWaived']) {
    t.ok(seen.has(type), type)
  }
})
