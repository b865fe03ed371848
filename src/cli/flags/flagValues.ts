// cli/flags: what the flags of several commands mean, and the values they take.
import { InvalidArgumentError } from 'commander'

/** Takes a flag that may be given again: all its values, in order. */
export function collectValues(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value]
}

/** Takes a whole number between two bounds, both included. */
export function whole(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN
    if (number >= minimum && number <= maximum) return number
    throw new InvalidArgumentError(`It must be a whole number from ${minimum} to ${maximum}.`)
  }
}

/** Takes a whole number of at least 1. */
export function wholeFromOne(text: string): number {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (number > 0) return number
  throw new InvalidArgumentError('It must be a whole number of at least 1.')
}
