import { AttestRefused } from '../app/attest/refused.js'
import { UsageError } from './usage-error.js'

/** The passphrase of private keys; absent if they are not encrypted. */
export function passphraseOf({ CALLSHEET_KEY_PASSPHRASE }: NodeJS.ProcessEnv = process.env): { readonly passphrase?: string } {
  return CALLSHEET_KEY_PASSPHRASE ? { passphrase: CALLSHEET_KEY_PASSPHRASE } : {}
}

/** The private key in a file. @throws {UsageError} when it cannot sign. */
export async function signingKey(path: string) {
  const { readSigningKey } = await import('../app/attest/read-signing-key.js')
  return orUsageError(() => readSigningKey(path, passphraseOf().passphrase))
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
