import { AttestRefused } from '../app/attest/refused.js'
import { UsageError } from './usage-error.js'

/** The private key in a file. @throws {UsageError} when it cannot sign. */
export async function signingKey(path: string) {
  const { passphraseOf, readSigningKey } = await import('../app/attest/read-signing-key.js')
  return orUsageError(() => readSigningKey(path, passphraseOf(process.env)))
}

/** Does something with keys or signatures. @throws {UsageError} when it is refused. */
export async function orUsageError<T>(act: () => T | Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    if (cause instanceof AttestRefused) throw new UsageError(cause.message, { cause })
    throw cause
  }
}
