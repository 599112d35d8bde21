import { readAuthorities, readTrustedKeys } from '../app/attest/trusted-keys.js'
import { verifyResult } from '../app/attest/verify-result.js'
import { artifactDigest } from '../app/attest/artifact-digest.js'
import { digestsOf } from '../app/digests.js'
import { defaultAdapters } from '../app/registry.js'
import type { Digests } from '../domain/event.js'
import { safeLine } from '../domain/safe-text.js'
import type { Verification, VerificationLine } from '../domain/verification.js'
import { lookAtSuites, printDiagnostics } from './check-suites.js'
import { exit, type ExitCode } from './exit.js'
import { orUsageError } from './signing.js'
import { write } from './terminal.js'
import { UsageError } from './usage-error.js'

export interface VerifyFlags {
  readonly keys?: string
  readonly require?: readonly string[]
  readonly artifact?: string
  readonly digest?: string
  readonly suite?: string
  readonly envFile?: readonly string[]
  readonly allowSameKey?: boolean
  readonly json?: boolean
}

/** `callsheet verify`: checks a signed result, each check in a line. */
export async function verify(name: string, flags: VerifyFlags): Promise<ExitCode> {
  const { keys: file, require: required = [], artifact: path, digest, allowSameKey = false, json = false } = flags
  if (path !== undefined && digest !== undefined) throw new UsageError('--artifact cannot be combined with --digest. Name one of them.')
  const trusted = await orUsageError(() => (file === undefined ? {} : { keys: readTrustedKeys(file), authorities: readAuthorities(file) }))
  const artifact = path === undefined ? digest : await artifactDigest(path)
  const suite = flags.suite === undefined ? undefined : await suiteDigests(flags.suite, flags.envFile)
  const use = await defaultAdapters(process.env)
  const request = { keys: [], ...trusted, required, allowSameKey, ...(artifact !== undefined && { artifact }), ...(suite && { suite }) }
  const verification = await orUsageError(() => verifyResult(name, request, use))
  await write(process.stdout, json ? `${JSON.stringify({ version: 1, ...verification }, null, 2)}\n` : textOf(verification))
  return codes[verification.holds]
}

const codes = { yes: exit.passed, no: exit.failed, unknown: exit.inconclusive } as const
const marks = { yes: '✓', no: '✗', unknown: '?' } as const
const words = { yes: 'HOLDS', no: 'DOES NOT HOLD', unknown: 'CANNOT TELL' } as const

function textOf({ holds, lines }: Verification): string {
  const width = lines.reduce((most, { check }) => Math.max(most, check.length), 0)
  const lineOf = ({ check, holds: own, found }: VerificationLine): string =>
    `${marks[own]} ${check.padEnd(width)}  ${safeLine(found)}`.trimEnd()
  return `${[...lines.map(lineOf), '', words[holds]].join('\n')}\n`
}

async function suiteDigests(path: string, envFile: readonly string[] | undefined): Promise<Digests> {
  const { prepared, diagnostics } = await lookAtSuites([path], { ...(envFile && { envFile }) })
  printDiagnostics(diagnostics)
  const [today] = prepared
  if (!today) throw new UsageError(`The suite ${path} cannot be compared with the attested one, because it has mistakes. Mend it first.`)
  return digestsOf(today)
}
