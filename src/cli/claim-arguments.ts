import { claim } from './claim.js'

/** The commands whose `--junit` and `--json` name reports. */
const reporting: ReadonlySet<string> = new Set(['run', 'report', 'rerun', 'rescore', 'merge'])

/**
 * Claims the reports of a command line that cannot be parsed, as far as they can be found, so that no earlier one is left. A place
 * that cannot be claimed is passed over: the mistake in the line is told already.
 */
export async function claimArguments(args: readonly string[]): Promise<void> {
  const command = args.find(arg => !arg.startsWith('-'))
  if (command === undefined || !reporting.has(command)) return
  const suites = args.filter((arg, i) => /\.ya?ml$/.test(arg) && !arg.startsWith('-') && !args[i - 1]?.startsWith('--'))
  for (const what of ['junit', 'json', 'markdown', 'html', 'ctrf', 'metrics', 'pdf'] as const) {
    const path = valueOf(`--${what}`, args)
    if (path === undefined) continue
    try {
      await claim(suites.length > 0 ? suites : [`callsheet ${command}`], { [what]: path })
    } catch {
      continue
    }
  }
}

/** The last value of an option. */
function valueOf(option: string, args: readonly string[]): string | undefined {
  const values = args.flatMap((arg, i) => {
    if (arg.startsWith(`${option}=`)) return [arg.slice(option.length + 1)]
    return arg === option ? [args[i + 1] ?? ''] : []
  })
  const last = values.at(-1)
  return last === undefined || last === '' || last.startsWith('-') ? undefined : last
}
