import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { orOnCode } from './errorCode.js'
import { bootId, isAlive, processStart } from './processStart.js'

/**
 * A process, as a name that files can have: its number, its start, the space its number counts in (on Linux a container has its own),
 * the machine and the machine's start.
 */
export interface Owner {
  readonly pid: number
  readonly start: string
  readonly numbers: string
  readonly machine: string
  readonly boot: string
}

/** This process. */
export function thisOwner(): Owner {
  return (mine ??= {
    pid: process.pid,
    start: processStart(process.pid)?.split(' ')[1] ?? '',
    numbers: process.platform === 'linux' ? numberSpace() : '',
    machine: hashed(`${hostname()} ${machineId()}`),
    boot: hashed(bootId() ?? ''),
  })
}

// It stays who it is.
let mine: Owner | undefined

export function ownerName({ pid, start, numbers, machine, boot }: Owner): string {
  return [pid, start, numbers, machine, boot].join('.')
}

const ownerForm = /^(\d{1,10})\.(\d*)\.(\d*)\.([0-9a-f]{8})\.([0-9a-f]{8})$/

/** The owner of this name; undefined when it names none. */
export function ownerNamed(name: string): Owner | undefined {
  const [, pid, start, numbers, machine, boot] = ownerForm.exec(name) ?? []
  if (pid === undefined) return undefined
  return { pid: Number(pid), start: start!, numbers: numbers!, machine: machine!, boot: boot! }
}

/**
 * Whether an owner still runs. `unknown` for one of another machine or another container, whose numbers mean other processes here: to
 * take it for dead would give a lock two owners.
 */
export function stateOf(owner: Owner): 'alive' | 'gone' | 'unknown' {
  const here = thisOwner()
  if (owner.machine !== here.machine) return 'unknown'
  if (owner.boot !== here.boot) return 'gone'
  if (owner.numbers !== here.numbers) return 'unknown'
  const start = owner.start === '' ? undefined : `${bootId() ?? ''} ${owner.start}`
  return isAlive(owner.pid, start) ? 'alive' : 'gone'
}

function numberSpace(): string {
  const link = orOnCode(['ENOENT', 'EACCES', 'EPERM'], '', () => readlinkSync('/proc/self/ns/pid'))
  return /\d+/.exec(link)?.[0] ?? ''
}

function machineId(): string {
  return orOnCode(['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR'], '', () => readFileSync('/etc/machine-id', 'utf8'))
}

function hashed(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}
