import { isWithin, type ToolCallMatcher } from '../../../domain/assertion.js'
import { asGiven } from '../../../domain/filled-value.js'
import { foldForm } from '../../../domain/fold-text.js'
import { covers, differences, type Difference } from '../../../domain/json-equal.js'
import { isRecord } from '../../../domain/json-value.js'
import { unseenInequality } from '../../../domain/unseen-difference.js'
import type { SortedTranscript, ToolCall } from '../sorted-transcript.js'
import type { Wording } from '../wording.js'
import { finding, type Finding } from './finding.js'
import { hasMark, undecided } from './masked.js'

/**
 * Whether the agent called a tool as often as asked (by default, at least once).
 *
 * Arguments match partially: objects in depth, everything else exactly, lists as a whole unless `{ includes: [...] }` asks for
 * less, and 1 is not "1". With `after`, only calls after the
 * first call of that tool count.
 *
 * Calls may match in one reading only: where a variable fills in a value, or a name or a text differs by what nobody sees, or a text by
 * its case. They count for `times` in the way that is worse for the agent.
 *
 * @param isNegated  Whether a match is what must not be.
 */
export function toolCalled(wanted: ToolCallMatcher, conversation: SortedTranscript, isNegated: boolean): Finding {
  const { calls, lastTurn, wording, isStored } = conversation
  const { name, arguments: args, times: asked = { min: 1 }, after } = wanted
  if (isStored && calls.some(call => hasMark(call.name))) return undecided()
  const start = after === undefined ? 0 : calls.findIndex(call => (isNegated ? isAlike(call.name, after) : call.name === after)) + 1
  const inOrder = after !== undefined && start === 0 ? [] : calls.slice(start)
  if (isStored && args !== undefined && inOrder.some(call => isAlike(call.name, name) && hasMark(call.arguments))) return undecided()
  const named = inOrder.filter(call => isAlike(call.name, name))
  const given = named.filter(call => call.name === name && (args === undefined || covers(call.arguments, args)))
  const inAnyReading = named.filter(call => args === undefined || covers(call.arguments, args, 'any'))
  const unread = args === undefined ? [] : named.filter(call => !isRecord(call.arguments))
  const holds = isWithinAsked(given.length, inAnyReading.length)
  // Calls whose arguments cannot be read may have matched.
  for (let more = 1; more <= unread.length; more += 1) {
    if (isWithinAsked(given.length + more, inAnyReading.length + more) !== holds) return undecidedBy(unread.at(-1)!, wording)
  }

  const matching = isWithin(given.length, asked) === holds ? given : inAnyReading
  const last = matching.at(-1)
  if (last) {
    const times = matching.length === 1 ? 'once' : `${matching.length} times`
    return finding(
      holds,
      () => `${name} was called ${times} this way, last with ${wording.inline(last.arguments)}${unseenIn(last, wanted)}`,
      last.turn,
    )
  }
  const namesakes = calls.filter(call => call.name === name)
  const closest = closestOf(namesakes, args)
  return finding(holds, () => insteadOf(wanted, closest, calls, wording), closest?.turn ?? lastTurn)

  function isWithinAsked(least: number, most: number): boolean {
    const counts = Array.from({ length: most - least + 1 }, (_, i) => isWithin(least + i, asked))
    return isNegated ? counts.includes(true) : !counts.includes(false)
  }
}

/** Whether two names differ by nothing that anybody sees. */
function isAlike(one: string, other: string): boolean {
  return one === other || foldForm(one) === foldForm(other)
}

/** Why no call matched. */
function insteadOf(wanted: ToolCallMatcher, closest: ToolCall | undefined, calls: readonly ToolCall[], { inline }: Wording): string {
  const { name, arguments: args, after } = wanted
  if (calls.length === 0) return 'no tool was called'
  if (!closest) {
    const difference = calls.map(call => unseenInequality(call.name, name)).find(each => each !== undefined)
    const looks = difference === undefined ? '' : ` (one only looks like it: ${difference})`
    return `${name} was not called; called: ${[...new Set(calls.map(call => call.name))].join(', ')}${looks}`
  }
  const [first, ...others] = differencesOf(closest, args)
  if (first) {
    const more = others.length > 0 ? ` and ${others.length} more` : ''
    return `${name} was called with ${first.path || 'arguments'} = ${inline(first.found)}${unseen(first)}${ofList(first)}${more}`
  }
  return calls.some(call => call.name === after) ? `${name} was called only before ${after}` : `${after} was not called`
}

function undecidedBy({ name, arguments: args, turn }: ToolCall, { inline }: Wording): Finding {
  const found = args === undefined ? 'with arguments that cannot be read' : `with arguments = ${inline(args)}`
  return { holds: 'unknown', turn, saw: () => `${name} was called ${found}` }
}

/** A list that differs from another one only by more items is often meant to match. */
function ofList({ found, wanted }: Difference): string {
  if (!Array.isArray(found) || !Array.isArray(wanted)) return ''
  return covers(found, { includes: wanted }) ? ' (a list matches as a whole; { includes: [...] } matches a part of it)' : ''
}

function unseen({ found, wanted }: Difference): string {
  const text = asGiven(wanted)
  const difference = typeof found === 'string' && typeof text === 'string' ? unseenInequality(found, text) : undefined
  return difference === undefined ? '' : ` (which only looks like it: ${difference})`
}

/** What nobody sees that sets a call apart from the one that is asked about. */
function unseenIn(call: ToolCall, { name, arguments: args }: ToolCallMatcher): string {
  const inName = unseenInequality(call.name, name)
  if (inName !== undefined) return ` (its name only looks like it: ${inName})`
  return (
    differencesOf(call, args)
      .map(unseen)
      .find(each => each !== '') ?? ''
  )
}

/** The call with the fewest differences; the first of several. */
function closestOf(calls: readonly ToolCall[], args: ToolCallMatcher['arguments']): ToolCall | undefined {
  let closest: { call: ToolCall; distance: number } | undefined
  for (const call of calls) {
    const distance = differencesOf(call, args).length
    if (!closest || distance < closest.distance) closest = { call, distance }
  }
  return closest?.call
}

function differencesOf(call: ToolCall, args: ToolCallMatcher['arguments']): Difference[] {
  return args === undefined ? [] : [...differences(call.arguments, args)]
}
