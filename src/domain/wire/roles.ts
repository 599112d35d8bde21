/** Who speaks in a transcript: the caller, the agent, the agent's tools; or instructions that nobody hears. */
export type Role = 'caller' | 'agent' | 'call' | 'result' | 'unheard'

/** The roles as Callsheet writes them: the run-scenarios API's names. */
export type WrittenRole = 'Testing Agent' | 'Main Agent' | 'Function Call' | 'Function Call Result'

const names: Readonly<Record<Role, readonly string[]>> = {
  caller: ['testing agent', 'user', 'caller', 'customer', 'human'],
  agent: ['main agent', 'assistant', 'agent', 'bot', 'ai'],
  call: ['function call', 'tool call'],
  result: ['function call result', 'tool call result', 'tool result', 'tool', 'function'],
  unheard: ['system', 'developer'],
}

const roles = new Map(Object.entries(names).flatMap(([role, words]) => words.map(word => [word, role as Role] as const)))

/** Upper and lower case, and `_` for a blank, are alike. */
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
