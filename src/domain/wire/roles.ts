/** Who speaks in a transcript: the caller, the agent or the agent's tools. `unheard`: instructions that neither side says. */
export type Role = 'caller' | 'agent' | 'call' | 'result' | 'thought' | 'unheard'

/** The roles in Callsheet's own transcripts: the run-scenarios API's names. */
export type WrittenRole = 'Testing Agent' | 'Main Agent' | 'Function Call' | 'Function Call Result' | 'Agent Thinking'

const names: Readonly<Record<Role, readonly string[]>> = {
  caller: ['testing agent', 'user', 'caller', 'customer', 'human'],
  agent: ['main agent', 'assistant', 'agent', 'bot', 'ai'],
  call: ['function call', 'tool call'],
  result: ['function call result', 'tool call result', 'tool result', 'tool', 'function'],
  thought: ['agent thinking', 'thinking'],
  unheard: ['system', 'developer'],
}

const roles = new Map(Object.entries(names).flatMap(([role, words]) => words.map(word => [word, role as Role] as const)))

/** Finds a role, ignoring case and treating `_` as a blank. */
export function roleOf(name: string): Role | undefined {
  return roles.get(
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[_\s]+/g, ' '),
  )
}

/** The usual roles, for messages. */
export const knownRoles = 'Testing Agent, Main Agent, Function Call, Function Call Result; or user, assistant, tool, system'
