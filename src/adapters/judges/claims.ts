import type { LanguageModel, ModelUse } from '../../ports/language-model.js'

/** One thing that must happen in a conversation, or must not. */
export interface Claim {
  readonly text: string
  readonly kind: 'happens' | 'never'
}

/** Splits expected outcomes into claims. Each distinct outcome is split once, however many runs ask at the same time. */
export interface ClaimSplitter {
  /**
   * @param outcome  A text to split, or a list of claims that only need their kinds.
   * @returns An empty list if there is nothing to judge, or if the model's answer cannot be used.
   * @throws {FaultError} by infra, `judge_model`, when the model fails. The next call retries.
   */
  claimsOf(outcome: string | readonly string[], use: ModelUse): Promise<readonly Claim[]>
}

/** A longer list is not accepted as the claims of one outcome. */
const mostClaims = 50

export function createClaimSplitter(model: LanguageModel): ClaimSplitter {
  const split = new Map<string, { readonly claims: Promise<readonly Claim[]>; readonly signal: AbortSignal }>()

  return {
    async claimsOf(outcome, use) {
      const key = JSON.stringify(outcome)
      for (;;) {
        let asked = split.get(key)
        if (!asked) {
          const claims = askFor(outcome, model, use)
          asked = { claims, signal: use.signal }
          split.set(key, asked)
          claims.catch(() => split.delete(key))
        }
        try {
          return await asked.claims
        } catch (cause) {
          // The first caller was cancelled; the others ask again.
          if (use.signal.aborted || !asked.signal.aborted) throw cause
        }
      }
    },
  }
}

async function askFor(outcome: string | readonly string[], model: LanguageModel, use: ModelUse): Promise<readonly Claim[]> {
  const isText = typeof outcome === 'string'
  const answer = (await model.ask(
    {
      purpose: 'judge, claims of an expected outcome',
      messages: [
        { role: 'system', content: isText ? splitting : classifying },
        { role: 'user', content: isText ? outcome : JSON.stringify(outcome, null, 2) },
      ],
      answer: { name: 'claims', schema: claimsSchema },
      ifTooLong: 'Shorten the expected outcome',
    },
    use,
  )) as { readonly claims: readonly { readonly claim: string; readonly kind: Claim['kind'] }[] }

  const claims = answer.claims.map(({ claim, kind }) => ({ text: claim.trim(), kind }))
  // A claim missing from the answer would never be judged, so the whole answer is dropped.
  if (isText) return claims.length > mostClaims || claims.some(({ text }) => text === '') ? [] : claims
  return claims.length === outcome.length ? outcome.map((text, i) => ({ text, kind: kindOf(text, claims, i) })) : []
}

/** The kind of the claim with the same words, or else with the same position. */
function kindOf(text: string, claims: readonly Claim[], place: number): Claim['kind'] {
  return (claims.find(each => each.text === text.trim()) ?? claims[place]!).kind
}

const kinds =
  'The kind is "never" if the claim is about something that must not happen, or must be avoided, throughout the conversation ' +
  '("The agent never asks for a card number", "No refund is promised"); else it is "happens".'

const splitting = [
  'You are given what is expected of a conversation between a caller and an AI agent. Split it into its separate claims, so ' +
    'that each can be judged on its own.',
  '- Each claim is one complete sentence that can be understood alone: say who does what; replace pronouns.',
  '- Keep its meaning and its words. Add nothing, leave nothing out, and keep order where it matters ("before ...").',
  '- What belongs together ("a date and a time that suit the caller") may stay together; what can be met separately may not.',
  '- Explanations and asides that nothing can be held against are no claims. If there is no claim at all, give none.',
  kinds,
].join('\n')

const classifying = [
  'You are given a JSON list of claims about a conversation between a caller and an AI agent. Return each of them, in the ' +
    'same order and in the same words, with its kind.',
  kinds,
].join('\n')

const claimsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['claims'],
  properties: {
    claims: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['claim', 'kind'],
        properties: { claim: { type: 'string' }, kind: { type: 'string', enum: ['happens', 'never'] } },
      },
    },
  },
} as const
