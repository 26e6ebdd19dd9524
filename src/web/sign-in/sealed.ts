import { hkdfSync, randomBytes } from 'node:crypto'
import { EncryptJWT, jwtDecrypt } from 'jose'

/** Values that a browser keeps for us and can neither read nor change. */
export interface Seal {
  close(purpose: string, values: Readonly<Record<string, string>>, seconds: number): Promise<string>
  /** Null for whatever was not closed here for this purpose, or too long ago. */
  open(purpose: string, sealed: string | undefined): Promise<Readonly<Record<string, unknown>> | null>
}

const HEADER = { alg: 'dir', enc: 'A256GCM' }
const KEY_BYTES = 32

/**
 * Several processes with one secret open what another has closed. Without a secret the key dies with the process, and
 * whoever was signing in begins again.
 */
export function createSeal(secret: string | null): Seal {
  const key =
    secret === null
      ? randomBytes(KEY_BYTES)
      : Buffer.from(hkdfSync('sha256', secret, 'karnameh', 'cookies of signing in', KEY_BYTES))
  return {
    close: (purpose, values, seconds) =>
      new EncryptJWT({ values })
        .setProtectedHeader(HEADER)
        .setAudience(purpose)
        .setExpirationTime(`${seconds}s`)
        .encrypt(key),
    open: async (purpose, sealed) => {
      if (sealed === undefined) return null
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          audience: purpose,
          keyManagementAlgorithms: [HEADER.alg],
          contentEncryptionAlgorithms: [HEADER.enc],
          requiredClaims: ['exp']
        })
        return payload.values as Record<string, unknown>
      } catch {
        return null
      }
    }
  }
}
