// Built along with the specs; then: node .spec/spec/bench/secrets.js [secrets]
// What keeping secrets out of events costs, CPU time of the process: to learn so many secrets and to mask a text of 1 MB, as one and
// in pieces; and, where no secret is known, to look through the value of an operation. Median of five rounds.
import { createHash } from 'node:crypto'
import { redaction } from '../../src/engine/secrets/redaction.js'
import { median } from '../../src/monitor/histogram/quantile.js'

const count = Number(process.argv[2] ?? 10_000)
const bytes = 1_000_000
const piece = 64 * 1024

const digest = (seed: string, encoding: 'hex' | 'base64'): string => createHash('sha256').update(seed).digest(encoding)
const kinds: Readonly<Record<string, (n: number) => string>> = {
  hex: (n) => digest(`${n}`, 'hex'),
  base64: (n) => digest(`${n}`, 'base64'),
  jwt: (n) => `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.${digest(`${n}`, 'hex')}`,
  url: (n) => `https://hooks.example.com/services/T0${n}/${digest(`${n}`, 'hex').slice(0, 24)}`,
}

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

function textWith(secrets: readonly string[]): string {
  const lines: string[] = []
  for (let n = 0, length = 0; length < bytes; n++) {
    const line = `line ${n} of a log: ${digest(`line ${n}`, 'hex')} ${n % 50 === 0 ? secrets[n % secrets.length] : 'nothing'}\n`
    lines.push(line)
    length += line.length
  }
  return lines.join('')
}

function round(secrets: readonly string[], text: string) {
  const made = redaction()
  const learn = cpuMs(() => secrets.forEach((secret) => made.conceal(secret)))
  const whole = cpuMs(() => made.redact(text))
  const inPieces = cpuMs(() => {
    const stream = made.redactStream()
    for (let from = 0; from < text.length; from += piece) stream.add(text.slice(from, from + piece))
    stream.end()
  })
  return { learn, whole, inPieces }
}

const result: Record<string, object> = {}
for (const [kind, make] of Object.entries(kinds)) {
  const secrets = Array.from({ length: count }, (_, n) => make(n))
  const text = textWith(secrets)
  const rounds = Array.from({ length: 5 }, () => round(secrets, text))
  const figure = (of: (one: ReturnType<typeof round>) => number): number => Number(median(rounds.map(of)).toFixed(0))
  result[kind] = { learnMs: figure(({ learn }) => learn), wholeMs: figure(({ whole }) => whole), inPiecesMs: figure((one) => one.inPieces) }
}

const value = { path: 'app/package.json', bytes: 1_024, created: true }
const none = redaction()
const looks = 1_000_000
const perLook = (data: unknown): number =>
  Number(median(Array.from({ length: 5 }, () => (cpuMs(() => { for (let n = 0; n < looks; n++) none.clean(data) }) * 1_000) / looks)).toFixed(3)) // prettier-ignore
const withoutSecrets = { numberUs: perLook(7), textUs: perLook('a text'), threeFieldsUs: perLook(value) }
console.log(JSON.stringify({ node: process.version, secrets: count, textBytes: bytes, ...result, withoutSecrets }))
