// What a conversation yields: frames to send, and `listening` where it waits for the caller's words.

export const listening = Symbol('listening')

export const say = (content) => ({ content })

/** Closing words, which end the conversation. */
export const hangUp = (content) => ({ content, type: 'end_call' })

/** Reports a fact about the call to its evaluator. The caller hears nothing. */
export const note = (metadata) => ({ metadata })

/** Calls one of the agent's tools and reports the call. Returns the tool's result. */
export function* use(call, tool, args) {
  call.toolCalls = (call.toolCalls ?? 0) + 1
  const id = `call_${call.toolCalls}`
  yield { role: 'Function Call', data: { id, name: tool, arguments: JSON.stringify(args) } }
  const result = call.tools[tool](args)
  yield { role: 'Function Call Result', data: { id, name: tool, result: JSON.stringify(result) } }
  return result
}
