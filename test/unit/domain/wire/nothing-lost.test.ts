import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messagesInText } from '../../../../src/domain/wire/text.js'
import { readMessages, type ReadMessages } from '../../../../src/domain/wire/read-messages.js'

type Path = readonly (string | number)[]

const roles = ['user', 'assistant', 'Function Call', 'tool', 'system', 'narrator']
const types = ['text', 'tool_use', 'tool_result', 'tool-call', 'image', 'refusal', 'thinking']
const messageKeys = ['content', 'data', 'tool_calls', 'function_call', 'digits', 'cause', 'turn', 'start_time', 'refusal', 'message', 'cut']
const toolKeys = ['function', 'name', 'arguments', 'args', 'input', 'parameters', 'result', 'kwargs', 'toolName', 'unmatched', 'is_error']
const partKeys = ['text', 'refusal', 'content', 'type', 'thinking', 'url', 'kind', 'reason', 'number']
const idKeys = ['id', 'tool_call_id', 'call_id', 'tool_use_id', 'toolCallId']
const keys = [...messageKeys, ...toolKeys, ...partKeys, ...idKeys]

/** Every text in it is a number sign, later numbered, so that each is told from all others. */
const leaf = fc.constantFrom<unknown>(
  '#',
  '#',
  '#',
  '#(#)',
  '{"name":"#","arguments":{"a":"#"}}',
  '["#"]',
  '<dtmf digits="1"/>',
  5,
  true,
  null,
)
const { tree } = fc.letrec(tie => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'tree' },
    leaf,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 4 }),
    fc
      .tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 3 }))
      .map(([type, rest]) => ({ ...(rest as object), type })),
  ),
}))
const message = fc
  .tuple(fc.constantFrom(...roles), fc.dictionary(fc.constantFrom(...messageKeys, ...toolKeys, ...idKeys), tree, { maxKeys: 4 }))
  .map(([role, rest]): Record<string, unknown> => ({ ...(rest as object), role }))
const messages = fc.array(message, { maxLength: 4 })

/** The same value with numbered marks, and the place of each. */
function marked(value: unknown): { readonly value: unknown; readonly marks: ReadonlyMap<string, Path> } {
  const marks = new Map<string, Path>()
  const mark = (each: unknown, path: Path): unknown => {
    if (typeof each === 'string') {
      return each.replaceAll('#', () => {
        const name = `mark${marks.size}x`
        marks.set(name, path)
        return name
      })
    }
    if (Array.isArray(each)) return each.map((item, index) => mark(item, [...path, index]))
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([key, item]) => [key, mark(item, [...path, key])]))
  }
  return { value: mark(value, []), marks }
}

/** Whether a moment has the text, or a problem names its place. */
function isKept(mark: string, [index, ...path]: Path, { moments, sources, problems }: ReadMessages): boolean {
  if (moments.some((moment, nth) => sources[nth] === index && JSON.stringify(moment).includes(mark))) return true
  return problems.some(problem => {
    if (problem.message.startsWith('And ')) return true
    const isWhole = problem.path[0] === 'role'
    return problem.index === index && (isWhole || problem.path.every((step, nth) => step === path[nth]))
  })
}

/** What is meant to be left out: ids, what instructions say, and the kind of a part. */
function isAside([index, ...path]: Path, all: readonly Readonly<Record<string, unknown>>[]): boolean {
  const { role } = all[index as number] ?? {}
  if (role === 'system' && path[0] === 'content') return true
  if (path.some(step => step === 'type' || idKeys.includes(step as string))) return true
  return path[0] === 'name' && (role === 'system' || role === 'user' || role === 'assistant')
}

test('nothing that stands in a message is lost without a word', () => {
  fc.assert(
    fc.property(messages, all => {
      const { value, marks } = marked(all)
      const read = readMessages(value as unknown[])
      const lost = [...marks].filter(([mark, path]) => !isAside(path, all) && !isKept(mark, path, read))
      expect(lost).toEqual([])
    }),
    { numRuns: 500 },
  )
})

const line = fc.oneof(
  fc.constantFrom('', '   ', '#', '{ "a": "#" }', ')', '[00:01] Testing Agent: #', '[x:#] User: #', 'Agent: #', 'Narrator: #'),
  fc.constantFrom(
    'Tool call: #',
    'Tool call: look_up #',
    'Function Call: look_up({"a": "#"})',
    'Function Call: → # (#',
    '工具 #',
    'Function Call Result: {',
    'tool: #',
  ),
  fc.constantFrom('Function Call: 工具 #', 'Function Call: look_up({', 'System: #'),
)

test('nor in a transcript in plain text', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), lines => {
      const { value, marks } = marked(lines)
      const read = messagesInText((value as string[]).join('\n'))
      const { moments, problems } = readMessages(read.map(each => each.message))
      const isUnheard = (mark: string) => read.some(each => each.message['role'] === 'System' && JSON.stringify(each).includes(mark))
      const isTold = (mark: string) => problems.some(({ index }) => JSON.stringify(read[index]).includes(mark))
      const lost = [...marks.keys()].filter(mark => !JSON.stringify(moments).includes(mark) && !isTold(mark) && !isUnheard(mark))
      expect(lost).toEqual([])
    }),
    { numRuns: 500 },
  )
})

test('words beside the content are a loss, unless they say the same', () => {
  const key = fc.constantFrom('text', 'message', 'messages', 'reply', 'response', 'answer', 'transcript', 'delta')
  const words = fc.constantFrom<unknown[]>('credit', ['credit'], { text: 'credit' })
  fc.assert(
    fc.property(fc.constantFrom('assistant', 'user'), key, words, (role, name, other) => {
      const { moments, problems } = readMessages([{ role, content: 'ok', [name]: other }])
      expect(moments).toMatchObject([{ type: 'said', text: 'ok' }])
      expect(problems).toMatchObject([{ isLost: true, message: `Words belong in content: ${name} is not read.` }])
      expect(readMessages([{ role, content: 'ok', [name]: 'ok' }]).problems).toEqual([])
    }),
  )
})
