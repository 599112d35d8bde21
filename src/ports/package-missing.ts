/** An optional package is not installed; the message says which, and how to install it. */
export class PackageMissing extends Error {
  override readonly name = 'PackageMissing'
  /**
   * @param what  What needs the package, as the beginning of a sentence: `A language model`.
   * @param packages  In npm's notation: `fastify@5 kysely@0.28`.
   */
  constructor(what: string, packages: string) {
    super(`${what} needs packages that are not installed. Install them: npm install ${packages}`)
  }
}

/** Whether an import failed because a package is missing. */
export function isModuleMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
}
