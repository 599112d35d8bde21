import { makeKeyFiles } from '../app/attest/make-key.js'
import { passphraseOf } from '../app/attest/read-signing-key.js'
import { createKey } from '../app/serve/projects.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { UsageError } from './usage-error.js'

export interface KeyFlags {
  readonly sign?: boolean
  readonly out?: string
  readonly kind?: 'ed25519' | 'p256'
}

/** `callsheet key`: makes an API key, which is shown once; with `--sign`, a pair of keys for signatures. */
export function key({ sign = false, out, kind }: KeyFlags): ExitCode {
  if (!sign) {
    if (out !== undefined || kind !== undefined) throw new UsageError('--out and --kind are for keys that sign. Add --sign.')
    const made = createKey()
    process.stdout.write(`key   ${made.key}\nhash  ${made.hash}\n`)
    return exit.passed
  }
  const passphrase = passphraseOf(process.env)
  const files = makeKeyFiles(out ?? 'callsheet', kind ?? 'ed25519', passphrase)
  const secret = passphrase === undefined ? 'keep it secret: it is not encrypted' : 'encrypted with CALLSHEET_KEY_PASSPHRASE'
  process.stdout.write(
    `private  ${safeLine(files.private)}  (${secret})\npublic   ${safeLine(files.public)}\nid       SHA256:${files.id}\n`,
  )
  return exit.passed
}
