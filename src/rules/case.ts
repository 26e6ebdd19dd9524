import type { Evaluation } from './evaluation.ts'
import { type Framework, treeAt } from './framework.ts'
import type { Tree } from './tree.ts'

/** An evaluation with the framework it is judged by and the tree in force. */
export interface Case {
  framework: Framework
  evaluation: Evaluation
  tree: Tree
}

/** The tree an evaluation is judged by: the newest until it is submitted, then the one it was submitted under. */
export const treeInForce = (framework: Framework, evaluation: Evaluation): Tree =>
  treeAt(framework, evaluation.judgedRevision ?? framework.revision)

export const caseOf = (framework: Framework, evaluation: Evaluation): Case => ({
  framework,
  evaluation,
  tree: treeInForce(framework, evaluation)
})
