import { setOwn } from '../../model/codec/plainObject.js'
import { concealed } from '../../model/secretFields.js'
import type { Setting } from './serverConfig.js'

/** Settings with their secrets read, and a way to put those out of sight again in what a server says. */
export interface ReadSettings {
  readonly values: Readonly<Record<string, string>>
  readonly missing: readonly string[]
  readonly conceal: (text: string) => string
}

/** Reads the variables that settings name. Done at each start of a server: they may have changed since. */
export function readSettings(settings: Readonly<Record<string, Setting>> = {}, environment: NodeJS.ProcessEnv = process.env): ReadSettings {
  const values = {}
  const secrets: string[] = []
  const missing: string[] = []
  for (const [name, setting] of Object.entries(settings)) {
    const value = typeof setting === 'string' ? setting : environment[setting.$secret]
    if (value === undefined)
      missing.push((setting as Exclude<Setting, string>).$secret) // Only a secret has no value.
    else {
      setOwn(values, name, value)
      if (typeof setting !== 'string' && value !== '') secrets.push(value)
    }
  }
  return { values, missing, conceal: (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, concealed), text) }
}
