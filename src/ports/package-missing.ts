/** An optional package is not installed; the message says which, and how to install it. */
export class PackageMissing extends Error {
  override readonly name = 'PackageMissing'
  /**
   * @param what  What needs it, as a sentence begins: `A language model`.
   * @param packages  As npm installs them: `fastify@5 kysely@0.28`.
   */
  constructor(what: string, packages: string) {
    super(`${what} needs packages that are not installed. Install them: npm install ${packages}`)
  }
}

/** Whether an import failed because a package is not there. */
export function isModuleMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
}
