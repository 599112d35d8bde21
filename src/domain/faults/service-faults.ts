import { endSentence } from '../excerpt.js'
import { faultOf } from '../fault.js'
import type { OutcomeStatus } from '../outcome.js'

/** Faults of a run that a hosted service conducts. None of them says anything about the agent. */
export const serviceFaults = {
  /** @param p.error  The service's error message. */
  endedBadly: (p: { run: number; status: string; error: string | undefined }) =>
    faultOf(
      'service',
      `${endSentence(`The service ended run ${p.run} as ${p.status}${p.error === undefined ? '' : `: ${p.error}`}`)} Look for the reason there.`,
    ),
  /** @param p.noun  What differs, by its ids: what the service told, and what was asked for. */
  otherRun: (p: { run: number; noun: 'scenario' | 'agent'; told: number | undefined; asked: number | undefined }) =>
    faultOf(
      'service',
      `The service answered run ${p.run} with one of ${p.noun} ${p.told}, but ${p.noun} ${p.asked} was asked for. Look at the run there.`,
    ),
  agentSilent: () => faultOf('silence', 'The agent fell silent, according to the service.'),
  notOver: () => faultOf('service', 'The run was not over yet.'),
  noEnd: (p: { where: string }) => faultOf('service', `The ${p.where} is over, but this run has no end there. Look for the reason there.`),
  noNews: (p: { where: string; ms: number; trouble: string | undefined }) =>
    faultOf('service', `Nothing has happened to ${p.where} for ${Math.round(p.ms / 1000)} s. ${p.trouble ?? 'Look for the reason there.'}`),
  /** @param p.message  The service's answer, as a sentence. */
  refused: (p: { message: string }) => faultOf('service', p.message),
  attemptEnded: (p: { outcome: OutcomeStatus }) => faultOf('service', `An attempt ended ${p.outcome}.`),
}
