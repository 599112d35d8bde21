import type { Assertion } from '../../domain/assertion.js'
import { asksForValue, deniedMetadata, metadataSetting } from '../../domain/denied-metadata.js'
import { resolvePointer } from '../../domain/json-pointer.js'
import { checkAssertion, type CheckEvidence } from './checks/check-assertion.js'

/**
 * What a check that passed rests on because it denies values of metadata at keys that the conversation lacks. The end of the suite
 * shows whether the agent sent such a key in any conversation: if not, it may be mistyped, and the check proves nothing.
 */
export function metadataReliance(assertion: Assertion, evidence: CheckEvidence): readonly string[] {
  const { metadata } = evidence.conversation.transcript
  const denied = deniedBy(assertion)
  if (denied.length === 0) return denied
  const absent = denied.filter(pointer => resolvePointer(metadata, pointer) === undefined)
  if (absent.length === 0 || checkAssertion(assertion, evidence).holds !== 'yes') return []
  const isUnseen = (leaf: Assertion): boolean => leaf.kind === 'metadata' && asksForValue(leaf) && absent.includes(leaf.pointer)
  return checkAssertion(assertion, { ...evidence, isUnseen }).holds === 'yes' ? [] : absent.map(metadataSetting)
}

/** An assertion is the same in all runs of its case, so each is examined once. */
const examined = new WeakMap<Assertion, readonly string[]>()

function deniedBy(assertion: Assertion): readonly string[] {
  let denied = examined.get(assertion)
  if (!denied) examined.set(assertion, (denied = deniedMetadata(assertion)))
  return denied
}
