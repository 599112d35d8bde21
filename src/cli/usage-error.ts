/** A mistake on the command line: one line on standard error, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** There is nothing to show of a folder. */
export function noResultIn(folder: string): UsageError {
  return new UsageError(`No result was found in ${folder}. Make one with: callsheet run <suite>`)
}
