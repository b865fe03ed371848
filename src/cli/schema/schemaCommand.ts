import { Command } from 'commander'

/** `millrace schema`, as it is written. */
export function schemaCommand(finish: (code: number) => void): Command {
  return new Command('schema')
    .description('print the JSON Schema of a plan, for editors')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .action(async () => {
      const { schema } = await import('./schema.js')
      finish(schema())
    })
}
