import { count } from './count.js'
import { isRecord } from './json-value.js'
import type { GateLine, Report } from './report.js'
import type { Agreement } from './review.js'
import type { StartContext } from './start-context.js'
import type { Waiver } from './waiver.js'

/** The envelopes of a result, one a line, in its folder. */
export const envelopesFile = 'result.intoto.jsonl'
/** The public keys of their signatures, as PEM. */
export const signersFile = 'result.signers.pem'

/** A signed statement: DSSE 1.0. */
export interface Envelope {
  readonly payload: string
  readonly payloadType: string
  readonly signatures: readonly EnvelopeSignature[]
}

export interface EnvelopeSignature {
  /** SHA-256 of the public key, hexadecimal. A hint: nothing is decided by it. */
  readonly keyid: string
  readonly sig: string
}

export const statementPayload = 'application/vnd.in-toto+json'
export const statementType = 'https://in-toto.io/Statement/v1'
export const testResultType = 'https://in-toto.io/attestation/test-result/v0.1'
export const signoffType = 'urn:callsheet:attestation:signoff:1'

/** An in-toto Statement v1: what is said of which artifacts. */
export interface Statement<Predicate = unknown> {
  readonly _type: typeof statementType
  readonly subject: readonly Subject[]
  readonly predicateType: string
  readonly predicate: Predicate
}

/** An artifact, known by its digest alone. */
export interface Subject {
  readonly name: string
  readonly uri?: string
  readonly digest: Digest
}

/** By algorithm (`sha256`, `gitCommit`), in hexadecimal. */
export type Digest = Readonly<Record<string, string>>

export interface ResourceDescriptor {
  readonly name?: string
  readonly uri?: string
  readonly digest?: Digest
  readonly mediaType?: string
  readonly annotations?: Readonly<Record<string, unknown>>
}

/** What a machine says of a result: in-toto's test-result v0.1, with our own fields in addition. */
export interface TestResult {
  readonly result: 'PASSED' | 'WARNED' | 'FAILED'
  readonly configuration: readonly ResourceDescriptor[]
  /** Page of the CI run. */
  readonly url?: string
  /** Keys of cases. */
  readonly passedTests: readonly string[]
  readonly warnedTests: readonly string[]
  readonly failedTests: readonly string[]
  readonly callsheet_result: { readonly id: string; readonly startedAt: string; readonly endedAt: string }
  readonly callsheet_totals: Report['totals']
  readonly callsheet_gate: readonly AttestedLine[]
  readonly callsheet_limits: readonly string[]
  readonly callsheet_context?: StartContext
  /** How far people agreed with the judge, and the gate with what they said; absent if their reviews were not asked for. */
  readonly callsheet_reviews?: Agreement
}

/** A line of the gate in numbers. */
export type AttestedLine = Omit<GateLine, 'required' | 'measured' | 'because'>

export const meanings = ['approval', 'rejection', 'review', 'responsibility', 'authorship'] as const

/** What a person says of a result. */
export interface Signoff {
  readonly decision: 'approved' | 'approved_with_exceptions' | 'rejected'
  readonly signer: { readonly name: string; readonly id: string; readonly role: string }
  /** ISO 8601, by the signer's clock. */
  readonly signedAt: string
  readonly meaning: (typeof meanings)[number]
  readonly reason?: string
  /** The payloads that the signer was shown. */
  readonly seen: readonly { readonly name: string; readonly digest: Digest }[]
  readonly exceptions: readonly Waiver[]
  /** A day, `2026-12-31`, whose end in UTC is the last moment; absent if the sign-off has no end. */
  readonly validUntil?: string
}

/** A sign-off in words: `approves with 2 exceptions (approval)`, `rejects the result (rejection)`. */
export function decisionText({ decision, meaning, exceptions }: Pick<Signoff, 'decision' | 'meaning' | 'exceptions'>): string {
  const words = {
    approved: 'approves the result',
    approved_with_exceptions: `approves the result with ${count(exceptions.length, 'exception')}`,
    rejected: 'rejects the result',
  }[decision]
  // Earlier versions signed rejections as approvals.
  return `${words} (${decision === 'rejected' && meaning === 'approval' ? 'rejection' : meaning})`
}

/** Whether a predicate has what readers of an attestation rely on. */
export function isTestResult(value: unknown): value is TestResult {
  if (!isRecord(value)) return false
  const { result, configuration, failedTests } = value
  const isKnown = result === 'PASSED' || result === 'WARNED' || result === 'FAILED'
  return isKnown && Array.isArray(configuration) && configuration.every(isRecord) && Array.isArray(failedTests)
}
