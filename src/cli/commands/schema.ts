import { Command } from 'commander'
import type { Ends } from './ends.js'

/** `schema`, for editors and programs. */
export function addSchema(program: Command, ends: Ends): void {
  program
    .command('schema')
    .description('print a JSON Schema for editors and programs')
    .addArgument(
      new Command().createArgument('[name]', 'schema to print').choices(['suite', 'report', 'event', 'comparison']).default('suite'),
    )
    .addHelpText('after', '\nExample:\n  callsheet schema suite > suite.schema.json')
    .action(async (name: string) => ends((await import('../schema.js')).schema(name)))
}
