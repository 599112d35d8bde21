import type { Command } from 'commander'
import { countOption, recordingsOption, repeatOption } from '../option-values.js'
import type { Ends } from './ends.js'
import { ending, selecting, naming, taping, reporting } from './shared-options.js'
import { phoning } from './phoning.js'

/** `run`, and the commands for its result. */
export function addRunning(program: Command, ends: Ends): void {
  selecting(naming(taping(ending(reporting(program.command('run'))))))
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
    .action(async (paths: string[], flags) => ends(await (await import('../run.js')).run(paths, flags)))

  reporting(program.command('report'))
    .description('make the reports of a result again, without calling an agent')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .option('--pdf <file>', 'print summary and record as a PDF to this file, by the Chrome, Chromium or Edge of this machine')
    .option('--pdf-runs', 'print the conversations of the causes, too')
    .option('--with-reviews', 'show the gate both ways: as the judge found, and with the answers of people who reviewed it')
    .option('--redact', 'take e-mail addresses, dates and long numbers out of what was said; names stay, as they have no pattern')
    .option('--baseline <result>', 'show in HTML and Markdown what changed since this result: a folder, an id or latest')
    .addHelpText('after', '\nExample:\n  callsheet report latest --junit junit.xml --junit-per-run')
    .action(async (name: string, flags) => ends(await (await import('../report.js')).report(name, flags)))

  program
    .command('show')
    .description('show a run of a result with its whole conversation, or all that did not pass')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .argument('[run]', 'the key of a run, or text that only its key has (default: the report of the result)')
    .option('--failed', 'show every run that did not pass')
    .option('--cause <n>', 'show every run of this cause, by its place in the report', countOption)
    .option('--attempt <n>', 'show this attempt of the run (default: the last)', countOption)
    .option('--watch', 'if the result is still running here, show its progress and wait until it is over')
    .addHelpText('after', '\nExamples:\n  callsheet show latest cancel_appointment#2\n  callsheet show latest --failed | less -R')
    .action(async (name: string, run: string | undefined, flags) => ends(await (await import('../show.js')).show(name, run, flags)))

  program
    .command('open')
    .description('open the page of a result in the browser of this machine')
    .argument('[result]', 'a folder, a zip archive, an id or latest', 'latest')
    .addHelpText('after', '\nExample:\n  callsheet open results.zip')
    .action(async (name: string) => ends(await (await import('../open.js')).open(name)))

  program
    .command('listen')
    .description('show the calls of a result, or one of them in two lanes with its recording')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .argument('[run]', 'the key of a run, or text that only its key has (default: list the runs with sound)')
    .option('--attempt <n>', 'show this attempt of the run (default: the last one with sound)', countOption)
    .addHelpText('after', '\nExample:\n  callsheet listen latest smoke/cancel_appointment#1')
    .action(async (name: string, run: string | undefined, flags) => ends(await (await import('../listen.js')).listen(name, run, flags)))

  phoning(program, ends)

  naming(taping(ending(reporting(program.command('rerun')))))
    .description('run again the cases of a result that failed or were inconclusive')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .option('--failed', 'run the cases in which the agent failed')
    .option('--errors', 'run the inconclusive cases')
    .option('--out <dir>', 'write the new result to this folder (default: a new one in .callsheet)')
    .option('--queue <url>', 'let callsheet worker processes conduct the conversations, through this redis:// URL')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .addHelpText('after', '\nExample:\n  callsheet rerun latest --failed')
    .action(async (name: string, flags) => ends(await (await import('../rerun.js')).rerun(name, flags)))

  naming(taping(ending(reporting(program.command('rescore')))))
    .description("score a result's stored conversations again with the current suite, without calling an agent")
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .option('--suite <file>', 'use this suite file (default: the one of the result)')
    .option('--baseline <result>', 'fail the gate if anything got worse since this result: a folder, an id or latest')
    .option('--out <dir>', 'write the new result to this folder (default: a new one in .callsheet)')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--root <dir>', "let includes lead anywhere in this folder (default: the suite's git work tree, or its folder)")
    .addHelpText('after', '\nExample:\n  callsheet rescore latest --junit junit.xml')
    .action(async (name: string, flags) => ends(await (await import('../rescore.js')).rescore(name, flags)))
}
