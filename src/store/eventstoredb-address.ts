import { Unavailable } from './event-store.ts'

/** Settings of the client that an address may carry; the client warns of any other, and prints passwords doing so. */
const KEYS = new Set([
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
  'nodepreference',
  'maxdiscoverattempts',
  'discoveryinterval',
  'gossiptimeout',
  'keepaliveinterval',
  'keepalivetimeout',
  'defaultdeadline',
  'throwonappendfailure',
  'connectionname'
])

const ADDRESS = /^esdb(?:\+discover)?:\/\/(?:[^@/?]*@)?(?<hosts>[^@/?]+)\/*(?:\?(?<settings>.*))?$/

/** Where an address leads, without user and password. Throws `Unavailable` for one that cannot be used. */
export function hostsOf(address: string): string {
  const { hosts, settings = '' } = ADDRESS.exec(address.trim())?.groups ?? {}
  if (hosts === undefined) {
    throw new Unavailable('the address of the store must be esdb://<host>:<port>, or esdb+discover://<name>')
  }
  for (const setting of settings.split('&').filter((text) => text !== '')) {
    const [key = '', value = ''] = setting.split('=')
    if (!KEYS.has(key.toLowerCase().replace(/[_-]/g, ''))) {
      throw new Unavailable(`the address of the store has a setting that is not known: ${key}`)
    }
    if (/^keep_?-?alive_?-?interval$/i.test(key) && Number(value) >= 0 && Number(value) < 10_000) {
      throw new Unavailable('keepAliveInterval in the address of the store must be 10000 or more, or -1')
    }
  }
  return hosts
}

/** Asking a node that does not answer who leads may take this many seconds; the client alone would take five. */
const GOSSIP_TIMEOUT_S = 1

/** The address with what the client's own defaults are too slow for, unless the operator says otherwise. */
export function withDefaults(address: string): string {
  const text = address.trim()
  if (/[?&]gossip[_-]?timeout=/i.test(text)) return text
  return `${text.replace(/\/+$/, '')}${text.includes('?') ? '&' : '?'}gossipTimeout=${GOSSIP_TIMEOUT_S}`
}
