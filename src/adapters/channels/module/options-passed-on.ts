/** Options of Node that are for our process alone: what they run, open or write is ours. */
const ownOptions =
  /^(?:-e|-p|-pe|-i|-c|--(?:eval|print|interactive|check|input-type|test|watch|inspect|debug-port|cpu-prof|heap-prof|prof|diagnostic-dir|report)(?:[-=].*)?)$/

/** Of the options that Node was started with, those that agents' code needs too, such as `--import tsx`. */
export function optionsPassedOn(options: readonly string[]): string[] {
  const passed: string[] = []
  let isOurs = false
  for (const option of options) {
    // Without a hyphen it is the value of the option before it.
    if (option.startsWith('-')) isOurs = ownOptions.test(option)
    if (!isOurs) passed.push(option)
  }
  return passed
}
