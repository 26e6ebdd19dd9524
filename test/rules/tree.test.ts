import t from 'tap'
import type { FrameworkNode } from '../../src/events/forms.ts'
import { POINTS_MAX } from '../../src/points.ts'
import { amendNodes } from '../../src/rules/framework.ts'
import {
  buildTree,
  isLeaf,
  LEVELS_MAX,
  leavesOf,
  NODES_MAX,
  pathUp,
  subtree,
  TOTAL,
  treeErrors
} from '../../src/rules/tree.ts'
import { node } from '../support/history.ts'

const sound = [
  node('G', null, '60', { notApplicable: 'spread' }),
  node('S', null, '40'),
  node('G.a', 'G', '45', { scaled: true }),
  node('G.a.1', 'G.a', '1'),
  node('G.a.2', 'G.a', '2', { notApplicable: 'remove' }),
  node('G.b', 'G', '15')
]

t.test('nodes become one tree under the total', async (t) => {
  const tree = buildTree(sound, 'remove')
  t.strictSame(tree.order, [TOTAL, 'G', 'G.a', 'G.a.1', 'G.a.2', 'G.b', 'S'], 'parents before children')
  t.match(tree.nodes.get(TOTAL), { ceiling: 1_000_000, children: ['G', 'S'], setting: 'remove' })
  t.match(tree.nodes.get('G.a'), { ceiling: 450_000, childrenCeiling: 30_000, parent: 'G' })
  t.equal(tree.nodes.get('G.a')?.setting, 'spread', 'the setting is inherited')
  t.equal(tree.nodes.get('G.a.2')?.setting, 'remove', 'unless the node has its own')
  t.strictSame(leavesOf(tree), ['G.a.1', 'G.a.2', 'G.b', 'S'])
  t.strictSame(subtree(tree, 'G'), ['G', 'G.a', 'G.a.1', 'G.a.2', 'G.b'])
  t.strictSame(pathUp(tree, 'G.a.1'), ['G.a.1', 'G.a', 'G', TOTAL])
  t.equal(isLeaf(tree, 'S'), true)
  t.equal(isLeaf(tree, 'nowhere'), false)
})

t.test('a sound list has no faults', async (t) => {
  t.strictSame(treeErrors(sound), [])
  t.strictSame(treeErrors([node('a', null, '0')]), [], 'a ceiling may be nothing')
})

/** The faults as `pointer detail`. */
const faults = (nodes: FrameworkNode[]) =>
  treeErrors(nodes).map(({ pointer, detail }) => `${pointer} ${detail}`)

t.test('every bad node is named with its path', async (t) => {
  t.strictSame(
    faults([
      node('G', null, '10'),
      node('G.a', 'G', '4'),
      node('G.b', 'G', '5.9999'),
      node('G.b', 'G', '5.9999'),
      node('X', 'nowhere', '1')
    ]),
    [
      "/nodes/0 G: the children's ceilings add up to 15.9998, not to 10",
      '/nodes/2 G/G.b: the code is used twice',
      '/nodes/4 nowhere/X: the parent nowhere is not there'
    ]
  )
})

t.test('a ring is no tree', async (t) => {
  const ring = faults([node('a', 'b', '1'), node('b', 'c', '1'), node('c', 'a', '1'), node('d', 'a', '0')])
  t.equal(
    ring.filter((fault) => fault.includes('its own ancestor')).length,
    3,
    'but what hangs on it is none'
  )
  t.match(faults([node('a', 'a', '1')]), [/its own ancestor/])
})

t.test('only leaves have a rule, and bands are told apart', async (t) => {
  const rule = { kind: 'ratio', target: '1' } as const
  t.match(faults([node('a', null, '1', { rule }), node('b', 'a', '1')]), [/only a leaf can have a rule/])
  const bands = [
    { from: '5', points: '1' },
    { from: '5.0', points: '2' }
  ]
  t.match(faults([node('a', null, '2', { rule: { kind: 'bands', bands } })]), [/two bands begin/])
})

t.test('a framework that could not be added up is refused', async (t) => {
  const most = String((POINTS_MAX + 1) / 10_000 - 1)
  t.match(faults([node('a', null, most), node('b', null, '2')]), [
    /^\/nodes total: .*more than points can be/
  ])
  const scaled = [node('a', null, '1', { scaled: true }), node('b', 'a', most), node('c', 'a', '2')]
  t.match(faults(scaled), [/^\/nodes\/0 a: .*more than points can be/])
  const many = Array.from({ length: NODES_MAX + 1 }, (_, i) => node(`n${i}`, null, '1'))
  t.match(faults(many), [/5001 nodes; at most 5000/])
})

t.test('a tree has an end that every walk comes to', async (t) => {
  const chain = (levels: number, name = 'n') =>
    Array.from({ length: levels }, (_, i) => node(`${name}${i}`, i === 0 ? null : `${name}${i - 1}`, '1'))
  t.strictSame(faults(chain(LEVELS_MAX)), [])
  const [fault, ...others] = treeErrors(chain(3_000))
  t.strictSame(others, [], 'what is below it is not named as well')
  t.equal(fault?.pointer, '/nodes/64')
  t.match(fault?.detail, /n63\/n64: the tree has more than 64 levels here$/)
  t.match(fault?.fa, /n64: درخت در اینجا بیش از 64 سطح دارد$/)
  t.equal(faults([...chain(65), ...chain(65, 'm')]).length, 2, 'one for each branch')
})

t.test('an amendment puts nodes in their place and takes others out', async (t) => {
  const codes = (nodes: FrameworkNode[]) => nodes.map(({ code, ceiling }) => `${code}=${ceiling}`)
  const nodes = [node('a', null, '1'), node('b', null, '2')]
  t.strictSame(codes(amendNodes(nodes, [node('a', null, '3'), node('c', null, '4')], ['b'])), ['a=3', 'c=4'])
  t.strictSame(codes(amendNodes(nodes, [node('a', null, '3')], ['a'])), ['b=2', 'a=3'])
})
