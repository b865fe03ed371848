import { setOwn } from '../../model/codec/plainObject.js'
import { redaction, type Redaction } from '../../engine/secrets/redaction.js'
import { isSecretVariable } from '../../model/secrets/secretPlaces.js'
import { isSoughtByName } from '../../model/secrets/secretTexts.js'
import type { Setting } from './serverConfig.js'

/** Settings with their secrets read, and what takes those out of what a server says. */
export interface ReadSettings {
  readonly values: Readonly<Record<string, string>>
  readonly missing: readonly string[]
  readonly redaction: Pick<Redaction, 'redact' | 'redactStream'>
}

/** Reads the variables that settings name. Done at each start of a server: they may have changed since. */
export function readSettings(settings: Readonly<Record<string, Setting>> = {}, environment: NodeJS.ProcessEnv = process.env): ReadSettings {
  const values = {}
  const secrets = redaction()
  const missing: string[] = []
  for (const [name, setting] of Object.entries(settings)) {
    const value = typeof setting === 'string' ? setting : environment[setting.$secret]
    if (value === undefined)
      missing.push((setting as Exclude<Setting, string>).$secret) // Only a secret has no value.
    else {
      setOwn(values, name, value)
      if (typeof setting !== 'string' || (isSecretVariable(name) && isSoughtByName(value))) secrets.conceal(value)
    }
  }
  return { values, missing, redaction: secrets }
}
