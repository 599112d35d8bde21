import type { Command } from 'commander'
import { repeatOption } from '../option-values.js'
import type { Ends } from './ends.js'
import { selecting } from './shared-options.js'

/** `init`, `validate`, `plan`: they call no agent. */
export function addChecking(program: Command, ends: Ends): void {
  program
    .command('init')
    .description('write a starter suite, a small agent to run it against, and a CI workflow')
    .argument('[folder]', 'folder to write to', '.')
    .addHelpText('after', '\nExample:\n  callsheet init && callsheet run callsheet/suite.yaml')
    .action(async (folder: string) => ends((await import('../init.js')).init(folder)))

  program
    .command('validate')
    .description('show every mistake in suites, without calling an agent')
    .argument('<suite...>', 'suite files')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--root <dir>', "let includes lead anywhere in this folder (default: the suite's git work tree, or its folder)")
    .option('--json', 'print diagnostics as JSON')
    .addHelpText('after', '\nExample:\n  callsheet validate suites/*.yaml')
    .action(async (paths: string[], flags) => ends(await (await import('../validate.js')).validate(paths, flags)))

  selecting(program.command('plan'))
    .description('show the cases of suites and how often each runs, without calling an agent')
    .argument('<suite...>', 'suite files')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nExample:\n  callsheet plan suite.yaml --tag smoke --frequency 5')
    .action(async (paths: string[], flags) => ends(await (await import('../plan.js')).plan(paths, flags)))
}
