import { join } from 'node:path'
import { envelopesFile, type Signoff, signoffType, type TestResult, testResultType } from '../../domain/attestation.js'
import type { ShownSignature } from '../../domain/shown-signature.js'
import { journalDigest } from '../file-digest.js'
import { readEnvelopes } from './envelopes.js'
import { publicKeysIn } from './public-keys.js'
import { sealedSignature } from './sealed-signature.js'
import { shownTimestamp } from './timestamps.js'
import { isOf, type Stated } from './verify-lines.js'
import { isSignoff } from './verify-signoffs.js'

/** What the envelopes beside a result say, in their order. @param place  The result's folder. */
export async function shownSignatures(place: string): Promise<readonly ShownSignature[]> {
  const path = join(place, envelopesFile)
  const envelopes = readEnvelopes(path)
  const journal = envelopes.length === 0 ? undefined : await journalDigest(place)
  if (journal === undefined) return []
  const known = publicKeysIn(place)
  const isOfJournal = ({ statement }: Stated<TestResult>): boolean => {
    const { configuration } = statement.predicate
    return Array.isArray(configuration) && configuration.some(({ digest }) => digest?.['sha256'] === journal)
  }
  const attested = new Set(
    envelopes.filter(isOf<TestResult>(testResultType)).flatMap(each => (isOfJournal(each) ? [each.opened.digest] : [])),
  )
  return envelopes.flatMap((each): ShownSignature[] => {
    const timestamp = shownTimestamp(path, each)
    const sealed = each.opened && sealedSignature(each.opened, known)
    const own = {
      keys: each.opened?.envelope.signatures.map(({ keyid }) => keyid) ?? [],
      ...(sealed && { sealed }),
      ...(timestamp && { timestamp }),
    }
    if (isOf<TestResult>(testResultType)(each)) {
      return [{ kind: 'attestation', ...own, isOfResult: isOfJournal(each), result: each.statement.predicate.result }]
    }
    if (!isOf<Signoff>(signoffType)(each) || !isSignoff(each.statement.predicate)) return []
    const { decision, meaning, signedAt, reason, validUntil, exceptions, signer, seen } = each.statement.predicate
    return [
      {
        kind: 'signoff',
        ...own,
        isOfResult: seen.some(({ digest }) => attested.has(digest['sha256'] ?? '')),
        decision,
        meaning,
        signedAt,
        ...(reason !== undefined && { reason }),
        ...(validUntil !== undefined && { validUntil }),
        exceptions,
        signer: { name: signer.name, role: signer.role },
      },
    ]
  })
}
