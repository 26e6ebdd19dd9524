import t from 'tap'
import { startTestApp } from '../support/app.ts'
import { seenByTheNext } from '../support/later.ts'
import {
  assessor,
  auditor,
  claims,
  expert,
  openRehearsal,
  QAZVIN,
  registrar,
  submitRehearsal,
  YAZD,
  yazdi
} from '../support/rehearsal.ts'

const claim = { evaluation: YAZD, node: 'G.1.a', points: '12.50' }
const key = (value: string) => ({ 'idempotency-key': value })

t.test('the same key with the same body is the same act, across a restart too', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const document = { title: { fa: 'سند' } }
  const body = { ...claim, evidence: [document] }
  const first = await app.command(yazdi, 'enter-self-score', body, key('k-1'))
  t.equal(first.statusCode, 201)
  t.match(first.json(), {
    events: [
      { type: 'EvidenceAttached', stream: `evaluation-${YAZD}`, revision: '1' },
      { type: 'SelfScoreEntered', stream: `evaluation-${YAZD}`, revision: '2' }
    ],
    revision: '2',
    created: { appeals: [], evidence: [/^[0-9A-Z]{26}$/], requests: [] }
  })
  t.match(first.headers, { etag: '"2"', 'ledger-position': String(await app.store.end()) })
  t.notOk('idempotent-replay' in first.headers)

  const again = async (other = app, asked: object = body) => {
    const end = await other.store.end()
    const answer = await other.command(yazdi, 'enter-self-score', asked, key('k-1'))
    t.equal(await other.store.end(), end, 'nothing was appended')
    return answer
  }
  // The same body in another order and another spelling of the same points.
  const { evaluation, node, ...rest } = body
  for (const asked of [body, { ...rest, points: '12.5', node, evaluation }]) {
    const replay = await again(app, asked)
    t.strictSame([replay.statusCode, replay.json()], [201, first.json()])
    t.match(replay.headers, { 'idempotent-replay': 'true', etag: '"2"' })
    t.equal(replay.headers['ledger-position'], first.headers['ledger-position'])
  }
  await app.act(yazdi, 'enter-self-score', { ...claim, points: '13' })
  t.strictSame((await again()).json(), first.json(), 'also after other acts')

  await app.close()
  const restarted = await startTestApp(t, app.data)
  const replay = await again(restarted)
  t.strictSame([replay.statusCode, replay.json()], [201, first.json()], 'after a restart of the process')
  t.equal(replay.headers['idempotent-replay'], 'true')
  t.match((await again(restarted, claim)).json(), { status: 422, code: 'key-reused' }, 'with another body')
  await restarted.settled()
  const elsewhere = { ...claim, evaluation: QAZVIN }
  const other = await restarted.command(
    { ...assessor, id: yazdi.id },
    'enter-self-score',
    elsewhere,
    key('k-1')
  )
  t.match(other.json(), { status: 422, code: 'key-reused' }, 'of the same person, for another stream')
  const somebody = await restarted.command(assessor, 'enter-self-score', elsewhere, key('k-1'))
  t.equal(somebody.statusCode, 201, 'another person may use the same word')
})

t.test('what was refused is not remembered', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const high = { ...claim, points: '21' }
  t.equal((await app.command(yazdi, 'enter-self-score', high, key('k'))).statusCode, 409)
  t.equal(
    (await app.command(yazdi, 'enter-self-score', claim, key('k'))).statusCode,
    201,
    'the key is still free'
  )
})

t.test('ten retries at once are one act', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const sent = Array.from({ length: 10 }, () => app.command(yazdi, 'enter-self-score', claim, key('same')))
  const answers = await Promise.all(sent)
  t.strictSame([...new Set(answers.map(({ statusCode }) => statusCode))], [201])
  t.equal(new Set(answers.map(({ payload }) => payload)).size, 1, 'one answer')
  const replays = answers.filter(({ headers }) => headers['idempotent-replay'] === 'true')
  t.equal(replays.length, 9, 'one did it, nine are told that it was done')
  const { items } = await app.read(auditor, `/v1/evaluations/${YAZD}/events`)
  t.equal(items.length, 2, 'the opening and the claim')
})

t.test('If-Match: whoever acts on what has changed is told by which event', async (t) => {
  const app = await startTestApp(t)
  await openRehearsal(app)
  const read = await app.get(yazdi, `/v1/evaluations/${YAZD}`)
  const seen = { 'if-match': String(read.headers.etag) }
  const first = await app.command(yazdi, 'enter-self-score', claim, seen)
  t.equal(first.statusCode, 201)
  const late = await app.command({ ...yazdi, id: 'a-9' }, 'enter-self-score', { ...claim, points: '1' }, seen)
  const [newer] = first.json().events
  t.match(late.json(), { status: 412, code: 'stale', event: newer.id, detail: /revision 1, not at 0/ })
  const next = await app.command(
    yazdi,
    'enter-self-score',
    { ...claim, points: '2' },
    { 'if-match': String(first.headers.etag) }
  )
  t.match([next.statusCode, next.headers.etag], [201, '"2"'], 'the tag of an answer is the next one to send')
  const replay = await app.command(yazdi, 'enter-self-score', claim, { ...key('k-9'), 'if-match': '"2"' })
  t.equal(replay.statusCode, 201)
  const again = await app.command(yazdi, 'enter-self-score', claim, { ...key('k-9'), 'if-match': '"2"' })
  t.match(
    [again.statusCode, again.headers['idempotent-replay']],
    [201, 'true'],
    'a retry is not stale by its own act'
  )
})

t.test('a dry run says what would be, and nothing is', async (t) => {
  const app = await startTestApp(t)
  await submitRehearsal(app)
  const end = await app.store.end()
  const dry = (who: typeof expert, name: string, body: object) =>
    app.ask(who, `/v1/commands/${name}?dryRun=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify(body)
    })
  const rest = await dry(expert, 'confirm-scores', { evaluation: QAZVIN, rest: true })
  t.equal(rest.statusCode, 200)
  const { events, dryRun, revision } = rest.json()
  t.strictSame([dryRun, events.length, revision], [true, Object.keys(claims).length, '12'])
  t.match(events[1], { type: 'ScoreConfirmed', data: { node: 'G.1.b', points: '18.75' } })
  t.notOk('etag' in rest.headers)
  t.match((await dry(assessor, 'confirm-scores', { evaluation: QAZVIN, rest: true })).json(), { status: 403 })
  const early = await dry(registrar, 'finalise-evaluation', { evaluation: QAZVIN })
  t.match(early.json(), { status: 409, code: 'wrong-stage' }, 'it is refused as the act would be')
  t.equal(await app.store.end(), end)
  t.equal((await app.read(auditor, `/v1/evaluations/${QAZVIN}`)).total.expert, null)
})

t.test('a process that begins is not behind the newest event, applied or not', async (t) => {
  const first = await startTestApp(t)
  await seenByTheNext(t, first, () => startTestApp(t, first.data))
})
