import { hash } from 'node:crypto'
import { ulid } from 'ulid'

/** The root of all command ids. Fixed for ever: changing it would make every stored idempotency key unknown. */
const COMMANDS = '6f1c1b0e-7a35-5d0b-9a5e-3c1f4d6b8a21'

/** The two highest bits of the variant are fixed, whatever the digit was. */
const VARIANT = ['8', '9', 'a', 'b']

/** RFC 9562 version 5: the same name in the same namespace is the same id, on any machine, at any time. */
export function uuidV5(namespace: string, name: string): string {
  const root = Buffer.from(namespace.replaceAll('-', ''), 'hex')
  const hex = hash('sha1', Buffer.concat([root, Buffer.from(name, 'utf8')]), 'hex')
  const variant = VARIANT[Number.parseInt(hex.charAt(16), 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** The namespace of each person whose keys were asked for lately. */
const namespaces = new Map<string, string>()
const NAMESPACES_MAX = 10_000

function namespaceOf(sub: string): string {
  const known = namespaces.get(sub)
  if (known !== undefined) return known
  if (namespaces.size >= NAMESPACES_MAX) namespaces.clear()
  const namespace = uuidV5(COMMANDS, sub)
  namespaces.set(sub, namespace)
  return namespace
}

/** One person's idempotency key names one command, whoever asks and after any restart. */
export const commandId = (sub: string, key: string): string => uuidV5(namespaceOf(sub), key)

/** The id of the i-th event (from 0) that a command appends to a stream (without prefix). */
export const eventId = (command: string, stream: string, index: number): string =>
  uuidV5(command, `${stream} ${index}`)

/** JSON with sorted keys and no white space, as RFC 8785 (JCS) prescribes; undefined members are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  let members = ''
  // RFC 8785 sorts by UTF-16 code units, which is how names are sorted where nothing else is asked for.
  for (const name of Object.keys(value).sort()) {
    const member: unknown = (value as Record<string, unknown>)[name]
    if (member === undefined) continue
    members += `${members === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(member)}`
  }
  return `{${members}}`
}

/** SHA-256 in lower-case hex. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** What makes a retry "the same": a hash of the command's name and its parsed body. */
export const commandHash = (command: string, body: unknown): string => sha256(canonicalJson([command, body]))

/** A new ULID (appeals, evidence, requests). */
export const newUlid = (): string => ulid()
