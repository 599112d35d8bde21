import type { Attempt, RunEnded, RunEvent } from './event.js'
import type { Fault } from './fault.js'
import type { Mask } from './mask.js'
import type { Outcome } from './outcome.js'
import type { Sound } from './sound.js'
import type { Moment, Transcript } from './transcript.js'
import type { Check, JudgedOutcome, MetricScore, Verdict } from './verdict.js'

/**
 * Masks what people and programs said in an event of a run. What we write ourselves (kinds, keys, ids, numbers, times) stays as
 * it is, whatever a secret's value may be.
 */
export function maskEvent(event: RunEvent, mask: Mask): RunEvent {
  if (mask.isEmpty) return event
  switch (event.type) {
    case 'run.started':
    case 'run.waiting':
      return event
    case 'run.awaiting':
      return { ...event, number: mask.text(event.number) }
    // Its turn is masked as a whole before: a secret may be split over the messages.
    case 'run.turn':
      return event
    case 'run.retrying':
      return { ...event, because: mask.text(event.because), made: maskAttempt(event.made, mask) }
    case 'run.ended':
      return maskRun(event, mask)
  }
}

/** Masks a run's conversation, verdict and fault. */
export function maskRun(run: RunEnded, mask: Mask): RunEnded {
  if (mask.isEmpty) return run
  return {
    ...run,
    outcome: maskOutcome(run.outcome, mask),
    earlier: run.earlier.map(attempt => maskAttempt(attempt, mask)),
    ...(run.agentVersion !== undefined && { agentVersion: mask.text(run.agentVersion) }),
  }
}

/** Masks a conversation; secrets that one side split over several messages of a turn, too. */
export function maskTranscript(transcript: Transcript, mask: Mask): Transcript {
  if (mask.isEmpty) return transcript
  const { moments, metadata, sound, dialogue } = transcript
  return {
    ...transcript,
    moments: maskMoments(moments, mask),
    metadata: mask.json(metadata),
    ...(sound && { sound: maskSound(sound, mask) }),
    ...(dialogue !== undefined && { dialogue: mask.text(dialogue) }),
  }
}

/** Masks what was heard, claimed or quoted; the rest is numbers and names of ours. */
function maskSound(sound: Sound, mask: Mask): Sound {
  const { claimed, warnings, selfHeard } = sound
  const claims = claimed && mask.texts(claimed.map(({ text }) => text))
  const said = selfHeard && mask.texts(selfHeard.said.map(({ text }) => text))
  const heard = selfHeard && mask.texts(selfHeard.said.map(each => each.heard))
  return {
    ...sound,
    ...(claimed && { claimed: claimed.map((each, i) => ({ ...each, text: claims![i]! })) }),
    ...(warnings && { warnings: warnings.map(warning => mask.text(warning)) }),
    ...(selfHeard && { selfHeard: { ...selfHeard, said: selfHeard.said.map((_, i) => ({ text: said![i]!, heard: heard![i]! })) } }),
  }
}

/** Masks moments of one or more whole turns. */
export function maskMoments(moments: readonly Moment[], mask: Mask): readonly Moment[] {
  if (mask.isEmpty) return moments
  const bySide = new Map<string, { readonly at: number; readonly moment: SaidMoment }[]>()
  const masked = moments.map((moment, at) => {
    if (moment.type !== 'said') return maskMoment(moment, mask)
    const side = `${moment.by} ${moment.turn}`
    const before = bySide.get(side)
    if (before) before.push({ at, moment })
    else bySide.set(side, [{ at, moment }])
    return moment
  })
  for (const said of bySide.values()) {
    const texts = mask.texts(said.map(({ moment }) => moment.text))
    for (const [nth, { at, moment }] of said.entries()) masked[at] = { ...withMaskedCause(moment, mask), text: texts[nth]! }
  }
  return masked
}

type SaidMoment = Extract<Moment, { type: 'said' }>

function maskMoment(moment: Exclude<Moment, SaidMoment>, mask: Mask): Moment {
  switch (moment.type) {
    case 'thought':
      return { ...moment, text: mask.text(moment.text) }
    case 'dtmf':
      return { ...moment, digits: mask.text(moment.digits) }
    case 'tool_called':
      return { ...moment, ...named(moment, mask), ...given(moment, 'arguments', mask) }
    case 'tool_returned':
      return { ...moment, ...named(moment, mask), ...given(moment, 'result', mask) }
  }
}

function withMaskedCause(moment: SaidMoment, mask: Mask): SaidMoment {
  const { cause } = moment
  if (cause?.kind !== 'instructions' || cause.reason === undefined) return moment
  return { ...moment, cause: { ...cause, reason: mask.text(cause.reason) } }
}

/** What an agent calls its tools and their calls. */
function named(
  { id, name }: { readonly id?: string; readonly name?: string },
  mask: Mask,
): { readonly id?: string; readonly name?: string } {
  return { ...(id !== undefined && { id: mask.text(id) }), ...(name !== undefined && { name: mask.text(name) }) }
}

function given<Key extends 'arguments' | 'result'>(moment: { readonly [K in Key]?: unknown }, key: Key, mask: Mask): object {
  return key in moment ? { [key]: mask.json(moment[key]) } : {}
}

/** Masks an attempt. */
export function maskAttempt(attempt: Attempt, mask: Mask): Attempt {
  return { ...attempt, outcome: maskOutcome(attempt.outcome, mask) }
}

function maskOutcome(outcome: Outcome, mask: Mask): Outcome {
  switch (outcome.status) {
    case 'passed':
    case 'failed':
    case 'unscored':
      return { ...outcome, transcript: maskTranscript(outcome.transcript, mask), verdict: maskVerdict(outcome.verdict, mask) }
    case 'agent_error':
    case 'infra_error':
      return { ...outcome, transcript: maskTranscript(outcome.transcript, mask), fault: maskFault(outcome.fault, mask) }
    case 'caller_invalid':
      return { ...outcome, transcript: maskTranscript(outcome.transcript, mask), reason: mask.text(outcome.reason) }
    case 'not_run':
      return outcome
  }
}

/** Masks the words of a fault. */
export function maskFault(fault: Fault, mask: Mask): Fault {
  return { ...fault, message: mask.text(fault.message) }
}

function maskVerdict(verdict: Verdict, mask: Mask): Verdict {
  const { checks, metrics, outcome } = verdict
  return {
    ...verdict,
    checks: checks.map(check => maskCheck(check, mask)),
    metrics: metrics.map(score => maskScore(score, mask)),
    ...(outcome && { outcome: maskJudgement(outcome, mask) }),
  }
}

function maskCheck(check: Check, mask: Mask): Check {
  return { ...check, assertion: mask.text(check.assertion), because: mask.text(check.because) }
}

/** A text may be the agent's: an enum's value from its metadata. */
function maskScore(score: MetricScore, mask: Mask): MetricScore {
  const { value, votes, because, explanation } = score
  return {
    ...score,
    ...(typeof value === 'string' && { value: mask.text(value) }),
    ...(votes && { votes: votes.map(vote => (typeof vote === 'string' ? mask.text(vote) : vote)) }),
    ...(because !== undefined && { because: mask.text(because) }),
    ...(explanation !== undefined && { explanation: mask.text(explanation) }),
  }
}

function maskJudgement(outcome: JudgedOutcome, mask: Mask): JudgedOutcome {
  return {
    ...outcome,
    claims: outcome.claims.map(claim => ({
      ...claim,
      claim: mask.text(claim.claim),
      because: mask.text(claim.because),
      ...(claim.quote !== undefined && { quote: mask.text(claim.quote) }),
    })),
  }
}
