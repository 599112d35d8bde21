import { stringify } from 'yaml'
import type { Assertion, Scenario, Step } from '../../../domain/generated/suite.js'
import type { Drafting } from '../drafting.js'
import type { Path } from '../path.js'
import { freeKey, isNonEmpty } from '../suite-draft.js'
import { asWords } from '../tidy.js'
import type { ImportedConversation, PlacedMoment } from './imported-conversation.js'
import { personalDataIn } from '../../../domain/personal-data.js'

export interface ConversationUse extends Pick<Drafting, 'draft' | 'lose' | 'canGreet'> {
  /** The scenario's name if the conversation has none. */
  readonly name: string
  /** Where the conversation came from, for readers. */
  readonly source: string
  /** Called for words that seem to contain personal data. */
  readonly warn: (at: Path, what: string) => void
}

/** The default limit of caller turns in a scenario. */
const defaultMaxTurns = 30

/**
 * Turns a conversation into a regression scenario. The caller repeats its words exactly and in order, whatever the
 * agent answers. The agent must do what it did then: call the same tools, and end the call the same way. A comment
 * proposes further assertions.
 *
 * @throws {RangeError} when the caller says nothing.
 */
export function draftConversation(conversation: ImportedConversation, use: ConversationUse): void {
  const { draft } = use
  const { moments, endedBy } = conversation
  const said = callerTurns(moments, use)
  const [first, ...rest] = said
  if (first === undefined) throw new RangeError('The caller says nothing in this conversation.')
  const speakers = moments.filter(isHeard)
  const [opening, last] = [speakers[0], speakers.at(-1)].map(moment => moment?.type === 'said' && moment.by === 'agent')
  if (opening && !use.canGreet) {
    use.lose({ at: speakers[0]?.at ?? [], message: 'The agent spoke first, but over HTTP it only answers, so the caller opens the call.' })
  }
  const waits = opening && use.canGreet
  const answers = hangUp(waits ? said : rest, { agentSpokeLast: last === true, endedBy })
  const steps = answers.map((say): Step => ({ when: 'any', say }))

  const name = conversation.name ?? use.name
  const key = freeKey(name.toLowerCase(), draft.scenarios, 'conversation')
  const expect = expectationsOf(conversation, said.length)
  const scenario: Scenario = {
    ...(name !== key && { name }),
    description: `Replays a conversation: ${use.source}`,
    tags: ['regression'],
    script: {
      first_message: waits ? '' : first,
      ...(steps.length > 0 && { steps }),
    },
    ...(isNonEmpty(expect) && { expect }),
    ...(steps.length >= defaultMaxTurns && { max_turns: steps.length + 5 }),
  }
  draft.scenarios.set(key, scenario)
  draft.notes.set(`scenarios.${key}`, { before: 'From a real conversation: check it for personal data before you commit it.' })
  const proposals = proposalsFrom(moments)
  if (proposals.length > 0) {
    const lines = proposals.map(
      assertion =>
        `- ${stringify(assertion, { collectionStyle: 'flow', lineWidth: 0 })
          .trim()
          .replaceAll('${', () => '$${')}`,
    )
    draft.notes.set(`scenarios.${key}.expect`, { behind: ['This was true as well. Copy what must always be true:', ...lines].join('\n') })
  }
}

/** Whether the other side hears the moment. */
function isHeard(moment: PlacedMoment): moment is PlacedMoment & { readonly type: 'said' | 'dtmf' } {
  return moment.type === 'said' || moment.type === 'dtmf'
}

/** The caller's words, one item per turn. A turn lasts until the agent speaks again. */
function callerTurns(moments: readonly PlacedMoment[], { lose, warn }: ConversationUse): string[] {
  const turns: string[] = []
  let goesOn = false
  for (const moment of moments) {
    if (!isHeard(moment)) continue
    if (moment.by === 'agent') {
      goesOn = false
      continue
    }
    const words = moment.type === 'dtmf' ? `<dtmf digits="${moment.digits}"/>` : wordsOf(moment)
    turns.push(goesOn ? `${turns.pop() ?? ''} ${words}` : words)
    goesOn = true
  }
  return turns

  function wordsOf({ text, at }: Extract<PlacedMoment, { type: 'said' }>): string {
    for (const what of personalDataIn(text)) warn(at, what)
    for (const [, name = ''] of text.matchAll(/\[redacted (\w+)\]/g)) {
      lose({ at, message: `A secret was redacted here. Write \${${name}} to read it from the environment.` })
    }
    const words = asWords(text.trim())
    if (words.changed)
      lose({ at, message: 'Text that looks like a tag or a template now has a space in it, so that the caller says it literally.' })
    return words.text
  }
}

/** Ends the caller's turns as the call ended. If the agent did not hang up, the caller does. */
function hangUp(
  turns: readonly string[],
  how: { readonly agentSpokeLast: boolean; readonly endedBy: ImportedConversation['endedBy'] },
): string[] {
  if (how.endedBy === 'agent') return [...turns]
  if (how.agentSpokeLast || turns.length === 0) return [...turns, '<endcall/>']
  return turns.map((words, index) => (index === turns.length - 1 ? `${words} <endcall/>` : words))
}

function expectationsOf({ moments, endedBy }: ImportedConversation, turns: number): Assertion[] {
  const tools = new Set(moments.flatMap(moment => (moment.type === 'tool_called' ? moment.name : [])))
  const called = [...tools].map((name): Assertion => ({ tool_called: { name } }))
  // A caller that hangs up has finished its script; a caller the agent hangs up on may not have.
  if (endedBy === 'agent') return [...called, { turns: { min: turns } }, { ended_by: 'agent' }]
  return [...called, { ended_by: 'caller' }]
}

const mostProposals = 8
const longestQuote = 160

/** Further assertions that were true then, but may be too strict: arguments of tools, and the agent's words. */
function proposalsFrom(moments: readonly PlacedMoment[]): Assertion[] {
  const calls = moments.flatMap((moment): Assertion[] => {
    if (moment.type !== 'tool_called' || typeof moment.arguments !== 'object') return []
    const told = { ...moment.arguments }
    return Object.keys(told).length > 0 ? [{ tool_called: { name: moment.name, arguments: told } }] : []
  })
  const words = moments.flatMap((moment): Assertion[] => {
    const text = moment.type === 'said' && moment.by === 'agent' ? moment.text.trim() : ''
    return text !== '' && text.length <= longestQuote && !text.includes('\n') ? [{ agent_says: { contains: text } }] : []
  })
  return [...calls.slice(0, mostProposals / 2), ...words.slice(-mostProposals / 2)]
}
