import { alsoCalled, decodedBy, isPromiseLike, kind, listOf, type ArgumentKind } from '../options/kinds.js'
import { optionFaults, type Fields } from '../options/checkOptions.js'
import type { ArgumentPath, OptionFault } from '../options/optionFault.js'
import { PlanOperation } from '../plan.js'
import { hasId } from './hasId.js'
import { isOperation, type OperationSettings } from './operation.js'

const { dependencies: _ids, when, priority, weight, pool, place, timeoutMs, retry, fallback, repeatable } = PlanOperation.optional

const dependency = kind('an operation, or the id of one', (value) => hasId(value) || (typeof value === 'string' && value !== ''))

/** The settings of an operation made in code, as a plan's are decoded. */
const settingFields = {
  dependencies: alsoCalled(listOf(dependency, 'a list of operations or ids'), 'dependsOn', 'depends', 'needs', 'after', 'waitFor'),
  when: alsoCalled(decodedBy(when, 'Use "settled" for what always runs.'), 'if', 'condition'),
  priority: decodedBy(priority),
  weight: decodedBy(weight),
  pool: decodedBy(pool),
  place: decodedBy(place),
  timeoutMs: alsoCalled(decodedBy(timeoutMs, 'Five seconds are 5000.'), 'timeout', 'timeoutSeconds'),
  retry: alsoCalled(decodedBy(retry, 'Three attempts in all are { attempts: 3 }.'), 'retries', 'retires', 'attempts', 'retryAttempts'),
  fallback: decodedBy(fallback),
  repeatable: decodedBy(repeatable),
} satisfies Fields<OperationSettings>

/** What is wrong with the settings of an operation; `more` are those that only some operations take. */
export function settingFaults(given: unknown, more: Readonly<Record<string, ArgumentKind>> = {}): readonly OptionFault[] {
  if (given === undefined) return []
  return optionFaults(given, { ...settingFields, ...more }, ['settings'])
}

/** What is wrong with the operations that one needs. */
export function needsFaults(needs: unknown): readonly OptionFault[] {
  const at: ArgumentPath = ['needs']
  const expected = 'the operations it needs, by name, such as { list }'
  if (isOperation(needs)) return [{ type: 'wrong-option', at, expected, received: needs, wayOut: 'Give it a name: { value: needed }.' }]
  if (Array.isArray(needs)) return [{ type: 'wrong-option', at, expected, received: needs, wayOut: 'Give each a name: { a, b }.' }]
  if (typeof needs !== 'object' || needs === null || ('then' in needs && typeof needs.then === 'function'))
    return [{ type: 'wrong-option', at, expected, received: needs }]
  return Object.entries(needs).flatMap(([name, needed]: [string, unknown]) =>
    hasId(needed)
      ? []
      : [
          {
            type: 'wrong-option' as const,
            at: [...at, name],
            expected: 'an operation',
            received: needed,
            wayOut: Object.hasOwn(settingFields, name) ? `Settings come last: operation(id, perform, { ${name}: … }).` : needWayOut(needed),
          },
        ],
  )
}

function needWayOut(needed: unknown): string | undefined {
  if (typeof needed === 'string') return 'Pass the operation itself; an id alone goes into settings.dependencies.'
  return isPromiseLike(needed) ? 'Make it one: operation(id, () => promise).' : undefined
}

/** What is wrong with needs that stand behind the function, where settings belong. */
export function misplacedNeeds(settings: unknown): readonly OptionFault[] {
  const others = Object.entries(typeof settings === 'object' && settings !== null ? settings : {})
  // What has the name of a setting is one, and is looked at as such.
  if (!others.some(([name, value]) => !Object.hasOwn(settingFields, name) && isOperation(value))) return []
  const wayOut = 'The operations it needs come before the function: operation(id, { name: needed }, ({ name }) => …).'
  return [{ type: 'wrong-option', at: ['settings'], expected: 'settings', received: settings, wayOut }]
}
