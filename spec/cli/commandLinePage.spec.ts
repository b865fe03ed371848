import type { Argument, Command } from 'commander'
import { existsSync, readFileSync } from 'node:fs'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { exitCodes } from '../../src/cli/process/exitCodes.js'
import { millrace } from '../../src/cli/program.js'

const test = suite('what is written about the command line')

const root = new URL('../../../', import.meta.url)
const page = readFileSync(new URL('docs/command-line.md', root), 'utf8')
const sections = page.split(/^(?=## )/m).slice(1)

/** A command that does something, with its name as it is typed. */
interface Named {
  readonly name: string
  readonly command: Command
}

const named = (command: Command, before: string): readonly Named[] => {
  const name = `${before} ${command.name()}`
  return command.commands.length === 0 ? [{ name, command }] : command.commands.flatMap((inner) => named(inner, name))
}
const program = millrace(() => undefined)
const commands = program.commands.flatMap((command) => named(command, 'millrace'))

const argumentText = (argument: Argument): string => (argument.required ? `<${argument.name()}>` : `[${argument.name()}]`)
const usageOf = ({ name, command }: Named): string => `\`${[name, ...command.registeredArguments.map(argumentText)].join(' ')}\``

const firstCells = (text: string): readonly string[] => [...text.matchAll(/^\| ([^|]*)\|/gm)].map(([, cell]) => cell!.trim())
const flagsIn = (text: string): readonly string[] =>
  [
    ...new Set(
      firstCells(text)
        .join(' ')
        .match(/--[a-z-]+/g),
    ),
  ].filter((flag) => /\w/.test(flag))

test('the page tells of every command, with its arguments, in one place', () => {
  for (const one of commands) {
    const places = sections.filter((section) => section.includes(usageOf(one)))
    assert.is(places.length, 1, `${usageOf(one)} is in ${places.length} sections`)
  }
})

test('the page tells of every flag of a command where it tells of the command, and of no other', () => {
  for (const section of sections) {
    const told = commands.filter((one) => section.includes(usageOf(one)))
    const flags = new Set(told.flatMap(({ command }) => command.options.map(({ long }) => long!)))
    if (told.length > 0) assert.equal([...flagsIn(section)].sort(), [...flags].sort(), section.split('\n')[0]!)
  }
})

test('the page tells which command a flag is of, where it tells of several', () => {
  const section = sections.find((text) => text.startsWith('## Looking back'))!
  const told = commands.filter((one) => section.includes(usageOf(one)))
  for (const [, flag, of] of section.matchAll(/^\| `(--[a-z-]+)[^|]*\| ([^|]*)\|/gm)) {
    const names = told.filter(({ command }) => command.options.some(({ long }) => long === flag)).map(({ name }) => name)
    const written = of!.startsWith('all')
      ? told.map(({ name }) => name)
      : [...of!.matchAll(/`([^`]+)`/g)].map(([, name]) => `millrace ${name!}`)
    assert.equal(written, names, flag)
  }
})

test('the page tells every choice of a flag', () => {
  for (const { command } of commands)
    for (const { long, argChoices = [] } of command.options)
      for (const choice of argChoices)
        assert.ok(page.includes(`\`${choice}\``) || page.includes(`\`${long} ${choice}\``), `${command.name()} ${long} ${choice}`)
})

test('the page tells every exit code', () => {
  const codes = firstCells(page.slice(page.indexOf('### Exit codes'), page.indexOf('### Stopping'))).filter((cell) => /^\d+$/.test(cell))
  assert.equal(codes, Object.values(exitCodes).map(String))
})

/** As a person sees it, with what is added before and behind. */
function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (piece) => void (text += piece) }).outputHelp()
  return text
}

test('the help tells every exit code', () => {
  const help = helpOf(program)
  for (const code of Object.values(exitCodes)) assert.match(help, new RegExp(`\\b${code}\\b`))
})

test('the help points at nothing that is not in the package', () => {
  const { files } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { readonly files: readonly string[] }
  const shipped = (path: string): boolean =>
    existsSync(new URL(path, root)) && files.some((file) => path === file || path.startsWith(`${file}/`))
  const helps = [program, ...program.commands, ...commands.map(({ command }) => command)].map(helpOf)
  assert.ok(helps.every((help) => help.includes('Usage: millrace')))
  const pages = helps.flatMap((help) => [...(help.match(/[\w./-]+\.md\b/g) ?? [])])
  assert.equal(
    pages.filter((path) => !shipped(path)),
    [],
  )
})

test.run()
