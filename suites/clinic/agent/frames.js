// What a conversation yields: frames to send, and `listening` where it waits to be resumed with the caller's words.

export const listening = Symbol('listening')

export const say = (content) => ({ content })

/** Closing words; a conversation ends with them. */
export const hangUp = (content) => ({ content, type: 'end_call' })

/** Tells whoever evaluates the call what came of it; the caller hears nothing. */
export const note = (metadata) => ({ metadata })

/** Uses one of the agent's tools, and shows that it did. Returns the tool's result. */
export function* use(call, tool, args) {
  call.toolCalls = (call.toolCalls ?? 0) + 1
  const id = `call_${call.toolCalls}`
  yield { role: 'Function Call', data: { id, name: tool, arguments: JSON.stringify(args) } }
  const result = call.tools[tool](args)
  yield { role: 'Function Call Result', data: { id, name: tool, result: JSON.stringify(result) } }
  return result
}
