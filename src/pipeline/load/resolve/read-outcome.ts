import { kindByWords } from '../../../domain/claim-kind.js'
import type { ExpectedOutcome } from '../../../domain/document.js'
import type { Scenario as RawScenario } from '../../../domain/generated/suite.js'
import { requireModel } from '../context.js'
import type { Context } from '../context.js'
import { readable } from '../loose.js'
import type { Loose } from '../loose.js'
import { checkTemplates } from '../utterance/read-utterance.js'
import type { Speaker } from '../utterance/read-utterance.js'

/** The expected outcome: a text, or a list of claims. */
export function readOutcome(raw: Loose<RawScenario>, speaker: Speaker, context: Context): ExpectedOutcome | undefined {
  if (!('expected_outcome' in raw)) return undefined
  requireModel('judge', raw, 'expected_outcome', context)
  const { expected_outcome: outcome } = raw
  if (outcome === undefined) return undefined
  const { places, problems } = context
  if (typeof outcome === 'string') {
    if (outcome.trim() === '') problems.report('TEXT_BLANK', { key: 'expected_outcome' }, places.value(raw, 'expected_outcome'))
    checkTemplates(raw as { readonly expected_outcome: string }, 'expected_outcome', context, speaker)
    return { kind: 'text', texts: [{ text: outcome, at: places.value(raw, 'expected_outcome') }] }
  }
  return { kind: 'claims', texts: [...readable(outcome)].map(([index, claim]) => readClaim(outcome, index, claim, speaker, context)) }
}

type RawClaims = Extract<Loose<RawScenario>['expected_outcome'], readonly unknown[]>

/** A claim whose kind the author gives reads as a sentence of that kind, wherever it is shown. */
function readClaim(
  outcome: RawClaims,
  index: number,
  claim: NonNullable<RawClaims[number]>,
  speaker: Speaker,
  context: Context,
): ExpectedOutcome['texts'][number] {
  const { places, problems } = context
  const kind = typeof claim === 'string' ? undefined : 'never' in claim ? 'never' : 'always'
  const [map, key] = kind === undefined ? [outcome, String(index)] : [claim, kind]
  const text = String((map as Readonly<Record<string, unknown>>)[key] ?? '')
  const at = places.value(outcome, index)
  if (text.trim() === '') problems.report('TEXT_BLANK', { key: 'expected_outcome' }, at)
  checkTemplates(map as Readonly<Record<string, string>>, key, context, speaker)
  if (kind === undefined) return { text, at }
  const isSaid = kindByWords(text) === kind
  return { text: isSaid ? text : `${kind === 'never' ? 'Never' : 'Always'}: ${text}`, at, kind }
}
