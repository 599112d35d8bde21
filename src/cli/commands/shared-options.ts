import { type Command, Option } from 'commander'
import { reporters } from '../../app/registry.js'
import { agentOption, countOption, listOption, repeatOption, seedOption, shardOption, sizeOption } from '../option-values.js'

/** Options that shape the plan. */
export function selecting(command: Command): Command {
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
export function naming(command: Command): Command {
  return command
    .option('--env-name <name>', 'record the name of the environment under test, such as staging')
    .option('--run-id <id>', 'record this id, which ties results of one occasion together (default: the run of the CI service)')
}

/** Options that record or replay the models' answers. */
export function taping(command: Command): Command {
  return command
    .option('--record <file>', "record the models' answers in a cassette file, replacing it if it exists")
    .option('--replay <file>', "take the models' answers from a cassette file: no key, no network, no cost")
}

/** Options for what is done with a new result when it is over. */
export function ending(command: Command): Command {
  return command
    .option('--pdf <file>', 'print summary and record as a PDF to this file, by the Chrome, Chromium or Edge of this machine')
    .option('--pdf-runs', 'print the conversations of the causes, too')
    .option('--attest <file>', 'sign the result with this private key in PEM, as callsheet attest does')
    .option('--open', 'open the page of the result in the browser of this machine')
}

/** Options that choose the reports. */
export function reporting(command: Command): Command {
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
