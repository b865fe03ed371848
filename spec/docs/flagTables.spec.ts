import type { Command } from 'commander'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { millrace } from '../../src/cli/program.js'
import { page, quoted, rowsOf } from './tableOf.js'

const test = suite('tables of flags')

const commands = millrace(() => {}).commands.filter((command) => command.name() !== 'help')

const flagsOf = (command: Command): readonly string[] => [
  ...command.options.flatMap(({ long }) => (typeof long === 'string' ? [long] : [])),
  ...command.commands.flatMap(flagsOf),
]

/** The sections of the page, each with the commands that its first lines name. */
const sections = page('command-line.md')
  .split(/^## /m)
  .map((text) => {
    const lead = text.slice(0, text.indexOf('\n| flag') + 1 || text.length)
    return { text, names: new Set([...lead.matchAll(/`millrace ([a-z]+)/g)].map(([, name]) => name ?? '')) }
  })

/** The section that is about a command: the one whose first line of code has it. */
const sectionOf = (name: string) =>
  sections.find(
    ({ text }) => new RegExp(`^[^\\n]*\\n\\n\`millrace [^\\n]*`).test(text) && text.split('\n\n')[1]?.includes(`\`millrace ${name}`),
  )

test('every command has a section', () => {
  const without = commands.map((command) => command.name()).filter((name) => sectionOf(name) === undefined)
  assert.equal(without, [])
})

for (const section of new Set(commands.map((command) => sectionOf(command.name())))) {
  if (section === undefined) continue
  const about = commands.filter((command) => sectionOf(command.name()) === section)
  test(`every flag of ${about.map((command) => command.name()).join(', ')} is in the table, and no other`, () => {
    const shown = rowsOf(section.text, 'flag').flatMap(([cell]) => quoted(cell).flatMap((flag) => /--[\w-]+/.exec(flag)?.[0] ?? []))
    assert.equal(shown.toSorted(), [...new Set(about.flatMap(flagsOf))].filter((flag) => flag !== '--help').toSorted())
  })
}

test.run()
