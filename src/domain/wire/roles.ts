/** Who speaks in a transcript: the caller, the agent or the agent's tools. `unheard`: instructions that neither side says. */
export type Role = 'caller' | 'agent' | 'call' | 'result' | 'thought' | 'unheard'

/** The roles in Callsheet's own transcripts: the run-scenarios API's names. */
export type WrittenRole = 'Testing Agent' | 'Main Agent' | 'Function Call' | 'Function Call Result' | 'Agent Thinking'

const names: Readonly<Record<Role, readonly string[]>> = {
  caller: ['testing agent', 'user', 'caller', 'customer', 'human'],
  agent: ['main agent', 'assistant', 'agent', 'bot', 'ai'],
  call: ['function call', 'function calls', 'tool call', 'tool calls', 'tool use'],
  result: ['function', 'tool'].flatMap(tool => [tool, ...['call result', 'result', 'response', 'output'].map(what => `${tool} ${what}`)]),
  thought: ['agent thinking', 'thinking'],
  unheard: ['system', 'developer'],
}

const roles = new Map(Object.entries(names).flatMap(([role, words]) => words.map(word => [word, role as Role] as const)))

/** Finds a role, ignoring case, and how its words are kept apart: `Function Call`, `function_call`, `functionCall`. */
export function roleOf(name: string): Role | undefined {
  return roles.get(
    name
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .replaceAll(/[\s_./-]+/g, ' ')
      .trim(),
  )
}

/** The usual roles, for messages. */
export const knownRoles = 'Testing Agent, Main Agent, Function Call, Function Call Result; or user, assistant, tool, system'
