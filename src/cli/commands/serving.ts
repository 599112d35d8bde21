import { type Command, Option } from 'commander'
import { countOption, drainOption, keepOption, portOption, recordingsOption, repeatOption, seedOption } from '../option-values.js'
import type { Ends } from './ends.js'

/** `serve` and its companions. */
export function addServing(program: Command, ends: Ends): void {
  program
    .command('serve')
    .description('serve suites over the run-scenarios API')
    .argument('[path...]', 'suite files and folders of suite files')
    .option('--projects <file>', 'read projects, their suites and the hashes of their keys from a YAML file')
    .option('--attest <key>', 'attest results with this private key in PEM, for people of the projects file to sign off')
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
    .option('--drain <time>', 'when stopped, let conversations in progress go on this long, such as 30s or 10m', drainOption, 10_000)
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
    .action(async (paths: string[], flags) => ends(await (await import('../serve.js')).serve(paths, flags)))

  program
    .command('key')
    .description('make an API key for serve and its hash for the projects file; with --sign, a pair of keys for signatures')
    .option('--sign', 'make a pair of keys for attest and signoff; CALLSHEET_KEY_PASSPHRASE encrypts the private one')
    .option('--out <name>', 'write <name>.key.pem and <name>.pub.pem (default: callsheet)')
    .addOption(new Option('--kind <kind>', 'make keys of this kind (default: ed25519)').choices(['ed25519', 'p256']))
    .action(async flags => ends((await import('../key.js')).key(flags)))

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
    .action(async (paths: string[], flags) => ends(await (await import('../ids.js')).ids(paths, flags)))

  program
    .command('watch')
    .description("show a server's result while it runs, and exit with the code of its gate")
    .argument('<url>', 'URL of the result')
    .option('--out <dir>', 'save the result to this folder, to report, review, attest and sign it')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet watch http://127.0.0.1:8080/results/167')
    .action(async (url: string, flags) => ends(await (await import('../watch.js')).watch(url, flags)))

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
    .option('--drain <time>', 'when stopped, let conversations in progress go on this long, such as 30s or 10m', drainOption, 10_000)
    .option('--allow-host <host>', 'let requests call this host although it is not public (repeatable)', repeatOption)
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet worker --queue redis://10.0.0.5:6379 --concurrency 50')
    .action(async flags => ends(await (await import('../worker.js')).worker(flags)))
}
