import { type Command, Option } from 'commander'
import { countOption, listOption, seedOption, shareOption } from '../option-values.js'
import type { Ends } from './ends.js'
import { ending, reporting } from './shared-options.js'

/** The commands for several results: `merge`, `list`, `prune`, `compare`, `history` and `flaky`. */
export function addComparing(program: Command, ends: Ends): void {
  ending(reporting(program.command('merge')))
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
    .action(async (names: string[], flags) => ends(await (await import('../merge.js')).merge(names, flags)))

  program
    .command('list')
    .description('list the stored results: verdict, when, passed runs, suite, agents')
    .argument('[folder]', 'folder of the results', '.callsheet')
    .option('--json', 'print the list as JSON')
    .addHelpText('after', '\nExample:\n  callsheet list')
    .action(async (folder: string, flags) => ends(await (await import('../list.js')).list(folder, flags)))

  program
    .command('prune')
    .description('remove all but the newest results, with their recordings; keep those that are running, attested or signed')
    .argument('[folder]', 'folder of the results', '.callsheet')
    .requiredOption('--keep <n>', 'keep this many results', seedOption)
    .addHelpText('after', '\nExample:\n  callsheet prune --keep 20')
    .action(async (folder: string, flags) => ends(await (await import('../prune.js')).prune(folder, flags)))

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
    .action(async (base: string, next: string, flags) => ends(await (await import('../compare.js')).compare(base, next, flags)))

  const history = program
    .command('history')
    .description('show how suites fared result by result, and since when cases fail')
    .argument('[folder]', 'folder of the results', '.callsheet')
    .option('--case <key>', 'show only this case, result by result')
    .option('--release <result>', 'mark this result as that of a release: an id or latest')
    .option('--html <file>', 'write a page for people to this file')
    .option('--json <file>', 'write the history as JSON to this file')
    .addHelpText('after', '\nExamples:\n  callsheet history\n  callsheet history --release latest')
    .action(async (folder: string, flags) => ends(await (await import('../history.js')).history(folder, flags)))
  history
    .command('add')
    .description('add results to the history: folders, ids, folders of results, or files of JSON reports')
    .argument('<result...>', 'what to add')
    .option('--to <folder>', 'add to the history in this folder', '.callsheet')
    .action(async (names: string[], flags) => ends(await (await import('../history.js')).historyAdd(names, flags)))
  history
    .command('prune')
    .description('remove all but the newest results from the history; keep releases')
    .argument('[folder]', 'folder of the history', '.callsheet')
    .requiredOption('--keep <n>', 'keep this many results', seedOption)
    .action(async (folder: string, flags) => ends(await (await import('../history.js')).historyPrune(folder, flags)))

  program
    .command('flaky')
    .description('list the cases whose outcome varies over all stored results')
    .argument('[folder]', 'folder of the results', '.callsheet')
    .option('--json <file>', 'write the history of these cases as JSON to this file')
    .addHelpText('after', '\nExample:\n  callsheet flaky --json flaky.json')
    .action(async (folder: string, flags) => ends(await (await import('../flaky.js')).flaky(folder, flags)))
}
