import { kindByWords, type ClaimKind } from '../../../domain/claim-kind.js'
import { beginsAsDenial, beginsAsEvent, beginsAsOmission } from '../../../domain/denials/beginning.js'
import { laterDenialOf } from '../../../domain/denials/later.js'
import type { ExpectedOutcome } from '../../../domain/document.js'
import type { Scenario as RawScenario } from '../../../domain/generated/suite.js'
import { placeholder } from '../../../domain/placeholder.js'
import type { Span } from '../../../domain/source.js'
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
    for (const sentence of outcome.split(/(?<=[.!?])\s+|\n+/)) {
      checkKind(sentence, undefined, places.value(raw, 'expected_outcome'), context)
      checkLaterPart(sentence, places.value(raw, 'expected_outcome'), context)
    }
    return { kind: 'text', texts: [{ text: outcome, at: places.value(raw, 'expected_outcome') }] }
  }
  const texts = [...readable(outcome)].map(([index, claim]) => {
    const { kind, text, map, key } = partsOf(outcome, index, claim)
    const at = places.value(outcome, index)
    if (text.trim() === '') problems.report('TEXT_BLANK', { key: 'expected_outcome' }, at)
    checkTemplates(map, key, context, speaker)
    checkKind(text, kind, at, context)
    return kind === undefined ? { text, at } : { text: worded(text, kind), at, kind }
  })
  return { kind: 'claims', texts }
}

type RawClaims = Extract<Loose<RawScenario>['expected_outcome'], readonly unknown[]>

/** A claim's text, its kind if the author gives it, and where the text stands. */
function partsOf(outcome: RawClaims, index: number, claim: NonNullable<RawClaims[number]>) {
  if (typeof claim === 'string') {
    return { kind: undefined, text: claim, map: outcome as unknown as Readonly<Record<string, string>>, key: String(index) }
  }
  const kind = 'never' in claim ? ('never' as const) : ('always' as const)
  const { [kind]: text = '' }: { readonly never?: string | undefined; readonly always?: string | undefined } = claim
  return { kind, text, map: claim as Readonly<Record<string, string>>, key: kind }
}

/** Warns of a claim that is likely to be of another kind than its author means. */
function checkKind(text: string, kind: 'never' | 'always' | undefined, at: Span, { problems }: Context) {
  const sentence = withoutMark(text)
  const denies = beginsAsDenial(sentence)
  if (kind === 'never' && (denies || beginsAsOmission(sentence))) problems.report('NEVER_DENIES_TWICE', { text: sentence }, at)
  if (kind === 'always' && denies) problems.report('ALWAYS_DENIES', { text: sentence }, at)
  if (kind === 'always' && !denies && beginsAsEvent(sentence)) problems.report('ALWAYS_HAPPENS_ONCE', { text: sentence }, at)
  if (kind === undefined && denies && kindOf(sentence) === 'happens') problems.report('DENIAL_HAS_TO_HAPPEN', { text: sentence }, at)
}

/** Warns of a later part of a sentence that denies and has to happen: when the outcome is split, it becomes a claim of its own. */
function checkLaterPart(sentence: string, at: Span, { problems }: Context) {
  const later = beginsAsDenial(withoutMark(sentence)) ? undefined : laterDenialOf(withoutMark(sentence))
  if (later && !later.sentences.some(each => kindOf(each) === 'never')) problems.report('DENIAL_HAS_TO_HAPPEN', { text: later.text }, at)
}

/** A sentence without the mark of an item of a list before it. */
function withoutMark(text: string): string {
  return text.trim().replace(/^(?:[-*•]|\d+[.)])\s+/, '')
}

/** The kind by words; what a placeholder stands for is taken for a number. */
function kindOf(text: string): ClaimKind {
  return kindByWords(text.replaceAll(placeholder, '1'))
}

/** The text as a claim of its kind, wherever it is shown. */
function worded(text: string, kind: 'never' | 'always'): string {
  if (kindOf(text) === kind) return text
  return `${kind === 'never' ? 'Never' : 'Always'}: ${text}`
}
