import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { FrameworkId, type FrameworkNode, NodeCode, Text } from '../src/events/forms.ts'
import { type LineageChange, Predecessor, Relation } from '../src/events/lineage-linked.ts'
import { canonicalJson } from '../src/ids.ts'
import { ownMember } from '../src/own-member.ts'
import { type Framework, newestNodes } from '../src/rules/framework.ts'
import { bodyOf, defined, frameworkCommand } from './define.ts'

/** How many predecessors each relation takes. */
const PREDECESSORS: Record<z.infer<typeof Relation>, (count: number) => boolean> = {
  same: (count) => count === 1,
  split: (count) => count >= 1,
  merged: (count) => count >= 1,
  new: (count) => count === 0,
  retired: (count) => count === 0
}

export const linkLineage = frameworkCommand({
  name: 'link-lineage',
  summary: { fa: 'ثبت تناظر با سال قبل', en: 'Say which node of an earlier framework a node continues' },
  roles: ['registrar'],
  body: bodyOf({
    framework: FrameworkId,
    node: NodeCode,
    predecessors: z.array(Predecessor).max(100),
    relation: Relation,
    note: Text.optional()
  }),
  nodes: ({ node }) => [node],
  decide: ({ framework: known, frameworkOf }, { framework, node, predecessors, relation, note }) => {
    if (!known) throw new Refusal('unknown-framework', { params: { id: framework } })
    const own = nodeIn(known, node)
    const earlier = predecessors.map(({ framework: id, node: code }) => {
      const other = frameworkOf(id)
      if (!other || id === framework) throw new Refusal('unknown-framework', { params: { id } })
      return nodeIn(other, code)
    })
    if (!PREDECESSORS[relation](predecessors.length)) {
      throw new Refusal('bad-lineage', { params: { relation, count: predecessors.length } })
    }
    const changes = distinct(earlier.flatMap((before) => changesOf(before, own)))
    const comparable = relation === 'same' && !changes.some(({ what }) => DISTURBING.has(what))
    const data = defined({ node, predecessors, relation, changes, comparable, note })
    const { event, ...latest } = ownMember(relation === 'retired' ? known.retired : known.lineage, node) ?? {
      event: null
    }
    if (event !== null && canonicalJson(latest) === canonicalJson(data))
      throw new Refusal('nothing-changes', { event })
    return [{ type: 'LineageLinked', data }]
  }
})

function nodeIn(framework: Framework, code: string): FrameworkNode {
  const node = newestNodes(framework).find((candidate) => candidate.code === code)
  if (!node) throw new Refusal('unknown-node', { params: { framework: framework.framework, node: code } })
  return node
}

/** Changes that make two years of a node incomparable; another ceiling or title does not. */
const DISTURBING = new Set<LineageChange['what']>(['rule', 'target', 'unit'])

/** What differs between a node and its predecessor, both as they stand. */
function changesOf(before: FrameworkNode, after: FrameworkNode): LineageChange[] {
  const sides: [LineageChange['what'], string | undefined, string | undefined][] = [
    ['title', before.title.fa, after.title.fa],
    ['ceiling', before.ceiling, after.ceiling],
    ['parent', before.parent ?? undefined, after.parent ?? undefined],
    ['target', before.target, after.target],
    ['rule', ruleText(before), ruleText(after)],
    ['unit', before.unitOfMeasure, after.unitOfMeasure]
  ]
  return sides.filter(([, from, to]) => from !== to).map(([what, from, to]) => defined({ what, from, to }))
}

/** Points that are entered directly are the rule that needs no saying. */
const ruleText = ({ rule }: FrameworkNode): string | undefined =>
  rule === undefined || rule.kind === 'direct' ? undefined : canonicalJson(rule)

function distinct(changes: readonly LineageChange[]): LineageChange[] {
  return [...new Map(changes.map((change) => [canonicalJson(change), change])).values()]
}
