import { count } from './count.js'

/** What a result does not show, as a code with its numbers and names. */
export interface Limit {
  readonly code: LimitCode
  readonly count?: number
  readonly of?: number
  readonly names?: readonly string[]
}

type LimitCode = keyof typeof sentences

/** In the order of reports: first what a reader must know before anything else. */
const sentences = {
  CUT_OFF: ({ count: runs = 0, names }: Limit) =>
    runs === 0
      ? `The journal ${names ? `of ${listed(names)} ` : ''}has no end: it was cut.`
      : `${count(runs, 'run')} did not happen: ${listed(names)}.`,
  AGENT_CHANGED: ({ names }: Limit) => `The agent changed during the result: ${listed(names)}.`,
  BAR_CHANGED: ({ names }: Limit) => `The thresholds are not those of ${listed(names)}.`,
  SHARD: ({ count: nth = 0, of = 0 }: Limit) => `This is shard ${nth} of ${of} of the suite.`,
  FILTERED: ({ names }: Limit) => `Only a part of the suite ran, or not as often as it says: ${listed(names)}.`,
  RESUMED: ({ count: times = 0 }: Limit) => `The result was interrupted and resumed ${times === 1 ? 'once' : `${times} times`}.`,
  WAIVED: ({ count: runs = 0, names = [] }: Limit) =>
    `${count(runs, 'failed run')} ${runs === 1 ? 'is' : 'are'} excepted: ${listed(names)}.`,
  MERGED: ({ count: parts = 0, names = [] }: Limit) =>
    `The result is merged from ${count(parts, 'result')}${names.length === 0 ? '' : `, which differ, as --allow permits, in: ${listed(names)}`}.`,
  RERUN: ({ count: runs = 0 }: Limit) =>
    `Cases that ran again count as retries: ${count(runs, 'run')} passed only after an attempt that failed.`,
  RESCORED: ({ names }: Limit) => `No agent was called: the conversations are those of ${listed(names)}.`,
  MODELS_REPLAYED: ({ names }: Limit) => `No model was asked: its answers are from ${listed(names)}.`,
  INCONCLUSIVE: ({ count: runs = 0, of = 0 }: Limit) => `${runs} of ${count(of, 'run')} ${runs === 1 ? 'was' : 'were'} inconclusive.`,
  FEW_REPEATS: ({ count: cases = 0, of = 0 }: Limit) =>
    `${cases} of ${count(of, 'case')} ran at most ${fewRepeats} times, which says little about how often ${cases === 1 ? 'it passes' : 'they pass'}.`,
  SMALL_N: ({ count: runs = 0 }: Limit) => `Only ${count(runs, 'run')} counted: shares of so few are rough.`,
  SCRIPTED_CALLERS: ({ count: cases = 0, of = 0 }: Limit) =>
    `The callers of ${cases} of ${count(of, 'case')} are scripted: they say what the suite wrote, whatever real callers say.`,
  TEXT_ONLY: ({ names }: Limit) => `No sound was heard from ${listed(names)}.`,
  NO_JUDGE_CONTROLS: () => 'No judge control checks the judge.',
  SUITE_CHANGED: ({ names }: Limit) => `The suite is not that of ${listed(names)}, so what differs from it may not be the agent's doing.`,
  PERSONAL_DATA_REDACTED: () =>
    'E-mail addresses, dates and long numbers were taken out of what was said (--redact). Names have no pattern: they are still there.',
  SECRETS_REDACTED: ({ names }: Limit) => `Secrets are taken out wherever they were said: ${listed(names)}.`,
  SPLIT_VOTES: ({ count: answers = 0, of = 0 }: Limit) => `The judge's votes disagreed on ${answers} of ${count(of, 'answer')}.`,
  NO_AGENT_DIGEST: ({ names }: Limit) => `No digest says which build was tested of ${listed(names)}.`,
}

/** A case that ran no more often than this has few repeats. */
export const fewRepeats = 3
/** With fewer counted runs than this, a result is small. */
export const smallNumber = 30

/** The limits that the head of every report tells: the result is not what its suite asks for. */
const atHead: ReadonlySet<LimitCode> = new Set<LimitCode>([
  'AGENT_CHANGED',
  'BAR_CHANGED',
  'CUT_OFF',
  'MODELS_REPLAYED',
  'PERSONAL_DATA_REDACTED',
  'RESCORED',
  'SHARD',
  'FILTERED',
  'RESUMED',
  'WAIVED',
  'MERGED',
  'RERUN',
])

export function isAtHead({ code }: Limit): boolean {
  return atHead.has(code)
}

/** A limit in a sentence. Its names are others' words. */
export function limitText(limit: Limit): string {
  return sentences[limit.code](limit)
}

export const limitCodes = Object.keys(sentences) as readonly LimitCode[]

function listed(names: readonly string[] = []): string {
  return names.join(', ')
}
