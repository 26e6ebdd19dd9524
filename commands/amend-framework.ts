import { z } from 'zod'
import { Refusal } from '../src/errors.ts'
import { FrameworkId, FrameworkNode, NodeCode, Text } from '../src/events/forms.ts'
import { canonicalJson } from '../src/ids.ts'
import { amendNodes, newestNodes } from '../src/rules/framework.ts'
import { treeErrors } from '../src/rules/tree.ts'
import { bodyOf, frameworkCommand } from './define.ts'

export const amendFramework = frameworkCommand({
  name: 'amend-framework',
  summary: { fa: 'اصلاح شیوه‌نامه', en: 'Amend a framework' },
  roles: ['registrar'],
  body: bodyOf({
    framework: FrameworkId,
    put: z.array(FrameworkNode).max(5_000).default([]),
    remove: z.array(NodeCode).max(5_000).default([]),
    reason: Text
  }),
  nodes: ({ put, remove }) => [...put.map(({ code }) => code), ...remove],
  decide: ({ framework: known }, { framework, put, remove, reason }) => {
    if (!known) throw new Refusal('unknown-framework', { params: { id: framework } })
    const nodes = newestNodes(known)
    const missing = remove.find((code) => !nodes.some((node) => node.code === code))
    if (missing !== undefined) throw new Refusal('unknown-node', { params: { framework, node: missing } })
    const twice = put.find(({ code }, index) => put.findIndex((other) => other.code === code) < index)
    const amended = amendNodes(nodes, put, remove)
    const errors = treeErrors(amended)
    if (twice) {
      errors.push({
        pointer: '/put',
        detail: `${twice.code}: the code is used twice`,
        fa: `${twice.code}: این کد دو بار آمده است`
      })
    }
    if (amended.length === 0) {
      errors.push({ pointer: '/remove', detail: 'no node would be left', fa: 'هیچ گره‌ای نمی‌ماند' })
    }
    if (errors.length > 0) throw new Refusal('bad-tree', { errors })
    if (canonicalJson(amended) === canonicalJson(nodes)) throw new Refusal('nothing-changes')
    return [{ type: 'FrameworkAmended', data: { put, remove, reason } }]
  }
})
