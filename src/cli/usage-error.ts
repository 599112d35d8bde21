/** The command line asks for something that cannot be: said in one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
