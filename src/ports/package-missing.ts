/** An optional package is not installed; the message says which, and how to install it. */
export class PackageMissing extends Error {
  override readonly name = 'PackageMissing'
  readonly code = 'package_missing'
  /**
   * @param what  What needs the package, as the beginning of a sentence: `A language model`.
   * @param packages  In npm's notation: `fastify@5 kysely@0.28`.
   */
  constructor(what: string, packages: string) {
    super(`${what} needs packages that are not installed. Install them: npm install --save-dev ${packages}`)
  }
}

/**
 * Loads a module that needs an optional package.
 *
 * @param what  What needs it, and `packages`, as for {@link PackageMissing}.
 * @throws {PackageMissing} when it is not installed.
 */
export async function importOptional<Module>(load: () => Promise<Module>, what: string, packages: string): Promise<Module> {
  try {
    return await load()
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND'
    throw isMissing ? new PackageMissing(what, packages) : cause
  }
}
