import type { Assertion, ToolCallMatcher } from './assertion.js'
import { leavesOf } from './assertion-leaves.js'
import type { Scalar } from './document.js'
import { FilledValue } from './filled-value.js'
import { isBlank } from './fold-text.js'
import { isRecord } from './json-value.js'
import type { Metric } from './metric.js'
import { placeholder } from './placeholder.js'
import type { TextMatcher } from './text-matcher.js'

/** The values of placeholders, by name. */
export type Values = Readonly<Record<string, Scalar>>

/** Fills in the placeholders of an assertion. Those without a value stay; {@link unfilledIn} finds them. */
export function fillInAssertion(assertion: Assertion, values: Values): Assertion {
  switch (assertion.kind) {
    case 'agent_says':
    case 'caller_says':
      return { ...assertion, matcher: fillInSought(assertion.matcher, values) }
    case 'tool_called':
      return { ...assertion, call: fillInCall(assertion.call, values) }
    case 'metadata': {
      const { matcher, pointer } = assertion
      return {
        ...assertion,
        pointer: fillInText(pointer, sayingSomething(values)),
        ...('equals' in assertion && { equals: fillInJson(assertion.equals, values) }),
        ...(matcher && { matcher: fillInSought(matcher, values) }),
      }
    }
    case 'metric': {
      const { equals } = assertion
      return typeof equals === 'string' ? { ...assertion, equals: fillInText(equals, values) } : assertion
    }
    case 'not':
      return { ...assertion, assertion: fillInAssertion(assertion.assertion, values) }
    case 'all':
    case 'any':
      return { ...assertion, assertions: assertion.assertions.map(each => fillInAssertion(each, values)) }
    default:
      return assertion
  }
}

/** Fills in the placeholders of a metric: in what it looks for, its question and its trigger. */
export function fillInMetric(metric: Metric, values: Values): Metric {
  const { trigger } = metric
  return {
    ...metric,
    source: fillInSource(metric.source, values),
    ...(trigger && {
      trigger:
        trigger.kind === 'judge'
          ? { ...trigger, question: fillInText(trigger.question, values) }
          : { ...trigger, assertion: fillInAssertion(trigger.assertion, values) },
    }),
  }
}

/** Fills in the placeholders of a matcher. In a pattern, a value stands for itself, whatever signs are in it. */
export function fillInMatcher({ contains, matches, equals, oneOf }: TextMatcher, values: Values): TextMatcher {
  return {
    ...(contains !== undefined && { contains: fillInText(contains, values) }),
    ...(matches !== undefined && { matches: fillInText(matches, values, value => value.replaceAll(/[\\^$.|?*+()[\]{}-]/g, '\\$&')) }),
    ...(equals !== undefined && { equals: fillInText(equals, values) }),
    ...(oneOf && { oneOf: oneOf.map(each => fillInText(each, values)) }),
  }
}

/** The same for what is checked. In a pattern, a blank value is none: with nothing in its place, most patterns match anything. */
function fillInSought(matcher: TextMatcher, values: Values): TextMatcher {
  const { matches } = fillInMatcher(matcher, sayingSomething(values))
  return { ...fillInMatcher(matcher, values), ...(matches !== undefined && { matches }) }
}

/** Without blank values: placeholders of these stay. */
function sayingSomething(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isBlank(String(value ?? ''))))
}

/** Every text of an assertion that may contain placeholders, keys included. */
export function textsOfAssertion(assertion: Assertion): string[] {
  return leavesOf(assertion).flatMap(({ assertion: { at: _, kind: _kind, ...asked } }) => textsIn(asked))
}

/** Every text of a metric that may contain placeholders. */
export function textsOfMetric({ source, trigger }: Metric): string[] {
  const before = trigger?.kind === 'assertion' ? textsOfAssertion(trigger.assertion) : textsIn(trigger)
  return [...textsIn(source), ...before]
}

/** The first placeholder that is left in one of the texts, as it is written; `undefined` if there is none. */
export function unfilledIn(texts: readonly string[]): string | undefined {
  const left = texts.find(text => text.includes('{{'))
  return left === undefined ? undefined : (/\{\{[^{}]*\}\}/.exec(left)?.[0] ?? left.slice(left.indexOf('{{'), left.indexOf('{{') + 40))
}

/** All texts in a JSON value, and all keys. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return isRecord(value) ? Object.entries(value).flatMap(([key, part]) => [key, ...textsIn(part)]) : []
}

function fillInSource(source: Metric['source'], values: Values): Metric['source'] {
  switch (source.kind) {
    case 'agent_says':
    case 'caller_says':
      return { ...source, matcher: fillInSought(source.matcher, values) }
    case 'tool_called':
      return { ...source, call: fillInCall(source.call, values) }
    case 'metadata':
      return { ...source, pointer: fillInText(source.pointer, sayingSomething(values)) }
    case 'judge':
      return { ...source, question: fillInText(source.question, values) }
    default:
      return source
  }
}

function fillInCall(call: ToolCallMatcher, values: Values): ToolCallMatcher {
  const { name, arguments: args, after } = call
  return {
    ...call,
    name: fillInText(name, sayingSomething(values)),
    ...(args && { arguments: fillInJson(args, values) as Readonly<Record<string, unknown>> }),
    ...(after !== undefined && { after: fillInText(after, sayingSomething(values)) }),
  }
}

/** A text that is exactly one placeholder becomes the value itself, marked as filled in. */
function fillInJson(value: unknown, values: Values): unknown {
  if (typeof value === 'string') {
    const [first] = value.matchAll(placeholder)
    const name = first?.[1] ?? ''
    return first?.[0] === value && Object.hasOwn(values, name) ? new FilledValue(values[name] ?? null) : fillInText(value, values)
  }
  if (Array.isArray(value)) return value.map(each => fillInJson(each, values))
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [fillInText(key, values), fillInJson(part, values)]))
}

/** Fills in the placeholders of a text; those without a value stay. */
export function fillInText(text: string, values: Values, encode = (value: string): string => value): string {
  if (!text.includes('{{')) return text
  return text.replaceAll(placeholder, (written, name: string) =>
    Object.hasOwn(values, name) ? encode(String(values[name] ?? '')) : written,
  )
}
