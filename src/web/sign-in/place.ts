import type { App } from '../../http/app-type.ts'
import type { Shell } from '../shell.ts'
import type { Secure } from './session.ts'

/** What the routes of signing in and out are given. */
export interface SignInPlace {
  scope: App
  shell: Shell
  secure: Secure
}

/** Routes of pages are no part of the API. */
export const hidden = { schema: { hide: true } }
