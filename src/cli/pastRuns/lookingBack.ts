import { Command } from 'commander'

// Only commander is loaded here: help must not wait for anything else.

/** How a run of the past is named, for the help of the commands that take one. */
export const runWords = `
Name a run by its id or the beginning of it, by "last", by "last~3" (three before the last), or by the name of a baseline.`

/** What the commands that look back at finished runs have in common. */
export function lookingBack(name: string, summary: string): Command {
  return new Command(name)
    .description(summary)
    .option('--root <dir>', 'the root that holds the runs (default: this folder)')
    .option('--json', 'write the result to stdout as one JSON document')
    .option('--no-color', 'no colours (like NO_COLOR=1)')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
}
