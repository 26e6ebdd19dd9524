import { openLocalIssuer } from '../../src/http/local-issuer.ts'
import { type Connection, openConnection, requestText, sendAll } from './connection.ts'
import { type ServerProcess, startServer } from './server-process.ts'

/* A server with a ledger of ordinary size, made by commands over HTTP as anybody would. */

export const FRAMEWORK = '1404-bench'
const [AXES, CRITERIA, LEAVES] = [4, 4, 60]

export const evaluationOf = (unit: number): string => `${FRAMEWORK}.u-${unit}`

const axes = Array.from({ length: AXES }, (_, i) => `${i + 1}`)
const criteria = axes.flatMap((axis) => Array.from({ length: CRITERIA }, (_, i) => `${axis}.${i + 1}`))
/** The leaves of the framework, shared out among the criteria; with what is above them they are 80 nodes. */
export const leaves = Array.from(
  { length: LEAVES },
  (_, i) => `${criteria[i % criteria.length]}.${Math.floor(i / criteria.length) + 1}`
)

const parentOf = (code: string) => (code.includes('.') ? code.slice(0, code.lastIndexOf('.')) : null)
const ceilingOf = (code: string) => 10 * leaves.filter((leaf) => leaf.startsWith(code)).length

export const framework = {
  framework: FRAMEWORK,
  period: { id: '1404', title: { fa: 'سال ۱۴۰۴' }, startsOn: '2025-03-21', endsOn: '2026-03-20' },
  title: { fa: 'شیوه‌نامه ارزیابی عملکرد' },
  issuedBy: 'hq',
  notApplicable: 'remove',
  appeal: { windowDays: 30, escalationDays: 10, decisionDays: 30, instances: 2 },
  nodes: [
    ...axes.map((code) => node(code, 'axis')),
    ...criteria.map((code) => node(code, 'criterion')),
    ...leaves.map((code) => node(code, 'indicator'))
  ]
}

function node(code: string, kind: string) {
  const title = { fa: `شاخص ${code}: پوشش خدمات در سطح استان`, en: `Coverage of services, ${code}` }
  return { code, parent: parentOf(code), kind, title, ceiling: String(ceilingOf(code)) }
}

/** A server of the ledger with units whose evaluations are open, and how to speak to it. */
export interface Sample extends ServerProcess {
  connections: Connection[]
  /** A token of the one assessor that each unit has. */
  assessors: string[]
  expert: string
  post(token: string, command: string, bodies: readonly object[]): Promise<void>
  close(): Promise<void>
}

let keys = 0
/** A new idempotency key for each request. */
export const newKey = (): string => `bench-${process.pid}-${++keys}`

/** Makes a ledger with so many units below a headquarters, and opens so many connections to its server. */
export async function startSample(data: string, units: number, connectionCount: number): Promise<Sample> {
  const issuer = await openLocalIssuer(data)
  const registrar = await issuer.sign({ id: 'r-1', role: 'registrar', units: [] }, 1)
  const names = Array.from({ length: units }, (_, i) => `u-${i}`)
  const assessors = await Promise.all(
    names.map((unit) => issuer.sign({ id: `a-${unit}`, role: 'assessor', units: [unit] }, 1))
  )
  const expert = await issuer.sign({ id: 'e-17', role: 'expert', units: ['hq'] }, 1)
  const server = await startServer('../../src/main.ts', {
    KARNAMEH_DATA: data,
    KARNAMEH_PORT: '0',
    KARNAMEH_RATE_LIMIT: '0'
  })
  const connections = await connectTo(server.url, connectionCount)
  const post: Sample['post'] = async (token, command, bodies) => {
    const path = `/v1/commands/${command}`
    const requests = bodies.map((body) => requestText({ method: 'POST', path, token, key: newKey(), body }))
    await sendAll(connections, requests, 201)
  }
  await post(registrar, 'register-unit', [{ unit: 'hq', name: { fa: 'ستاد' }, kind: 'headquarters' }])
  const unit = (name: string) => ({
    unit: name,
    name: { fa: `اداره ${name}` },
    kind: 'directorate',
    parent: 'hq'
  })
  await post(registrar, 'register-unit', names.map(unit))
  await post(registrar, 'publish-framework', [framework])
  const opened = names.map((name) => ({ unit: name, framework: FRAMEWORK, origin: 'live' }))
  await post(registrar, 'open-evaluation', opened)
  const close = async () => {
    for (const connection of connections) connection.close()
    await server.stop()
  }
  return { ...server, connections, assessors, expert, post, close }
}

export const connectTo = (url: string, count: number): Promise<Connection[]> =>
  Promise.all(Array.from({ length: count }, () => openConnection(url)))
