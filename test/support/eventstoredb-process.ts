import { startNodes } from './eventstoredb-node.ts'

/*
 * A node that speaks the event store's protocol as a process of its own, for whoever must not share a thread with it:
 * says its address in one line, and ends when it is told to.
 */

const nodes = await startNodes()
process.stdout.write(`listens on ${nodes.address}\n`)
process.once('SIGTERM', () => void nodes.close().then(() => process.exit()))
