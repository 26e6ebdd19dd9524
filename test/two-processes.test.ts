import t from 'tap'
import { openLocalIssuer } from '../src/http/local-issuer.ts'
import { startNodes } from './support/eventstoredb-node.ts'
import { type MainProcess, startMain } from './support/main-process.ts'
import { runProgram } from './support/programs.ts'

/* Two processes of the server, each with rows of its own, on one ledger that three nodes keep. One is killed again and again. */

const KILLS = 4
const WRITERS = 8
const STREAM_PREFIX = 'offices_'

type Answered = { status: number; replay: string | null; body: { events?: { id: string }[] } }

/** A process that may be killed, and what is said to whichever of its lives runs. */
async function memberOf(folder: string, store: string) {
  const env = {
    KARNAMEH_DATA: folder,
    KARNAMEH_STORE: store,
    KARNAMEH_STREAM_PREFIX: STREAM_PREFIX,
    KARNAMEH_PORT: '0',
    KARNAMEH_RATE_LIMIT: '1000000'
  }
  const begin = async (): Promise<{ main: MainProcess; url: string }> => {
    const main = startMain(t, env)
    return { main, url: await main.url() }
  }
  let life = await begin()
  const issuer = await openLocalIssuer(folder)
  const bearer = async (role: 'registrar' | 'auditor') =>
    `Bearer ${await issuer.sign({ id: 'r-1', role, units: [] }, 1)}`
  const [registrar, auditor] = [await bearer('registrar'), await bearer('auditor')]
  return {
    env,
    async killed() {
      life.main.child.kill('SIGKILL')
      await life.main.ended
      life = await begin()
    },
    async stopped() {
      life.main.child.kill('SIGTERM')
      return await life.main.ended
    },
    async register(unit: string, key: string, name = unit): Promise<Answered> {
      const headers = { authorization: registrar, 'content-type': 'application/json', 'idempotency-key': key }
      const body = JSON.stringify({ unit, name: { fa: name }, kind: 'office' })
      const answer = await fetch(`${life.url}/v1/commands/register-unit`, { method: 'POST', headers, body })
      const replay = answer.headers.get('idempotent-replay')
      return { status: answer.status, replay, body: (await answer.json()) as Answered['body'] }
    },
    async read(path: string) {
      const answer = await fetch(life.url + path, { headers: { authorization: auditor } })
      return { status: answer.status, body: await answer.json() }
    }
  }
}

const nodes = await startNodes(3)
t.teardown(nodes.close)
const folders = t.testdir({ one: {}, two: {} })
const [one, two] = await Promise.all([
  memberOf(`${folders}/one`, nodes.address),
  memberOf(`${folders}/two`, nodes.address)
])
type Member = typeof one

const storedOf = (unit: string) => nodes.log.visible(`${STREAM_PREFIX}unit-${unit}`)
const idsOf = ({ body }: Answered) => (body.events ?? []).map(({ id }) => id)

/** Says it again, here and there, until somebody answers. */
async function registered(members: readonly Member[], unit: string, key: string): Promise<Answered> {
  for (let i = 0; ; i++) {
    try {
      const answer = await (members[i % members.length] ?? one).register(unit, key)
      if (answer.status !== 503) return answer
    } catch {
      // Its process has died, before or after it was done.
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

t.test('a race of two processes has one winner', async (t) => {
  for (let i = 0; i < 20; i++) {
    const race = await Promise.all([one.register(`race-${i}`, `a-${i}`), two.register(`race-${i}`, `b-${i}`)])
    t.strictSame(race.map(({ status }) => status).sort(), [201, 409])
    t.equal(storedOf(`race-${i}`).length, 1)
  }
})

t.test('whoever is killed, each command has one outcome, which either tells', async (t) => {
  let isOver = false
  const done: { unit: string; key: string; ids: string[] }[] = []
  const write = async (writer: number) => {
    const members = writer % 2 === 0 ? [one, two] : [two, one]
    for (let n = 0; !isOver; n++) {
      const [unit, key] = [`w-${writer}-${n}`, `w-${writer}-${n}`]
      const answer = await registered(members, unit, key)
      if (answer.status !== 201) t.fail(`${unit}: ${answer.status} ${JSON.stringify(answer.body)}`)
      done.push({ unit, key, ids: idsOf(answer) })
    }
  }
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, i) => write(i)))
  for (let i = 0; i < KILLS; i++) {
    const before = done.length
    while (done.length < before + 40) await new Promise((resolve) => setTimeout(resolve, 20))
    await one.killed()
  }
  isOver = true
  await writing
  t.ok(done.length >= KILLS * 40)
  const wrong = done.filter(
    ({ unit, ids }) =>
      storedOf(unit)
        .map(({ id }) => id)
        .join() !== ids.join()
  )
  t.strictSame(wrong, [], 'what was acknowledged is there, once')
  for (const { unit, key, ids } of done.slice(-20)) {
    for (const member of [one, two]) {
      const again = await member.register(unit, key)
      t.match(again, { status: 201, replay: 'true' })
      t.strictSame(idsOf(again), ids)
    }
  }
})

t.test('both show the same, and their rows are those of a rebuild', async (t) => {
  const { position } = nodes.log.all.at(-1) ?? { position: 0n }
  const [seen, other] = await Promise.all(
    [one, two].map((member) => member.read(`/v1/units?limit=500&waitFor=${position}`))
  )
  t.equal(seen?.status, 200)
  t.strictSame(seen?.body, other?.body)
  for (const member of [one, two]) t.equal((await member.read('/health/ready')).status, 200)
  for (const member of [one, two]) {
    t.equal(await member.stopped(), 0)
    const { code, err } = await runProgram(t, 'attest', member.env)
    t.equal(code, 0, err)
  }
})
