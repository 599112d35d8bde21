import { type CommandNames, shellWord } from '../../domain/repeat-command.js'
import type { ViewIndex } from './view-index.js'

/** The commands that read the record of a result, each with what it does. They work as they are printed. */
export function recordCommands({
  commands,
  report,
  started,
  signatures = [],
}: ViewIndex): readonly (readonly [command: string, what: string])[] {
  const folder = shellWord(commands.folder)
  const isOver = !report.limits.some(({ code }) => code === 'CUT_OFF')
  return [
    ...saving(commands),
    [`callsheet report ${folder}`, 'counts the result again from its runs; exit code 3 if its last line says otherwise'],
    [`callsheet report ${folder} --html again.html`, 'makes this page again: the same result gives the same bytes'],
    [`callsheet report ${folder} --json report.json`, 'writes everything as JSON: runs, conversations, checks and digests'],
    ...(signatures.length > 0
      ? ([
          [
            `callsheet verify ${folder} --keys keys.yaml`,
            'checks who signed, and that the journal, its counts and the suite are what they signed',
          ],
        ] as const)
      : isOver
        ? ([
            [
              `callsheet attest ${folder} --key ci.key.pem`,
              'signs what came of the result, which nobody has done yet; callsheet key --sign --out ci makes the key',
            ],
          ] as const)
        : []),
    // The runs of a request are in no suite.
    ...(started.requested
      ? []
      : ([
          [`callsheet rescore ${folder}`, 'scores the stored conversations again with the suite as it is now'],
          [`callsheet run ${shellWord(started.suite.file)}`, 'runs the suite again'],
        ] as const)),
  ]
}

function saving({ folder, address }: CommandNames): [command: string, what: string][] {
  if (address === undefined) return []
  return [[saveCommand({ folder, address }), 'saves the result to a folder; CALLSHEET_API_KEY has the key of the project']]
}

/** Saves a result of a server to a folder, which other commands can read. */
export function saveCommand({ folder, address }: Required<CommandNames>): string {
  return `callsheet watch ${shellWord(address)} --out ${shellWord(folder)}`
}
