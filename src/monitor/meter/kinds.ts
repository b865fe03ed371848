import { typeMeter, type TypeMeter } from './typeMeter.js'

/** What operations have in common for the meter: one object for all of a kind, so that none is made for each operation. */
export interface MeteredKind {
  /** Its place among the kinds of the run. */
  readonly number: number
  readonly meter: TypeMeter
  readonly weight: number
  readonly pooled: boolean
}

/** The operation types of a run, each with its meter, and the kinds within them. */
export interface Kinds {
  of(name: string, weight: number, pooled: boolean): MeteredKind
  readonly all: readonly MeteredKind[]
  readonly types: readonly TypeMeter[]
}

/** A meter is 8 KB: names that someone makes up for each operation must not cost that each. */
export const mostTypes = 200
export const otherTypes = '(others)'

export function kinds(exact: boolean): Kinds {
  const types: TypeMeter[] = []
  const all: MeteredKind[] = []
  const meters = new Map<string, TypeMeter>()
  const plain = new Map<string, MeteredKind>()
  const special = new Map<string, MeteredKind>()

  const meterOf = (name: string): TypeMeter | undefined => {
    const known = meters.get(name)
    if (known !== undefined) return known
    if (types.length >= mostTypes && name !== otherTypes) return undefined
    const added = typeMeter(types.length, name, exact)
    meters.set(name, added)
    types.push(added)
    return added
  }

  const make = (into: Map<string, MeteredKind>, key: string, name: string, weight: number, pooled: boolean): MeteredKind => {
    const meter = meterOf(name)
    if (meter === undefined) return kindOf(otherTypes, weight, pooled)
    const kind = { number: all.length, meter, weight, pooled }
    all.push(kind)
    into.set(key, kind)
    return kind
  }

  const kindOf = (name: string, weight: number, pooled: boolean): MeteredKind => {
    if (weight === 1 && !pooled) return plain.get(name) ?? make(plain, name, name, 1, false)
    const key = `${weight} ${pooled} ${name}`
    return special.get(key) ?? make(special, key, name, weight, pooled)
  }

  return { types, all, of: kindOf }
}
