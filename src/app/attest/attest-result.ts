import { keyIdOf, type PrivateKey } from '../../adapters/attest/keys.js'
import type { ResourceDescriptor, Statement, TestResult } from '../../domain/attestation.js'
import type { Adapters } from '../registry.js'
import { toFile } from '../write-reports.js'
import { readToAttest } from './attested-result.js'
import { addEnvelope } from './envelopes.js'
import { addTimestamp } from './timestamps.js'

export interface AttestRequest {
  /** Without it nothing is signed. */
  readonly key?: PrivateKey
  readonly sigstore?: boolean
  /** Whether it is also about what people said of the judge. */
  readonly withReviews?: boolean
  /** Where the request to an authority of time goes, about the signature. */
  readonly tsaQuery?: string
  /** The answer of an authority of time about a signature of the result. */
  readonly tsaFile?: string
  /** Where the predicate alone goes, for others to sign. */
  readonly predicate?: string
}

export interface Attested {
  readonly word: TestResult['result']
  readonly subjects: Statement['subject']
  readonly predicateType: string
  readonly files: readonly string[]
  /** The id of the key; absent if nothing was signed. */
  readonly keyId?: string
}

/**
 * A machine's word for a result: signed into its folder, or its predicate alone into a file.
 *
 * @param name  A folder or an id.
 * @throws {AttestRefused} when it cannot be signed. @throws {StoreError} when something cannot be read or written.
 */
export async function attestResult(
  name: string,
  request: AttestRequest,
  use: Pick<Adapters, 'store' | 'serverDatabase'>,
): Promise<Attested> {
  const { key, sigstore, tsaQuery, tsaFile, predicate, withReviews = false } = request
  const { statement, envelopes } = await readToAttest(name, use, { withReviews })
  if (predicate !== undefined) await toFile(predicate)([`${JSON.stringify(statement.predicate, null, 2)}\n`])
  const signing = { ...(sigstore && { sigstore }), ...(tsaQuery !== undefined && { tsaQuery }) }
  const signed = key ? addEnvelope(envelopes, statement, { key, ...signing }) : []
  const stamped = tsaFile === undefined ? [] : addTimestamp(envelopes, tsaFile)
  return {
    word: statement.predicate.result,
    subjects: statement.subject,
    predicateType: statement.predicateType,
    files: [...signed, ...stamped, ...(predicate === undefined ? [] : [predicate])],
    ...(key && { keyId: keyIdOf(key) }),
  }
}

/** `sha256:1f2e…` */
export function digestText({ digest = {} }: Pick<ResourceDescriptor, 'digest'>): string {
  return Object.entries(digest)
    .map(([algorithm, hex]) => `${algorithm}:${hex}`)
    .join(', ')
}
