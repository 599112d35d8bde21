import type { Assertion } from './assertion.js'
import type { Metric } from './metric.js'
import type { Span } from './source.js'

/** A metric that a judge scores, with a rubric of ours. */
export interface JudgedMetric {
  readonly type: Metric['type']
  /** The question to the judge. */
  readonly question: string
  /** For an enum: its default values, each with its meaning. Without them, any text. */
  readonly values?: Readonly<Record<string, string>>
  /** The judge also sees the agent's knowledge files. */
  readonly usesKnowledge?: true
  /** The metric applies only if this check passes. */
  readonly appliesWhen?: Assertion
}

/** Built in, so it has no place in a suite. */
const ours: Span = { file: { path: '', text: '' }, start: 0, end: 0 }

const endedBy = (by: 'agent' | 'caller'): Assertion => ({ at: ours, kind: 'ended_by', by })

/**
 * The metrics that need a judge. A suite may name each without declaring it. For ratings, 100 is always the best; counts
 * stay counts, so their direction is obvious.
 */
export const judgedMetrics = {
  relevancy: {
    type: 'rating',
    question:
      "How much of what the agent said answered what the caller had just said, or moved the caller's request forward? " +
      '100: all of it. 50: about half; the rest was off the point, or answered another question. 0: none of it. ' +
      'Greetings, closings and questions that the agent needs an answer to are to the point.',
  },
  response_consistency: {
    type: 'rating',
    question:
      'Did the agent stay consistent with itself, with what the caller had told it, and with what its tools returned? ' +
      '100: throughout. 50: one slip that it put right, or that changed nothing for the caller. ' +
      '0: it contradicted itself, or took up names, dates, numbers or wishes wrongly, so that the caller was misled.',
  },
  hallucination: {
    type: 'numeric',
    usesKnowledge: true,
    question:
      'How many separate statements of fact did the agent make that nothing supports? A statement is supported if it follows ' +
      'from the knowledge given, from a result of its tools, or from what the caller said. To claim that something was done ' +
      'for which no tool was called, where tools are used in the conversation, is unsupported. Count each statement once, ' +
      'however often it is said. Greetings, questions, offers and opinions are no statements of fact. ' +
      'Where no knowledge is given, count only what contradicts the tools, the caller or the agent itself. ' +
      '0: none. Name each in the explanation.',
  },
  csat: {
    type: 'rating',
    question:
      'How satisfied would this caller be after this conversation, asked right after it, judged by what they wanted, what ' +
      'they got, and the effort it took? 100: entirely. 75: got what they wanted, with some effort. 50: mixed. ' +
      '25: mostly not what they wanted. 0: not at all.',
  },
  sentiment: {
    type: 'enum',
    question: "What is the caller's mood over the conversation as a whole, its end counting most?",
    values: { positive: 'pleased', neutral: 'neither pleased nor displeased', negative: 'displeased, worried or upset' },
  },
  topic: {
    type: 'enum',
    question:
      'What did the caller want, in the main? Where there is a list of values, the one that fits best; ' +
      'else two or three words in lower case, such as: cancel appointment.',
  },
  dropoff_node: {
    type: 'enum',
    question: 'At which stage did the conversation break off before what the caller wanted was settled?',
    values: {
      none: 'it was settled, or refused with a reason, and the conversation came to its end',
      greeting: 'before the caller had said what they want',
      identification: 'while finding out who the caller is',
      request: 'while finding out what is wanted',
      information: 'while giving or gathering details',
      action: 'while doing it',
      confirmation: 'after it was done or offered, before the caller agreed',
      closing: 'while saying goodbye',
    },
  },
  verbosity: {
    type: 'rating',
    question:
      'Did the agent use as many words as it took, and no more? 100: every message was as short as it could be and still ' +
      'be polite and clear. 50: many messages were longer than they need be. 0: the caller had to search for the answer. ' +
      'Repetition counts, missing information does not.',
  },
  unnecessary_repetition: {
    type: 'numeric',
    question:
      'How many times did the agent say again, in the same or in other words, what it had said already, or ask again what ' +
      'had been answered, though nobody had asked for it and nothing new had happened? Reading details back once to have ' +
      'them confirmed is not unnecessary. 0: never.',
  },
  appropriate_termination_by_agent: {
    type: 'binary',
    appliesWhen: endedBy('agent'),
    question:
      "The agent ended the conversation. Was that right? true: the caller's request was settled, refused with a reason or " +
      'handed on, the caller had nothing more to say, and the agent closed politely. false: it hung up on an open question, ' +
      'in the middle of something, or on a caller who still wanted something.',
  },
  appropriate_termination_by_caller: {
    type: 'binary',
    appliesWhen: endedBy('caller'),
    question:
      'The caller ended the conversation. Was that because it had come to its end? true: what they wanted was settled, or ' +
      'refused with a reason, and they took their leave. false: they gave up, lost patience, or hung up with something open.',
  },
} as const satisfies Readonly<Record<string, JudgedMetric>>

export type JudgedMetricName = keyof typeof judgedMetrics

/** The question to the judge about a metric. Without values of the suite's own, it explains the built-in ones. */
export function questionOf({ question, values }: JudgedMetric, ownValues?: readonly string[]): string {
  if (ownValues || !values) return question
  return [question, ...Object.entries(values).map(([value, meaning]) => `${value}: ${meaning}.`)].join(' ')
}

/** The score of the scenario's expected outcome, as a metric. */
export const outcomeMetric = 'expected_outcome'

/** Everything that only a judge can measure, by name. */
export const judgedMetricNames = [outcomeMetric, ...(Object.keys(judgedMetrics) as JudgedMetricName[])] as const
