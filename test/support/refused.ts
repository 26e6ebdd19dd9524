import type { Test } from 'tap'
import type { Answer, Headers, TestApp } from './app.ts'

const PERSIAN = /[\u0600-\u06ff]{3}/

/**
 * That a request is refused with a code, with everything a refusal promises: the same problem in both languages, a
 * page that explains the code, and a ledger that stands where it stood. Answers with the problem in English.
 */
export async function refused(
  t: Test,
  { store, ask }: TestApp,
  name: string,
  request: (headers: Headers) => Promise<Answer>,
  status: number,
  code: string
) {
  const before = await store.end()
  const [english, persian] = [
    await request({ 'accept-language': 'en' }),
    await request({ 'accept-language': 'fa-IR' })
  ]
  const [en, fa] = [english.json(), persian.json()]
  t.match({ status: english.statusCode, code: en.code }, { status, code }, `${name}: ${status} ${code}`)
  t.match(english.headers['content-type'], 'application/problem+json', name)
  t.match(en, { type: `/problems/${code}`, status, title: String, detail: String, instance: /./ }, name)
  t.notMatch(en.title, PERSIAN, name)
  t.match([fa.status, fa.code, fa.title, fa.detail], [status, code, PERSIAN, PERSIAN], `${name}, in Persian`)
  const pointers = ({ errors = [] }: { errors?: { pointer: string }[] }) =>
    errors.map(({ pointer }) => pointer)
  t.strictSame(pointers(fa), pointers(en), `${name}: the same places in both languages`)
  // Others are lists of nodes.
  if (code === 'malformed') {
    for (const { detail } of fa.errors ?? []) t.match(detail, PERSIAN, `${name}: what is wrong with each`)
  }
  for (const { detail } of en.errors ?? []) t.notMatch(detail, PERSIAN, name)
  t.notMatch(`${en.detail} ${fa.detail}`, /\{\w+\}/, `${name}: every place of the sentence is filled`)
  t.equal((await ask(null, en.type)).statusCode, 200, `${en.type} explains itself`)
  t.equal(await store.end(), before, `${name} changes nothing`)
  t.equal(english.headers['ledger-position'], String(before), `${name}: the ledger is where it was`)
  return en
}
