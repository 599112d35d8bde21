import { type Command, Option } from 'commander'
import { repeatOption, urlOption } from '../option-values.js'
import type { Ends } from './ends.js'

/** `import` and `export`. */
export function addExchange(program: Command, ends: Ends): void {
  program
    .command('import')
    .description('convert JSON test suites, tables of scenarios and conversations to a suite')
    .argument('<source...>', 'files; with --run, one result: a folder, an id or latest')
    .addOption(new Option('--as <kind>', 'read the files in this format (default: detect it)').choices(['test-suite', 'csv', 'transcript']))
    .option('--run <key>', 'import the conversation of this run of the result (repeatable)', repeatOption)
    .option('--agent-url <url>', "set the agent's address: ws://, wss://, http:// or https://", urlOption)
    .option('--out <file>', 'write the suite to this file (default: standard output)')
    .option('--force', 'overwrite the file if it exists')
    .option('--strict', 'exit with code 1 if anything was lost')
    .addHelpText(
      'after',
      `
Examples:
  callsheet import tests.json --out callsheet/suite.yaml
  callsheet import scenarios.csv --agent-url http://127.0.0.1:8000/chat --out suite.yaml
  callsheet import latest --run smoke/cancel_appointment/-/maria#2 --out regressions.yaml`,
    )
    .action(async (paths: string[], flags) => ends(await (await import('../import.js')).importFiles(paths, flags)))

  program
    .command('export')
    .description('convert a suite to a JSON test suite or a table of scenarios')
    .argument('<suite>', 'the suite file')
    .addOption(
      new Option('--as <kind>', 'write this format (default: by the extension of --out, else test-suite)').choices(['test-suite', 'csv']),
    )
    .option('--agent <key>', 'export only what runs with this agent')
    .option('--out <file>', 'write to this file (default: standard output)')
    .option('--force', 'overwrite the file if it exists')
    .option('--strict', 'exit with code 1 if anything was lost')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--root <dir>', "let includes lead anywhere in this folder (default: the suite's git work tree, or its folder)")
    .addHelpText('after', '\nExample:\n  callsheet export suite.yaml --out tests.json')
    .action(async (path: string, flags) => ends(await (await import('../export.js')).exportFile(path, flags)))
}
