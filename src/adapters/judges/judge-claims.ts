import type { Transcript } from '../../domain/transcript.js'
import type { Holds, JudgedClaim } from '../../domain/verdict.js'
import type { LanguageModel, ModelRequest, ModelUse } from '../../ports/language-model.js'
import { checkClaim, fewTurnsOf, type CheckedClaim, type ClaimEvidence, type Said } from './check-claim.js'
import type { Claim } from './claim.js'
import { closed, longestWords } from './closed.js'
import { askInParts, beShort, Unanswered, type ByKey } from './in-parts.js'
import { majorityOf } from './majority.js'
import { askVotes } from './votes.js'
import { createQuoteFinder } from './quote.js'
import { aboutTranscript, rules } from './rules.js'
import type { Shown } from './shown.js'

/** What to judge. */
export interface ClaimsToJudge {
  readonly claims: readonly Claim[]
  readonly transcript: Transcript
  readonly shown: Shown
}

/** Judges all claims about a conversation in one request, or in one request per vote. The answers count only with evidence. */
export async function judgeClaims(
  asked: ClaimsToJudge & { readonly votes: number },
  model: LanguageModel,
  use: ModelUse,
): Promise<readonly JudgedClaim[]> {
  const { claims, transcript, shown, votes } = asked
  const answers = await askVotes(votes, vote => askVerdicts(asked, { purpose: 'judge, expected outcome', vote }, model, use))
  const evidence = { transcript, shown, isQuoted: createQuoteFinder(transcript) }
  return claims.map((claim, i) => {
    return settle(
      claim,
      answers.map(answer => checkAnswer(claim, answer[i]!, evidence)),
    )
  })
}

/**
 * Asks for the verdicts on claims, without checking them.
 *
 * @returns One for each claim, in order.
 */
export async function askVerdicts(
  { claims, transcript, shown }: ClaimsToJudge,
  { purpose, vote }: { readonly purpose: string; readonly vote?: number | undefined },
  model: LanguageModel,
  use: ModelUse,
): Promise<readonly (Said | Unanswered)[]> {
  const turns = fewTurnsOf(transcript)
  const numbered = claims.map((claim, i) => ({ ...claim, number: i + 1 }))
  const answer = await askInParts(numbered, keyOf, async (part, isAgain) => {
    const task = [taskOf(part), ...(isAgain ? [beShort] : [])].join('\n')
    const request: ModelRequest = {
      purpose,
      messages: [
        { role: 'system', content: `${rules}\n\n${howToJudge}${claims.some(isNotEvent) ? `\n${aboutDenials}` : ''}` },
        { role: 'user', content: aboutTranscript(shown, task) },
      ],
      answer: { name: 'claim_verdicts', schema: schemaOf(part, turns), mostTokens: Math.max(600, 200 + 150 * part.length) },
      ...(task.length > shown.text.length && { ifTooLong: 'Shorten the expected outcome' }),
      mayBe: 'unusable',
      ...(vote !== undefined && { vote }),
    }
    return (await model.ask(request, use)) as ByKey
  })
  return numbered.map(claim => answer[keyOf(claim)] as Said | Unanswered)
}

interface NumberedClaim extends Claim {
  readonly number: number
}

function keyOf({ number }: NumberedClaim): string {
  return String(number)
}

function checkAnswer(claim: Claim, said: Said | Unanswered, evidence: ClaimEvidence): CheckedClaim {
  return said instanceof Unanswered ? { holds: 'unknown', because: said.because } : checkClaim(claim, said, evidence)
}

function isNotEvent({ kind }: Claim): boolean {
  return kind !== 'happens'
}

function settle({ text: claim, kind }: Claim, checked: readonly CheckedClaim[]): JudgedClaim {
  const [only] = checked
  if (only && checked.length === 1) return { claim, kind, ...only }
  const votes = { yes: 0, no: 0, unknown: 0 }
  for (const { holds } of checked) votes[holds] += 1
  const holds = majorityOf(checked.map(each => each.holds))
  const speaker = checked.find(each => each.holds === holds)
  if (!speaker) return { claim, kind, holds: 'unknown', because: `the judge's votes disagree: ${wordVotes(votes)}`, votes }
  return { claim, kind, ...speaker, votes }
}

function wordVotes({ yes, no, unknown }: Record<Holds, number>): string {
  return `${yes} met, ${no} not met, ${unknown} cannot tell`
}

const howToJudge = [
  'You are given numbered claims about the conversation. Judge each on its own, and answer under its number.',
  '- "reason": one short sentence that says what in the transcript decides it.',
  '- "turn" and "quote": where the transcript shows it. The quote is copied letter by letter from one "agent", ' +
    '"agent_called_tool" or "tool_returned" line of that turn, one unbroken stretch, and as short as it can be. What the caller ' +
    'said is no evidence of what the agent did. Where there is nothing to quote, the quote is empty and the turn is null.',
  '- "verdict": "met" if the transcript shows that the claim is true. "not_met" if it shows that it is not, or if what the ' +
    'claim says should have happened did not. "cannot_tell" if the transcript does not show enough to decide.',
  '- A claim is met only if you can quote where it happened.',
  '- That the agent announces, promises or claims something is not the same as doing it, unless the claim asks for no more.',
].join('\n')

const aboutDenials =
  '- A claim of kind "never" or "always" is about the whole conversation. It is not met only if you can quote where the agent broke it. ' +
  'It is met if you read every turn and found no such place: quote the words that come nearest, with their turn in "turns"; or, if ' +
  'nothing comes near, leave the quote empty and list every turn of the agent in "turns".'

function taskOf(claims: readonly NumberedClaim[]): string {
  const numbered = claims.map(({ number: claim, text, kind }) => JSON.stringify({ claim, kind, text }))
  return ['Judge these claims, and no others:', ...numbered].join('\n')
}

/** The same claims get the same schema, because a new one has to be compiled. */
const schemas = new Map<string, Readonly<Record<string, unknown>>>()
const mostSchemas = 500

function schemaOf(claims: readonly NumberedClaim[], turns: readonly number[] | undefined): Readonly<Record<string, unknown>> {
  const most = turns?.length ?? 1
  const key = `${most} ${claims.map(({ number, kind }) => (kind === 'happens' ? number : -number)).join(' ')}`
  let schema = schemas.get(key)
  if (!schema) {
    const { happens, lasts } = verdictSchemas(most)
    schema = closed(Object.fromEntries(claims.map(({ number, kind }) => [String(number), kind === 'happens' ? happens : lasts])))
    if (schemas.size >= mostSchemas) schemas.clear()
    schemas.set(key, schema)
  }
  return schema
}

function verdictSchemas(mostTurns: number) {
  const reason = { type: 'string', maxLength: longestWords }
  const quote = { type: 'string', maxLength: longestWords }
  const verdict = { type: 'string', enum: ['met', 'not_met', 'cannot_tell'] }
  return {
    happens: closed({ reason, turn: { type: ['integer', 'null'] }, quote, verdict }),
    lasts: closed({ reason, turns: { type: 'array', maxItems: Math.max(mostTurns, 1), items: { type: 'integer' } }, quote, verdict }),
  }
}
