import { type CommandNames, shellWord } from '../../domain/repeat-command.js'
import type { ViewIndex } from './view-index.js'

type Command = readonly [command: string, what: string]

/** The commands that read the record of a result, each with what it does. They work as they are printed. */
export function recordCommands({ commands, report, started, signatures = [] }: ViewIndex): readonly Command[] {
  const folder = shellWord(commands.folder)
  const own: Command[] = []
  if (commands.address !== undefined)
    own.push([
      saveCommand({ ...commands, address: commands.address }),
      'saves the result to a folder; CALLSHEET_API_KEY has the key of the project',
    ])
  own.push(
    [`callsheet report ${folder}`, 'counts the result again from its runs; exit code 3 if its last line says otherwise'],
    [`callsheet report ${folder} --html again.html`, 'makes this page again: the same result gives the same bytes'],
    [`callsheet report ${folder} --json report.json`, 'writes everything as JSON: runs, conversations, checks and digests'],
  )
  if (signatures.length > 0) {
    own.push([
      `callsheet verify ${folder} --keys keys.yaml`,
      'checks who signed, and that the journal, its counts and the suite are what they signed',
    ])
    if (!signatures.some(({ kind }) => kind === 'signoff')) {
      own.push([
        `callsheet signoff ${folder} --key lead.key.pem --name NAME --role ROLE`,
        'signs, as a person, whether the result may be released, which nobody has done yet',
      ])
    }
  } else if (!report.limits.some(({ code }) => code === 'CUT_OFF')) {
    own.push([
      `callsheet attest ${folder} --key ci.key.pem`,
      'signs what came of the result, which nobody has done yet; callsheet key --sign --out ci makes the key. Then callsheet signoff lets people sign it',
    ])
  }
  // The runs of a request are in no suite.
  if (!started.requested) {
    own.push(
      [`callsheet rescore ${folder}`, 'scores the stored conversations again with the suite as it is now'],
      [`callsheet run ${shellWord(started.suite.file)}`, 'runs the suite again'],
    )
  }
  return own
}

/** Saves a result of a server to a folder, which other commands can read. */
export function saveCommand({ folder, address }: Required<CommandNames>): string {
  return `callsheet watch ${shellWord(address)} --out ${shellWord(folder)}`
}
