import { Command, CommanderError, Option } from 'commander'
import { isPlainError } from '../app/plain-error.js'
import { reporters } from '../app/registry.js'
import { version } from '../app/version.js'
import { meanings } from '../domain/attestation.js'
import { shownAddress } from '../domain/shown-address.js'
import { exit, type ExitCode } from './exit.js'
import { debugFlag, endOnStrayExceptions, reportFailure } from './failure.js'
import {
  agentOption,
  countOption,
  keepOption,
  listOption,
  portOption,
  recordingsOption,
  repeatOption,
  seedOption,
  shardOption,
  shareOption,
  sizeOption,
  urlOption,
} from './option-values.js'
import { printError, surviveOutput } from './terminal.js'
import { UsageError } from './usage-error.js'

/**
 * The command line. Each command's module loads when the command runs, so start-up stays fast.
 *
 * @param args  Without `node` and the script.
 * @returns The exit code.
 */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const isDebugging = args.includes(debugFlag)
  const output = surviveOutput()
  endOnStrayExceptions(isDebugging)
  const code = await execute(args, isDebugging)
  const why = await output.failure()
  if (why === undefined) return code
  printError(`Standard output could not be written: ${why}.`)
  return code === exit.passed ? exit.inconclusive : code
}

async function execute(args: readonly string[], isDebugging: boolean): Promise<ExitCode> {
  let code: ExitCode = exit.passed
  const program = commands(result => (code = result))
  try {
    await program.parseAsync(
      args.filter(arg => arg !== debugFlag),
      { from: 'user' },
    )
    return code
  } catch (cause) {
    if (cause instanceof CommanderError) {
      if (cause.exitCode === 0) return exit.passed
      const { claimArguments } = await import('./claim-arguments.js')
      await claimArguments(args)
      return exit.usage
    }
    if (cause instanceof UsageError || isPlainError(cause)) {
      printError(cause.message)
      return exit.usage
    }
    return reportFailure(cause, isDebugging)
  }
}

/** A message about an option, whose value may be an address. */
function withoutSecrets(message: string): string {
  return message.replace(
    /(argument|unknown option|unknown command|command-argument value) '(.*)'/s,
    (_, what: string, value: string) => `${what} '${shownAddress(value)}'`,
  )
}

type Ends = (code: ExitCode) => void

function commands(ends: Ends): Command {
  const program = new Command('callsheet')
    .description(
      'Test conversational AI agents: run YAML suites of simulated callers against them, score every conversation and gate the release.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .option(debugFlag, 'if Callsheet itself fails, show where')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(withoutSecrets(text)) })
    .showHelpAfterError('See: callsheet --help')
    .configureHelp({ showGlobalOptions: false })
    .addHelpText(
      'after',
      `
Examples:
  callsheet init                                write a starter suite
  callsheet validate callsheet/suite.yaml       show every mistake in it
  callsheet run callsheet/suite.yaml            run it; exit code 0 means the gate passed

Exit codes:
  0 gate passed   1 gate failed   2 invalid suite or usage, nothing was called   3 inconclusive   130/143 interrupted`,
    )

  addChecking(program, ends)
  addRunning(program, ends)
  addComparing(program, ends)
  addSigning(program, ends)
  addExchange(program, ends)
  addServing(program, ends)
  addSchema(program, ends)
  return program
}

/** `init`, `validate`, `plan`: they call no agent. */
function addChecking(program: Command, ends: Ends): void {
  program
    .command('init')
    .description('write a starter suite, a small agent to run it against, and a CI workflow')
    .argument('[folder]', 'folder to write to', '.')
    .addHelpText('after', '\nExample:\n  callsheet init && callsheet run callsheet/suite.yaml')
    .action(async (folder: string) => ends((await import('./init.js')).init(folder)))

  program
    .command('validate')
    .description('show every mistake in suites, without calling an agent')
    .argument('<suite...>', 'suite files')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--root <dir>', "let includes lead anywhere in this folder (default: the suite's git work tree, or its folder)")
    .option('--json', 'print diagnostics as JSON')
    .addHelpText('after', '\nExample:\n  callsheet validate suites/*.yaml')
    .action(async (paths: string[], flags) => ends(await (await import('./validate.js')).validate(paths, flags)))

  selecting(program.command('plan'))
    .description('show the cases of suites and how often each runs, without calling an agent')
    .argument('<suite...>', 'suite files')
    .option('--json', 'print the plan as JSON')
    .addHelpText('after', '\nExample:\n  callsheet plan suite.yaml --tag smoke --frequency 5')
    .action(async (paths: string[], flags) => ends(await (await import('./plan.js')).plan(paths, flags)))
}

/** `run`, and the commands for its result. */
function addRunning(program: Command, ends: Ends): void {
  selecting(naming(taping(reporting(program.command('run')))))
    .description('conduct the conversations of suites, score them and check the gate')
    .argument('[suite...]', 'suite files (default with --resume: the suite of that result)')
    .option('--out <dir>', 'write the result to this folder (default: a new one in .callsheet)')
    .option('--concurrency <n>', 'run at most this many conversations at once', countOption)
    .option('--max-failures <n>', 'stop after this many failed runs', countOption)
    .option('--baseline <result>', 'fail the gate if anything got worse since this result: a folder, an id or latest')
    .option('--resume <result>', 'resume a result: a folder, an id or latest')
    .option(
      '--recordings-to <place>',
      'keep recordings of calls in this folder or s3://bucket/prefix (default: the folder of the result)',
      recordingsOption,
    )
    .option('--queue <url>', 'let callsheet worker processes conduct the conversations, through this redis:// URL')
    .option('--waivers <file>', 'add the exceptions in this YAML file to those of the suite')
    .option('--pdf <file>', 'print summary and record as a PDF to this file, by the Chrome, Chromium or Edge of this machine')
    .option('--pdf-runs', 'print the conversations of the causes, too')
    .option('--attest <file>', 'sign the result with this private key in PEM, as callsheet attest does')
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
    .description('make the reports of a result again, without calling an agent')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .option('--pdf <file>', 'print summary and record as a PDF to this file, by the Chrome, Chromium or Edge of this machine')
    .option('--pdf-runs', 'print the conversations of the causes, too')
    .option('--baseline <result>', 'show in HTML and Markdown what changed since this result: a folder, an id or latest')
    .addHelpText('after', '\nExample:\n  callsheet report latest --junit junit.xml --junit-per-run')
    .action(async (name: string, flags) => ends(await (await import('./report.js')).report(name, flags)))

  program
    .command('show')
    .description('show a run of a result with its whole conversation, or all that did not pass')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .argument('[run]', 'the key of a run, or text that only its key has (default: the report of the result)')
    .option('--failed', 'show every run that did not pass')
    .option('--cause <n>', 'show every run of this cause, by its place in the report', countOption)
    .option('--attempt <n>', 'show this attempt of the run (default: the last)', countOption)
    .addHelpText('after', '\nExamples:\n  callsheet show latest cancel_appointment#2\n  callsheet show latest --failed | less -R')
    .action(async (name: string, run: string | undefined, flags) => ends(await (await import('./show.js')).show(name, run, flags)))

  program
    .command('listen')
    .description('show the calls of a result, or one of them in two lanes with its recording')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .argument('[run]', 'the key of a run, or text that only its key has (default: list the runs with sound)')
    .option('--attempt <n>', 'show this attempt of the run (default: the last one with sound)', countOption)
    .addHelpText('after', '\nExample:\n  callsheet listen latest smoke/cancel_appointment#1')
    .action(async (name: string, run: string | undefined, flags) => ends(await (await import('./listen.js')).listen(name, run, flags)))

  phoning(program, ends)

  naming(taping(reporting(program.command('rerun'))))
    .description('run again the cases of a result that failed or were inconclusive')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .option('--failed', 'run the cases in which the agent failed')
    .option('--errors', 'run the inconclusive cases')
    .option('--out <dir>', 'write the new result to this folder (default: a new one in .callsheet)')
    .option('--queue <url>', 'let callsheet worker processes conduct the conversations, through this redis:// URL')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet rerun latest --failed')
    .action(async (name: string, flags) => ends(await (await import('./rerun.js')).rerun(name, flags)))

  naming(taping(reporting(program.command('rescore'))))
    .description("score a result's stored conversations again with the current suite, without calling an agent")
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .option('--suite <file>', 'use this suite file (default: the one of the result)')
    .option('--baseline <result>', 'fail the gate if anything got worse since this result: a folder, an id or latest')
    .option('--out <dir>', 'write the new result to this folder (default: a new one in .callsheet)')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--root <dir>', "let includes lead anywhere in this folder (default: the suite's git work tree, or its folder)")
    .addHelpText('after', '\nExample:\n  callsheet rescore latest --junit junit.xml')
    .action(async (name: string, flags) => ends(await (await import('./rescore.js')).rescore(name, flags)))
}

function atTrunk(command: Command): Command {
  return command
    .argument('<suite>', 'the suite that has the trunk')
    .option('--trunk <key>', 'use this trunk (default: the only one)')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
}

/** The commands that try a telephone trunk. */
function phoning(program: Command, ends: Ends): void {
  const phone = program.command('phone').description('try a telephone trunk: register, dial a number, or listen for calls')
  atTrunk(phone.command('register').description('register at a trunk, and show its SIP messages')).action(async (suite: string, flags) =>
    ends(await (await import('./phone.js')).phoneRegister(suite, flags)),
  )
  atTrunk(phone.command('dial').description('place one call over a trunk, and show its SIP messages, codec and sound both ways'))
    .argument('<number>', 'the number to dial')
    .option('--wav <file>', 'play this file (default: silence)')
    .option('--seconds <n>', 'stay on the line so long after it', countOption, 10)
    .action(async (suite: string, number: string, flags) => ends(await (await import('./phone.js')).phoneDial(suite, number, flags)))
  atTrunk(phone.command('listen').description('wait for calls over a trunk, and show what comes in; each is told that we are busy'))
    .option('--seconds <n>', 'wait so long', countOption, 60)
    .action(async (suite: string, flags) => ends(await (await import('./phone.js')).phoneListen(suite, flags)))
}

/** The commands for several results: `merge`, `list`, `prune`, `compare`, `history` and `flaky`. */
function addComparing(program: Command, ends: Ends): void {
  reporting(program.command('merge'))
    .description('join the results of shards, reruns or both into one result with one gate')
    .argument('<result...>', 'folders, zip archives or ids of results of one suite')
    .option('--out <dir>', 'write the new result to this folder (default: a new one in .callsheet)')
    .addOption(
      new Option('--on-overlap <how>', 'if several results have a case: refuse, count later runs as retries, or as more repeats')
        .choices(['refuse', 'rerun', 'repeats'])
        .default('refuse'),
    )
    .option('--expect <n>', 'make the gate inconclusive if there are fewer results', countOption)
    .option('--allow <what>', 'merge results that differ in agent, callsheet or options (repeatable, or separated by commas)', listOption)
    .addHelpText('after', '\nExample:\n  callsheet merge shard-1 shard-2 shard-3 shard-4 --out merged --junit junit.xml')
    .action(async (names: string[], flags) => ends(await (await import('./merge.js')).merge(names, flags)))

  program
    .command('list')
    .description('list the stored results: verdict, when, passed runs, suite, agents')
    .argument('[folder]', 'folder of the results', '.callsheet')
    .option('--json', 'print the list as JSON')
    .addHelpText('after', '\nExample:\n  callsheet list')
    .action(async (folder: string, flags) => ends(await (await import('./list.js')).list(folder, flags)))

  program
    .command('prune')
    .description('remove all but the newest results, with their recordings; keep those that are running, attested or signed')
    .argument('[folder]', 'folder of the results', '.callsheet')
    .requiredOption('--keep <n>', 'keep this many results', seedOption)
    .addHelpText('after', '\nExample:\n  callsheet prune --keep 20')
    .action(async (folder: string, flags) => ends(await (await import('./prune.js')).prune(folder, flags)))

  program
    .command('compare')
    .description('show what got better or worse from one result to another, beyond chance')
    .argument('<base>', 'a folder, an id or latest')
    .argument('<new>', 'a folder, an id or latest')
    .option('--alpha <p>', 'allow this probability of any false alarm in the whole comparison', shareOption, 0.05)
    .option('--fail-on-regression', 'exit with code 1 if anything got worse')
    .addOption(
      new Option('--parity', 'show what came of each case in both, side by side, and exit with code 1 if one differs').conflicts([
        'failOnRegression',
        'json',
        'html',
        'markdown',
        'junit',
      ]),
    )
    .option('--json <file>', 'write the comparison as JSON to this file')
    .option('--html <file>', 'write a page for people to this file, with conversations before and after')
    .option('--markdown <file>', 'write the comparison as Markdown to this file, for summaries and comments')
    .option('--junit <file>', 'write JUnit XML to this file: a case fails if it got worse')
    .addHelpText('after', '\nExample:\n  callsheet compare main-result latest --fail-on-regression')
    .action(async (base: string, next: string, flags) => ends(await (await import('./compare.js')).compare(base, next, flags)))

  const history = program
    .command('history')
    .description('show how suites fared result by result, and since when cases fail')
    .argument('[folder]', 'folder of the results', '.callsheet')
    .option('--case <key>', 'show only this case, result by result')
    .option('--release <result>', 'mark this result as that of a release: an id or latest')
    .option('--html <file>', 'write a page for people to this file')
    .option('--json <file>', 'write the history as JSON to this file')
    .addHelpText('after', '\nExamples:\n  callsheet history\n  callsheet history --release latest')
    .action(async (folder: string, flags) => ends(await (await import('./history.js')).history(folder, flags)))
  history
    .command('add')
    .description('add results to the history: folders, ids, folders of results, or files of JSON reports')
    .argument('<result...>', 'what to add')
    .option('--to <folder>', 'add to the history in this folder', '.callsheet')
    .action(async (names: string[], flags) => ends(await (await import('./history.js')).historyAdd(names, flags)))
  history
    .command('prune')
    .description('remove all but the newest results from the history; keep releases')
    .argument('[folder]', 'folder of the history', '.callsheet')
    .requiredOption('--keep <n>', 'keep this many results', seedOption)
    .action(async (folder: string, flags) => ends(await (await import('./history.js')).historyPrune(folder, flags)))

  program
    .command('flaky')
    .description('list the cases whose outcome varies over all stored results')
    .argument('[folder]', 'folder of the results', '.callsheet')
    .option('--json <file>', 'write the history of these cases as JSON to this file')
    .addHelpText('after', '\nExample:\n  callsheet flaky --json flaky.json')
    .action(async (folder: string, flags) => ends(await (await import('./flaky.js')).flaky(folder, flags)))
}

/** `attest`, `signoff` and `verify`. */
function addSigning(program: Command, ends: Ends): void {
  program
    .command('attest')
    .description('state what came of a result, and sign it with the key of a machine')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .option('--key <file>', 'sign with this private key in PEM; CALLSHEET_KEY_PASSPHRASE decrypts it')
    .option('--sigstore', 'also write the signature as a bundle for Sigstore')
    .option('--predicate <file>', 'write the predicate alone to this file, for others to sign')
    .addHelpText('after', '\nExample:\n  callsheet attest latest --key ci.key.pem')
    .action(async (name: string, flags) => ends(await (await import('./attest.js')).attest(name, flags)))

  program
    .command('signoff')
    .description('show the report of an attested result to a person, and sign what the person decides')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .requiredOption('--key <file>', 'sign with this private key in PEM; CALLSHEET_KEY_PASSPHRASE decrypts it')
    .requiredOption('--name <name>', 'name of the person who signs')
    .requiredOption('--role <role>', 'role of the person, such as "QA lead"')
    .addOption(new Option('--meaning <meaning>', 'what the signature means').choices(meanings).default('approval'))
    .option('--reason <text>', 'why; a rejection needs one')
    .option('--reject', 'reject the result instead of approving it')
    .option('--exceptions <file>', 'approve a failed gate with the exceptions in this YAML file, for everything that failed')
    .option('--valid-until <day>', 'let the signature hold until the end of this day, UTC, such as 2026-12-31')
    .option('--allow-same-key', 'let the key that attested the result sign it off')
    .option('--sigstore', 'also write the signature as a bundle for Sigstore')
    .option('--yes', 'sign without a question')
    .addHelpText('after', '\nExample:\n  callsheet signoff latest --key lead.key.pem --name "Ada Park" --role "QA lead"')
    .action(async (name: string, flags) => ends(await (await import('./signoff.js')).signoff(name, flags)))

  program
    .command('review')
    .description('ask a person about answers of the judge, blind, and keep how far they agree')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .requiredOption('--by <name>', 'name of the person who reviews')
    .option('--sample <n>', 'ask about so many answers, drawn at random', countOption, 40)
    .addHelpText('after', '\nExample:\n  callsheet review latest --by "Ada Park" --sample 20')
    .action(async (name: string, flags) => ends(await (await import('./review.js')).review(name, flags)))

  program
    .command('verify')
    .description('check the signatures, digests and counts of a signed result, without network')
    .argument('[result]', 'a folder, an id, latest, or a file of envelopes', 'latest')
    .option('--keys <file>', 'trust the public keys in this YAML file')
    .option('--require <roles>', 'require a sign-off by a key of each role (repeatable, or separated by commas)', listOption)
    .option('--artifact <file>', 'require that the result is about this file')
    .option('--digest <digest>', 'require that the result is about this digest, such as sha256:1f2e...')
    .option('--suite <file>', 'require that this suite and its thresholds have not changed since')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--allow-same-key', 'let one key have attested and signed off')
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExample:\n  callsheet verify latest --keys keys.yaml --require qa,product')
    .action(async (name: string, flags) => ends(await (await import('./verify.js')).verify(name, flags)))
}

/** `import` and `export`. */
function addExchange(program: Command, ends: Ends): void {
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
    .action(async (paths: string[], flags) => ends(await (await import('./import.js')).importFiles(paths, flags)))

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
    .action(async (path: string, flags) => ends(await (await import('./export.js')).exportFile(path, flags)))
}

/** `serve` and its companions. */
function addServing(program: Command, ends: Ends): void {
  program
    .command('serve')
    .description('serve suites over the run-scenarios API')
    .argument('[path...]', 'suite files and folders of suite files')
    .option('--projects <file>', 'read projects, their suites and the hashes of their keys from a YAML file')
    .option('--host <host>', 'listen on this address', '127.0.0.1')
    .option('--port <port>', 'listen on this port; 0 picks a free one', portOption, 8080)
    .option('--data <dir>', 'keep the embedded database in this folder', '.callsheet/server')
    .option('--database <url>', 'use PostgreSQL at this postgres:// URL instead (default: CALLSHEET_DATABASE)')
    .option(
      '--recordings-to <place>',
      'keep recordings of calls in this folder or s3://bucket/prefix (default: beside the embedded database)',
      recordingsOption,
    )
    .option('--keep <time>', 'delete results and their recordings this long after they end, such as 90d (default: never)', keepOption)
    .option('--concurrency <n>', 'run at most this many conversations at once, over all results', countOption, 500)
    .option(
      '--rate-limit <n>',
      'allow this many requests a second per project and address, if there are keys; 0 for no limit',
      seedOption,
      2000,
    )
    .option('--allow-host <host>', 'let requests call this host although it is not public (repeatable)', repeatOption)
    .option('--queue <url>', 'let callsheet worker processes conduct the conversations, through this redis:// URL')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--root <dir>', "let includes lead anywhere in this folder (default: the suite's git work tree, or its folder)")
    .addHelpText('after', '\nExample:\n  callsheet serve suites/')
    .action(async (paths: string[], flags) => ends(await (await import('./serve.js')).serve(paths, flags)))

  program
    .command('key')
    .description('make an API key for serve and its hash for the projects file; with --sign, a pair of keys for signatures')
    .option('--sign', 'make a pair of keys for attest and signoff; CALLSHEET_KEY_PASSPHRASE encrypts the private one')
    .option('--out <name>', 'write <name>.key.pem and <name>.pub.pem (default: callsheet)')
    .addOption(new Option('--kind <kind>', 'make keys of this kind (default: ed25519)').choices(['ed25519', 'p256']))
    .action(async flags => ends((await import('./key.js')).key(flags)))

  program
    .command('ids')
    .description('show the API ids of everything the suites declare; with --write, add them to the suite files')
    .argument('<path...>', 'suite files and folders of suite files, the same as for serve')
    .option('--write', 'add missing ids to the files, and change nothing else')
    .option('--project <key>', 'use the project with this key, if serve runs with --projects', 'default')
    .option('--data <dir>', 'keep the embedded database in this folder', '.callsheet/server')
    .option('--database <url>', 'use PostgreSQL at this postgres:// URL instead (default: CALLSHEET_DATABASE)')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--root <dir>', "let includes lead anywhere in this folder (default: the suite's git work tree, or its folder)")
    .addHelpText('after', '\nExample:\n  callsheet ids --write suites/')
    .action(async (paths: string[], flags) => ends(await (await import('./ids.js')).ids(paths, flags)))

  program
    .command('watch')
    .description("show a server's result while it runs, and exit with the code of its gate")
    .argument('<url>', 'URL of the result')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet watch http://127.0.0.1:8080/results/167')
    .action(async (url: string, flags) => ends(await (await import('./watch.js')).watch(url, flags)))

  program
    .command('worker')
    .description('conduct conversations for serve --queue and run --queue')
    .requiredOption('--queue <url>', 'take conversations from this redis:// URL')
    .option('--root <dir>', "resolve the suites' own files from this folder", '.')
    .option(
      '--recordings-to <place>',
      'keep recordings of calls in this folder or s3://bucket/prefix, the same as for serve (default: send them there)',
      recordingsOption,
    )
    .option('--concurrency <n>', 'run at most this many conversations at once', countOption, 100)
    .option('--allow-host <host>', 'let requests call this host although it is not public (repeatable)', repeatOption)
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet worker --queue redis://10.0.0.5:6379 --concurrency 50')
    .action(async flags => ends(await (await import('./worker.js')).worker(flags)))
}

/** `schema`, for editors and programs. */
function addSchema(program: Command, ends: Ends): void {
  program
    .command('schema')
    .description('print a JSON Schema for editors and programs')
    .addArgument(
      new Command().createArgument('[name]', 'schema to print').choices(['suite', 'report', 'event', 'comparison']).default('suite'),
    )
    .addHelpText('after', '\nExample:\n  callsheet schema suite > suite.schema.json')
    .action(async (name: string) => ends((await import('./schema.js')).schema(name)))
}

/** Options that shape the plan. */
function selecting(command: Command): Command {
  return command
    .option('--tag <tag>', 'select only scenarios with any of these tags (repeatable, or separated by commas)', listOption)
    .option('--filter <text>', 'select only cases with this text in their key or name (repeatable)', repeatOption)
    .option('--frequency <n>', "repeat each case this often, instead of the suite's frequency", countOption)
    .option('--shard <i/n>', 'select only the ith of n parts', shardOption)
    .option('--agent <key=address>', 'connect to an agent at another address, and skip its start (repeatable)', agentOption)
    .option('--seed <n>', 'seed everything random', seedOption)
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--root <dir>', "let includes lead anywhere in this folder (default: the suite's git work tree, or its folder)")
}

/** Options that say what a result is about. */
function naming(command: Command): Command {
  return command
    .option('--env-name <name>', 'record the name of the environment under test, such as staging')
    .option('--run-id <id>', 'record this id, which ties results of one occasion together (default: the run of the CI service)')
}

/** Options that record or replay the models' answers. */
function taping(command: Command): Command {
  return command
    .option('--record <file>', "record the models' answers in a cassette file, replacing it if it exists")
    .option('--replay <file>', "take the models' answers from a cassette file: no key, no network, no cost")
}

/** Options that choose the reports. */
function reporting(command: Command): Command {
  return command
    .option('--junit <file>', 'write JUnit XML to this file')
    .option('--junit-per-run', 'write one JUnit testcase per run')
    .addOption(
      new Option(
        '--junit-output <which>',
        'include the transcripts of these JUnit testcases (default: failed, all that did not pass)',
      ).choices(['failed', 'all', 'none']),
    )
    .addOption(
      new Option(
        '--junit-dialect <name>',
        'write JUnit XML for these readers: jenkins, or extended with file, line and properties on testcases',
      ).choices(['jenkins', 'extended']),
    )
    .option('--junit-follows-gate', 'if the gate passes, write allowed failures as skipped JUnit testcases')
    .option('--json <file>', 'write the JSON report to this file')
    .option('--markdown <file>', 'write the report as Markdown to this file, for summaries and comments')
    .option('--html <file>', 'write a page for people to this file; with a slash at the end, to this folder')
    .addOption(
      new Option(
        '--html-content <which>',
        'put the conversations of these runs into the page (default: all, or failed where they exceed --html-limit)',
      ).choices(['all', 'failed', 'none']),
    )
    .option('--html-limit <size>', 'put at most this much of conversations into the page, such as 20MiB (default: 5MiB)', sizeOption)
    .addOption(
      new Option(
        '--html-audio <which>',
        'let the page play recordings: beside, all from a folder beside it; failed, those of runs that did not pass, embedded; or none (default: beside for a folder, else none)',
      ).choices(['beside', 'failed', 'none']),
    )
    .option('--title <text>', 'title of the page (default: the name of the suite)')
    .option('--ctrf <file>', 'write a CTRF report to this file; --junit-per-run and --junit-output apply to it too')
    .option('--metrics <file>', 'write pass rates and metrics as OpenMetrics to this file')
    .option('--summary', 'add the report as Markdown to the summary of the GitHub job, whose file GITHUB_STEP_SUMMARY names')
    .option('--durations <n>', 'list this many of the slowest cases in the console report', countOption)
    .option('--markdown-limit <bytes>', 'write at most so many bytes of Markdown (default: 1000000)', countOption)
    .addOption(
      new Option('--reporter <name>', 'print this report on standard output')
        .choices([...Object.keys(reporters), 'none'])
        .default('console'),
    )
}
