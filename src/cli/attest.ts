import { attestResult, digestText } from '../app/attest/attest-result.js'
import { defaultAdapters } from '../app/registry.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { orUsageError, signingKey } from './signing.js'
import { write } from './terminal.js'
import { UsageError } from './usage-error.js'

export interface AttestFlags {
  readonly key?: string
  readonly sigstore?: boolean
  readonly predicate?: string
  readonly withReviews?: boolean
  readonly tsaQuery?: string
  readonly tsaFile?: string
}

/** `callsheet attest`: states what came of a result, and signs it with the key of a machine. */
export async function attest(name: string, { key, sigstore, predicate, withReviews, tsaQuery, tsaFile }: AttestFlags): Promise<ExitCode> {
  if (key === undefined && tsaQuery !== undefined) throw new UsageError('--tsa-query is about a signature. Add --key.')
  if (key === undefined && predicate === undefined && tsaFile === undefined)
    throw new UsageError('Name a key with --key, a file for others to sign with --predicate, or a time stamp with --tsa-file.')
  if (key === undefined && sigstore) throw new UsageError('--sigstore needs a signature. Add --key.')
  const request = {
    ...(key !== undefined && { key: await signingKey(key) }),
    ...(sigstore && { sigstore }),
    ...(withReviews && { withReviews }),
    ...(tsaQuery !== undefined && { tsaQuery }),
    ...(tsaFile !== undefined && { tsaFile }),
    ...(predicate !== undefined && { predicate }),
  }
  const use = await defaultAdapters(process.env)
  const attested = await orUsageError(() => attestResult(name, request, use))
  const lines = [
    `${attested.word}  ${attested.predicateType}`,
    ...attested.subjects.map(subject => `subject  ${safeLine(subject.name)}  ${safeLine(digestText(subject))}`),
    ...(attested.keyId === undefined ? [] : [`key      SHA256:${attested.keyId}`]),
    ...attested.files.map(file => `wrote    ${safeLine(file)}`),
  ]
  await write(process.stdout, lines.map(line => `${line}\n`).join(''))
  return exit.passed
}
