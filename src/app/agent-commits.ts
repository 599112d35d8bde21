import type { Agent } from '../domain/document.js'
import type { AgentIdentity } from '../domain/identity.js'
import type { Prepared } from './plan-document.js'
import type { Adapters } from './registry.js'

/** A suite whose agents that run from a folder of this machine are known by its git commit, unless the suite gives their digest. */
export async function withAgentCommits(prepared: Prepared, { workTree }: Pick<Adapters, 'workTree'>): Promise<Prepared> {
  const { plan } = prepared
  const agents = [...new Set(plan.entries.map(({ agent }) => agent))]
  const identified = await Promise.all(agents.map(async agent => ({ ...agent, identity: await identityOf(agent, workTree) })))
  // Entries of one agent share the object: it is started once.
  const known = new Map(agents.map((agent, i) => [agent, identified[i]!] as const))
  const entries = plan.entries.map(entry => ({ ...entry, agent: known.get(entry.agent) ?? entry.agent }))
  const controls = plan.controls.map(control => ({ ...control, agent: known.get(control.agent) ?? control.agent }))
  return { ...prepared, plan: { ...plan, entries, controls } }
}

async function identityOf(agent: Agent, workTree: Adapters['workTree']): Promise<AgentIdentity> {
  const { identity } = agent
  const folder = codeFolder(agent)
  if (folder === undefined || identity.digest !== undefined) return identity
  const { commit, dirty } = (await workTree(folder)) ?? {}
  return commit === undefined ? identity : { ...identity, digest: `gitCommit:${commit}`, ...(dirty && { dirty }) }
}

/** The folder of an agent whose code this machine runs; `undefined` for all others. */
function codeFolder({ connection, folder, start }: Agent): string | undefined {
  return connection.type === 'module' || connection.type === 'command' ? (start?.cwd ?? folder) : undefined
}
