import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import { isRecord } from '../../domain/json-value.js'
import type { PlanOptions } from '../../domain/plan-options.js'

/** What an option must be, in words, and whether a value is that. */
interface Rule {
  readonly must: string
  readonly allows: (value: unknown) => boolean
}

const isWholeFrom = (least: number, value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= least
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(each => typeof each === 'string')

const count: Rule = { must: 'a whole number, 1 or more', allows: value => isWholeFrom(1, value) }
const texts: Rule = { must: 'a list of texts', allows: isTexts }
const record: Rule = { must: 'an object', allows: isRecord }

const rules: Readonly<Record<keyof PlanOptions, Rule>> = {
  frequency: count,
  concurrency: count,
  maxFailures: count,
  seed: { must: 'a whole number, 0 or more', allows: value => isWholeFrom(0, value) },
  tags: texts,
  filter: texts,
  cases: texts,
  shard: {
    must: 'two whole numbers, { nth, of }, with 1 <= nth <= of',
    allows: value => isRecord(value) && isWholeFrom(1, value['nth']) && isWholeFrom(value['nth'] as number, value['of']),
  },
  baseline: { must: 'the folder of a result', allows: value => typeof value === 'string' && value !== '' },
  waivers: {
    must: 'a list of waivers, each with case, reason, issue, owner and expires',
    allows: value =>
      Array.isArray(value) &&
      value.every(each => isRecord(each) && isTexts([each['case'], each['expires'], each['owner'], each['issue'], each['reason']])),
  },
  agents: { must: 'an object with an address for each agent', allows: value => isRecord(value) && isTexts(Object.values(value)) },
  request: record,
  hosted: record,
}

/** The options for programs; the others are ours. */
const promised = Object.keys(rules).filter(option => rules[option as keyof PlanOptions] !== record)

/** Reports options that no suite could follow: a program may pass anything. */
export function* checkOptionValues(options: PlanOptions): Generator<Diagnostic> {
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue
    const rule = Object.hasOwn(rules, option) ? rules[option as keyof PlanOptions] : undefined
    if (!rule) yield diagnose('OPTION_UNKNOWN', { option, known: promised })
    else if (!rule.allows(value)) yield diagnose('OPTION_VALUE', { option, value, must: rule.must })
  }
}
