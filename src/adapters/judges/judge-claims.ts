import type { Transcript } from '../../domain/transcript.js'
import type { Holds, JudgedClaim, JudgedOutcome } from '../../domain/verdict.js'
import type { LanguageModel, ModelUse } from '../../ports/language-model.js'
import type { Claim } from './claims.js'
import { majorityOf } from './majority.js'
import { askVotes } from './votes.js'
import { createQuoteFinder, type QuoteFinder } from './quote.js'
import { aboutTranscript, rules } from './rules.js'
import type { Shown } from './shown.js'

/** What to judge, and how many times. */
export interface ClaimsToJudge {
  readonly claims: readonly Claim[]
  readonly transcript: Transcript
  readonly shown: Shown
  readonly votes: number
}

/**
 * Judges all claims about a conversation in one request, or in one request per vote.
 *
 * The model's answer counts only with evidence. That something happened, expected or forbidden, needs a quote from the
 * agent's side of the named turn. That it did not happen needs the whole conversation. A claim without its evidence is
 * `unknown`; so is a claim the model skipped, or answered twice and differently.
 */
export async function judgeClaims(asked: ClaimsToJudge, model: LanguageModel, use: ModelUse): Promise<JudgedOutcome> {
  const { claims, transcript, shown, votes } = asked
  const task = taskOf(claims)
  const answers = await askVotes(model, votes, use, {
    purpose: 'judge, expected outcome',
    messages: [
      { role: 'system', content: `${rules}\n\n${howToJudge}` },
      { role: 'user', content: aboutTranscript(shown, task) },
    ],
    answer: { name: 'claim_verdicts', schema: verdictsSchema },
    ...(task.length > shown.text.length && { ifTooLong: 'Shorten the expected outcome' }),
  })
  const isQuoted = createQuoteFinder(transcript)
  const judged = claims.map((claim, i) => {
    const checked = answers.map(answer => checkClaim(claim, verdictOn(i + 1, answer as ClaimsAnswer), { transcript, shown, isQuoted }))
    return settle(claim, checked)
  })
  return { score: scoreOf(judged), claims: judged }
}

interface ClaimsAnswer {
  readonly claims: readonly (Said & { readonly claim: number })[]
}

/** The model's answer about one claim. */
interface Said {
  readonly reason: string
  readonly turn: number | null
  readonly quote: string
  readonly verdict: 'met' | 'not_met' | 'cannot_tell'
}

type CheckedClaim = Omit<JudgedClaim, 'claim' | 'votes'>

function verdictOn(number: number, { claims }: ClaimsAnswer): Said | string {
  const said = claims.filter(({ claim }) => claim === number)
  const [first] = said
  if (!first) return 'the judge did not answer it'
  return said.every(({ verdict }) => verdict === first.verdict) ? first : 'the judge answered it twice, and not the same'
}

interface ClaimEvidence {
  readonly transcript: Transcript
  readonly shown: Shown
  readonly isQuoted: QuoteFinder
}

function checkClaim({ kind }: Claim, said: Said | string, { transcript, shown, isQuoted }: ClaimEvidence): CheckedClaim {
  if (typeof said === 'string') return { holds: 'unknown', because: said }
  const { verdict, reason, turn, quote } = said
  const because = reason.trim()
  const place = turn !== null && transcript.moments.some(entry => entry.turn === turn) ? { turn } : {}
  if (verdict === 'cannot_tell') return { holds: 'unknown', because: because || 'the judge could not tell', ...place }

  const holds = verdict === 'met' ? 'yes' : 'no'
  const says = `the judge says it ${verdict === 'met' ? 'is met' : 'is not met'}`
  if ((kind === 'happens') === (verdict === 'met')) {
    if (turn !== null && isQuoted(quote, turn)) return { holds, because, turn, quote: quote.trim() }
    return { holds: 'unknown', because: `${says}, but ${whatIsWrongWith(quote, turn)}${because && `; it says: ${because}`}`, ...place }
  }
  if (!shown.isWhole) {
    return { holds: 'unknown', because: `${says}, but the conversation was too long to show it whole`, ...place }
  }
  return { holds, because: because || says, ...place }
}

function whatIsWrongWith(quote: string, turn: number | null): string {
  if (quote.trim() === '') return 'quotes nothing to show it'
  const quoted = JSON.stringify(quote.length > 120 ? `${quote.slice(0, 119)}…` : quote)
  return turn === null ? `names no turn for its quote ${quoted}` : `its quote ${quoted} is not in what the agent did in turn ${turn}`
}

function settle({ text: claim }: Claim, checked: readonly CheckedClaim[]): JudgedClaim {
  const [only] = checked
  if (only && checked.length === 1) return { claim, ...only }
  const votes = { yes: 0, no: 0, unknown: 0 }
  for (const { holds } of checked) votes[holds] += 1
  const holds = majorityOf(checked.map(each => each.holds))
  const speaker = checked.find(each => each.holds === holds)
  if (!speaker) return { claim, holds: 'unknown', because: `the judge's votes disagree: ${wordVotes(votes)}`, votes }
  return { claim, ...speaker, votes }
}

function wordVotes({ yes, no, unknown }: Record<Holds, number>): string {
  return `${yes} met, ${no} not met, ${unknown} cannot tell`
}

/** The share of claims that are met, 0..100; `null` while any claim is unknown. */
function scoreOf(claims: readonly JudgedClaim[]): number | null {
  if (claims.length === 0 || claims.some(({ holds }) => holds === 'unknown')) return null
  return Math.round((claims.filter(({ holds }) => holds === 'yes').length / claims.length) * 1000) / 10
}

const howToJudge = [
  'You are given numbered claims about the conversation. Judge each on its own, by its number.',
  '- "reason": one or two sentences that say what in the transcript decides it.',
  '- "turn" and "quote": where the transcript shows it. The quote is copied letter by letter from one "agent", ' +
    '"agent_called_tool" or "tool_returned" line of that turn, one unbroken stretch, and as short as it can be. What the caller ' +
    'said is no evidence of what the agent did. Where there is nothing to quote, the quote is empty and the turn is null.',
  '- "verdict": "met" if the transcript shows that the claim is true. "not_met" if it shows that it is not, or if what the ' +
    'claim says should have happened did not. "cannot_tell" if the transcript does not show enough to decide.',
  '- A claim of kind "happens" is met only if you can quote where it happened. A claim of kind "never" is not met only if ' +
    'you can quote where it happened after all.',
  '- That the agent announces, promises or claims something is not the same as doing it, unless the claim asks for no more.',
].join('\n')

function taskOf(claims: readonly Claim[]): string {
  const numbered = claims.map(({ text, kind }, i) => JSON.stringify({ claim: i + 1, kind, text }))
  return ['Judge these claims, and no others:', ...numbered].join('\n')
}

const verdictsSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['claims'],
  properties: {
    claims: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['claim', 'reason', 'turn', 'quote', 'verdict'],
        properties: {
          claim: { type: 'integer' },
          reason: { type: 'string' },
          turn: { type: ['integer', 'null'] },
          quote: { type: 'string' },
          verdict: { type: 'string', enum: ['met', 'not_met', 'cannot_tell'] },
        },
      },
    },
  },
} as const
