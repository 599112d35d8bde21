import { Command, CommanderError, Option } from 'commander'
import { reporters } from '../app/registry.js'
import { version } from '../app/version.js'
import { exit, type ExitCode } from './exit.js'
import {
  agentOption,
  countOption,
  keepOption,
  listOption,
  portOption,
  repeatOption,
  seedOption,
  shardOption,
  shareOption,
  urlOption,
} from './option-values.js'
import { survivePipes } from './terminal.js'
import { UsageError } from './usage-error.js'

/**
 * The command line. Each command is loaded when it is called, so that start-up pays for no other.
 *
 * @param args  Without `node` and the script.
 * @returns The exit code.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  survivePipes()
  let code: ExitCode = exit.passed
  const program = commands(result => (code = result))
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? exit.passed : exit.usage
    if (cause instanceof UsageError) {
      process.stderr.write(`error: ${cause.message}\n`)
      return exit.usage
    }
    throw cause
  }
}

type Ends = (code: ExitCode) => void

function commands(ends: Ends): Command {
  const program = new Command('callsheet')
    .description(
      'Tests agents that hold conversations: runs a YAML suite of simulated callers against them, and gates on what comes of it.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .showHelpAfterError('See: callsheet --help')
    .configureHelp({ showGlobalOptions: false })
    .addHelpText(
      'after',
      `
Examples:
  callsheet init                                start a suite of your own
  callsheet validate callsheet/suite.yaml       find every mistake in it
  callsheet run callsheet/suite.yaml            run it; exit code 0 means that the gate passed

Exit codes:
  0 gate passed   1 gate failed   2 suite or usage wrong, nothing was called   3 could not tell   130/143 interrupted`,
    )

  addChecking(program, ends)
  addRunning(program, ends)
  addComparing(program, ends)
  addExchange(program, ends)
  addServing(program, ends)
  addSchema(program, ends)
  return program
}

/** `init`, `validate`, `plan`: nothing is called. */
function addChecking(program: Command, ends: Ends): void {
  program
    .command('init')
    .description('write a starter suite, the little agent it runs against, and a CI workflow')
    .argument('[folder]', 'where to', '.')
    .addHelpText('after', '\nExample:\n  callsheet init && callsheet run callsheet/suite.yaml')
    .action(async (folder: string) => ends((await import('./init.js')).init(folder)))

  program
    .command('validate')
    .description('check suites, and say everything that is wrong; calls nobody')
    .argument('<suite...>', 'suite files')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--json', 'print diagnostics as JSON')
    .addHelpText('after', '\nExample:\n  callsheet validate suites/*.yaml')
    .action(async (paths: string[], flags) => ends(await (await import('./validate.js')).validate(paths, flags)))

  selecting(program.command('plan'))
    .description('show what would run, in how many runs; calls nobody')
    .argument('<suite...>', 'suite files')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nExample:\n  callsheet plan suite.yaml --tag smoke --frequency 5')
    .action(async (paths: string[], flags) => ends(await (await import('./plan.js')).plan(paths, flags)))
}

/** `run`, and what is done with its result. */
function addRunning(program: Command, ends: Ends): void {
  selecting(taping(reporting(program.command('run'))))
    .description('hold the conversations of suites, score them, and gate')
    .argument('[suite...]', 'suite files; with --resume, that of the result where it is left out')
    .option('--out <dir>', 'folder of the result (default: one in .callsheet)')
    .option('--concurrency <n>', 'conversations at once', countOption)
    .option('--max-failures <n>', 'stop once this many runs have failed', countOption)
    .option('--baseline <result>', 'fail if anything got worse since this result: a folder, an id, or latest')
    .option('--resume <result>', 'go on with a result: a folder, an id, or latest')
    .option('--queue <url>', 'redis:// URL: have the conversations held by callsheet worker processes')
    .addHelpText(
      'after',
      `
Examples:
  callsheet run suite.yaml --junit junit.xml --json report.json
  callsheet run suite.yaml --tag smoke --frequency 5 --concurrency 20
  callsheet run suite.yaml --filter cancel_appointment
  callsheet run suite.yaml --agent clinic=wss://staging.example.com/agent
  callsheet run suite.yaml --shard 2/5
  callsheet run suite.yaml --replay cassettes/suite.jsonl
  callsheet run --resume latest`,
    )
    .action(async (paths: string[], flags) => ends(await (await import('./run.js')).run(paths, flags)))

  reporting(program.command('report'))
    .description('report a result again, in any form; calls nobody')
    .argument('[result]', 'a folder, an id, or latest', 'latest')
    .addHelpText('after', '\nExample:\n  callsheet report latest --junit junit.xml --junit-per-run')
    .action(async (name: string, flags) => ends(await (await import('./report.js')).report(name, flags)))

  taping(reporting(program.command('rerun')))
    .description('run the cases of a result again that failed, or of which it could not be told')
    .argument('[result]', 'a folder, an id, or latest', 'latest')
    .option('--failed', 'cases in which the agent failed')
    .option('--errors', 'cases of which it could not be told')
    .option('--out <dir>', 'folder of the new result (default: one in .callsheet)')
    .option('--queue <url>', 'redis:// URL: have the conversations held by callsheet worker processes')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet rerun latest --failed')
    .action(async (name: string, flags) => ends(await (await import('./rerun.js')).rerun(name, flags)))

  taping(reporting(program.command('rescore')))
    .description('hold the stored conversations of a result against the suite as it is now; calls nobody')
    .argument('[result]', 'a folder, an id, or latest', 'latest')
    .option('--suite <file>', 'the suite file, instead of the one that the result was run with')
    .option('--baseline <result>', 'fail if anything got worse since this result: a folder, an id, or latest')
    .option('--out <dir>', 'folder of the new result (default: one in .callsheet)')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet rescore latest --junit junit.xml')
    .action(async (name: string, flags) => ends(await (await import('./rescore.js')).rescore(name, flags)))
}

/** `compare` and `flaky`: what several results say. */
function addComparing(program: Command, ends: Ends): void {
  program
    .command('compare')
    .description('say what got better or worse from one result to another, beyond chance; calls nobody')
    .argument('<base>', 'a folder, an id, or latest')
    .argument('<new>', 'a folder, an id, or latest')
    .option('--alpha <p>', 'how likely one false alarm in the whole comparison may be', shareOption, 0.05)
    .option('--fail-on-regression', 'exit with 1 if anything got worse')
    .option('--json <file>', 'write the comparison as JSON')
    .addHelpText('after', '\nExample:\n  callsheet compare main-result latest --fail-on-regression')
    .action(async (base: string, next: string, flags) => ends(await (await import('./compare.js')).compare(base, next, flags)))

  program
    .command('flaky')
    .description('name the cases that do not come out the same way every time, over all stored results; calls nobody')
    .argument('[folder]', 'folder of results', '.callsheet')
    .option('--json <file>', 'write the history of these cases as JSON')
    .addHelpText('after', '\nExample:\n  callsheet flaky --json flaky.json')
    .action(async (folder: string, flags) => ends(await (await import('./flaky.js')).flaky(folder, flags)))
}

/** `import` and `export`. */
function addExchange(program: Command, ends: Ends): void {
  program
    .command('import')
    .description('make a suite of JSON test suites, tables of scenarios, and conversations; calls nobody')
    .argument('<source...>', 'files; with --run, a result: a folder, an id, or latest')
    .addOption(new Option('--as <kind>', 'what the files are, where it cannot be told').choices(['test-suite', 'csv', 'transcript']))
    .option('--run <key>', 'a run of the result, whose conversation becomes a scenario (repeatable)', repeatOption)
    .option('--agent-url <url>', 'where the agent is: ws://, wss://, http:// or https://', urlOption)
    .option('--out <file>', 'the suite file (default: standard output)')
    .option('--force', 'replace the file if there is one')
    .option('--strict', 'exit with 1 if anything was lost')
    .addHelpText(
      'after',
      `
Examples:
  callsheet import tests.json --out callsheet/suite.yaml
  callsheet import scenarios.csv --agent-url http://127.0.0.1:8000/chat --out suite.yaml
  callsheet import latest --run smoke/cancel_appointment/-/maria#2 --out regressions.yaml`,
    )
    .action(async (paths: string[], flags) => ends(await (await import('./import.js')).importFiles(paths, flags)))

  program
    .command('export')
    .description('make a JSON test suite, or a table of scenarios, of a suite; calls nobody')
    .argument('<suite>', 'the suite file')
    .addOption(new Option('--as <kind>', 'what to make (default: by the ending of --out, else test-suite)').choices(['test-suite', 'csv']))
    .option('--agent <key>', 'only what is run with this agent')
    .option('--out <file>', 'where to (default: standard output)')
    .option('--force', 'replace the file if there is one')
    .option('--strict', 'exit with 1 if anything was lost')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet export suite.yaml --out tests.json')
    .action(async (path: string, flags) => ends(await (await import('./export.js')).exportFile(path, flags)))
}

/** `serve`, and what belongs to it. */
function addServing(program: Command, ends: Ends): void {
  program
    .command('serve')
    .description('serve the run-scenarios API over suites')
    .argument('[path...]', 'suite files, and folders of such')
    .option('--projects <file>', 'YAML file of projects, their suites and the hashes of their keys')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on; 0 for any', portOption, 8080)
    .option('--data <dir>', 'folder of the embedded database', '.callsheet/server')
    .option('--database <url>', 'postgres:// URL, instead of the embedded database (default: CALLSHEET_DATABASE)')
    .option('--keep <time>', 'forget results that have been over for so long, such as 90d (default: never)', keepOption)
    .option('--concurrency <n>', 'conversations at once, of all results', countOption, 500)
    .option('--rate-limit <n>', 'requests a second of each project and address, where there are keys; 0 for any number', seedOption, 2000)
    .option('--allow-host <host>', 'a host that requests may have called although it is not public (repeatable)', repeatOption)
    .option('--queue <url>', 'redis:// URL: have the conversations held by callsheet worker processes')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet serve suites/')
    .action(async (paths: string[], flags) => ends(await (await import('./serve.js')).serve(paths, flags)))

  program
    .command('key')
    .description('make an API key for serve, and the hash that a file of projects keeps of it')
    .action(async () => ends((await import('./key.js')).key()))

  program
    .command('ids')
    .description('say what the API calls what suites declare, and write it into their files')
    .argument('<path...>', 'suite files, and folders of such, as serve is given them')
    .option('--write', 'write the ids that stand in no file yet into the files; nothing else in them is changed')
    .option('--project <key>', 'whose suites these are, where serve has --projects', 'default')
    .option('--data <dir>', 'folder of the embedded database', '.callsheet/server')
    .option('--database <url>', 'postgres:// URL, instead of the embedded database (default: CALLSHEET_DATABASE)')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet ids --write suites/')
    .action(async (paths: string[], flags) => ends(await (await import('./ids.js')).ids(paths, flags)))

  program
    .command('watch')
    .description("show a server's result while it runs, and exit as its gate says")
    .argument('<url>', 'of the result')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet watch http://127.0.0.1:8080/results/167')
    .action(async (url: string, flags) => ends(await (await import('./watch.js')).watch(url, flags)))

  program
    .command('worker')
    .description('hold conversations for serve --queue and run --queue; as many of these, on as many machines, as wanted')
    .requiredOption('--queue <url>', 'redis:// URL')
    .option('--root <dir>', "folder that the suites' own files are relative to", '.')
    .option('--concurrency <n>', 'conversations at once', countOption, 100)
    .option('--allow-host <host>', 'a host that requests may have called although it is not public (repeatable)', repeatOption)
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet worker --queue redis://10.0.0.5:6379 --concurrency 50')
    .action(async flags => ends(await (await import('./worker.js')).worker(flags)))
}

/** `schema`, for editors and programs. */
function addSchema(program: Command, ends: Ends): void {
  program
    .command('schema')
    .description('print a JSON Schema, for editors and programs')
    .addArgument(new Command().createArgument('[name]', 'which one').choices(['suite', 'report', 'event', 'comparison']).default('suite'))
    .addHelpText('after', '\nExample:\n  callsheet schema suite > suite.schema.json')
    .action(async (name: string) => ends((await import('./schema.js')).schema(name)))
}

/** Options that shape the plan. */
function selecting(command: Command): Command {
  return command
    .option('--tag <tag>', 'only scenarios with any of these tags (repeatable, or with commas)', listOption)
    .option('--filter <text>', 'only what has this in its key or name (repeatable)', repeatOption)
    .option('--frequency <n>', 'how often each case runs, instead of what the suite says', countOption)
    .option('--shard <i/n>', 'the ith of n parts', shardOption)
    .option('--agent <key=address>', 'reach an agent elsewhere; its own start is left out (repeatable)', agentOption)
    .option('--seed <n>', 'seed of all that is random', seedOption)
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
}

/** Options that say where what models answer is kept. */
function taping(command: Command): Command {
  return command
    .option('--record <file>', 'record what models answer in a cassette; one that is there is replaced')
    .option('--replay <file>', 'take what models answer from a cassette: no key, no network, no cost')
}

/** Options that say which reports to make. */
function reporting(command: Command): Command {
  return command
    .option('--junit <file>', 'write JUnit XML')
    .option('--junit-per-run', 'in JUnit, a testcase for each run')
    .option('--json <file>', 'write the JSON report')
    .addOption(
      new Option('--reporter <name>', 'what to print on standard output').choices([...Object.keys(reporters), 'none']).default('console'),
    )
}
