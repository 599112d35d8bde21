import { kindByWords, type ClaimKind } from '../../domain/claim-kind.js'
import { AnswerCut, AnswerUnusable, type LanguageModel, type ModelUse } from '../../ports/language-model.js'
import type { Claims } from './claim.js'
import { createOnce } from './once.js'
import { readSplit } from './read-split.js'

/** An expected outcome with its values filled in: one text, or the author's own claims. */
export type OutcomeText = string | readonly { readonly text: string; readonly kind?: ClaimKind }[]

/** Finds the claims of expected outcomes. Each distinct text is split once, however many runs ask at the same time. */
export interface ClaimSplitter {
  /** @throws {FaultError} by infra, `judge_model`, when the model fails. The next call retries. */
  claimsOf(outcome: OutcomeText, use: ModelUse): Promise<Claims>
}

/**
 * The author's own claims stay as they are. A text is split by the model. If the split loses or changes any part of it, the text is
 * judged whole, as one claim that has to happen.
 */
export function createClaimSplitter(model: LanguageModel): ClaimSplitter {
  const once = createOnce<Claims>()

  return {
    async claimsOf(outcome, use) {
      if (typeof outcome !== 'string') return { claims: outcome.map(({ text, kind = kindByWords(text) }) => ({ text, kind })) }
      const text = outcome.trim()
      return once.get(text, use, own => split(text, model, own))
    },
  }
}

async function split(text: string, model: LanguageModel, use: ModelUse): Promise<Claims> {
  const kind = kindByWords(text)
  if (kind !== 'happens') return { claims: [{ text, kind }] }
  const read = await askForSplit(text, model, use)
  if (typeof read !== 'string') return { claims: read }
  return { claims: [{ text, kind: 'happens' }], notSplit: read }
}

async function askForSplit(text: string, model: LanguageModel, use: ModelUse): Promise<ReturnType<typeof readSplit>> {
  const request = {
    purpose: 'judge, claims of an expected outcome',
    messages: [
      { role: 'system', content: splitting },
      { role: 'user', content: text },
    ],
    answer: { name: 'claims', schema: claimsSchema(text.length), mostTokens: Math.max(600, text.length) },
    ifTooLong: 'Shorten the expected outcome',
    mayBe: 'unusable',
  } as const
  try {
    const { claims } = (await model.ask(request, use)) as { readonly claims: readonly string[] }
    return readSplit(text, claims)
  } catch (cause) {
    if (cause instanceof AnswerCut) return 'it was cut off'
    if (cause instanceof AnswerUnusable) return 'it is not of the shape asked for'
    throw cause
  }
}

const splitting = [
  'You are given what is expected of a conversation between a caller and an AI agent. Split it into its separate claims, so ' +
    'that each can be judged on its own.',
  '- Each claim is one complete sentence that can be understood alone: say who does what; replace pronouns.',
  '- Use its own words. Add nothing, leave nothing out, and keep order where it matters ("before ...").',
  '- A claim of what must not happen keeps its words as they stand ("The agent never asks for ...").',
  '- What belongs together ("a date and a time that suit the caller") may stay together; what can be met separately may not.',
].join('\n')

function claimsSchema(longest: number): Readonly<Record<string, unknown>> {
  const claims = { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string', maxLength: longest + 100 } }
  return { type: 'object', additionalProperties: false, required: ['claims'], properties: { claims } }
}
