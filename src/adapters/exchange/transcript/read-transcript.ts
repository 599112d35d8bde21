import { addAll } from '../../../domain/add-all.js'
import { isRecord } from '../../../domain/json-value.js'
import { hungUpBy, readEnding } from '../../../domain/wire/ending.js'
import { findMessages, isHolder } from '../../../domain/wire/find-messages.js'
import { readMessages } from '../../../domain/wire/read-messages.js'
import type { Loss, Problem } from '../finding.js'
import type { Path } from '../path.js'
import { isSpoken, placeMoments, type ImportedConversation, type ReadTranscripts } from './imported-conversation.js'
import { sortProblems } from './sort-problems.js'

/**
 * Reads conversations from any of these: a list of messages, in the format of chat completions or of the run-scenarios
 * API; an object that contains such a list, such as a run; a list of these; a result with its runs.
 *
 * @param json  The parsed document.
 */
export function readTranscripts(json: unknown): ReadTranscripts {
  const problems: Problem[] = []
  const losses: Loss[] = []
  const empty: Loss[] = []
  const conversations = holdersIn(json, []).flatMap(({ value, at }) => {
    const read = readHolder(value, at)
    addAll(problems, read?.problems ?? [])
    addAll(losses, read?.losses ?? [])
    if (read && isSpoken(read.conversation)) return read.conversation
    const message = read ? 'The caller says nothing in it.' : 'It has no conversation: no messages with a role and a content.'
    empty.push({ at, message })
    return []
  })
  if (problems.length > 0 || conversations.length > 0) return { conversations, problems, losses: [...losses, ...empty] }
  return { conversations, problems: empty, losses: [] }
}

/** Messages are in a list, conversations may be in another, and lines of JSON are a third. */
const deepestList = 3

/** Whether a document contains conversations, and not a test suite. */
export function isTranscript(json: unknown, listLevels = deepestList): boolean {
  if (Array.isArray(json)) return listLevels > 0 && json.some(each => isMessage(each) || isTranscript(each, listLevels - 1))
  return isRecord(json) && (isHolder(json) || isRecord(json['runs']))
}

interface Holder {
  readonly value: unknown
  readonly at: Path
}

function holdersIn(json: unknown, at: Path): Holder[] {
  if (isRecord(json) && isRecord(json['runs'])) {
    return Object.entries(json['runs']).map(([id, value]) => ({ value, at: [...at, 'runs', id] }))
  }
  if (Array.isArray(json) && json.some(each => isTranscript(each) && !isMessage(each))) {
    return json.map((value, index) => ({ value, at: [...at, index] }))
  }
  return [{ value: json, at }]
}

function isMessage(value: unknown): boolean {
  return isRecord(value) && typeof value['role'] === 'string'
}

function readHolder(
  value: unknown,
  at: Path,
): { readonly conversation: ImportedConversation; readonly problems: Problem[]; readonly losses: Loss[] } | undefined {
  const found = findMessages(value)
  if (!found) return undefined
  const placeOf = (index: number): Path => [...at, ...found.pathOf(index)]
  const { moments, sources, problems } = readMessages(found.messages)
  const conversation = { moments: placeMoments(moments, index => placeOf(sources[index] ?? 0)), ...(isRecord(value) && aboutRun(value)) }
  return { conversation, ...sortProblems(problems, ({ index, path }) => [...placeOf(index), ...path]) }
}

function aboutRun(run: Readonly<Record<string, unknown>>): Pick<ImportedConversation, 'name' | 'endedBy'> {
  const name = [run['scenario_name'], run['name'], run['call_id']].find(each => typeof each === 'string' && each.trim() !== '')
  const endedBy = hungUpBy(readEnding(run))
  return { ...(typeof name === 'string' && { name }), ...(endedBy && { endedBy }) }
}
