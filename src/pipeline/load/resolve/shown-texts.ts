import { addressOf } from '../../../domain/connection-facts.js'
import type { Document } from '../../../domain/document.js'
import { identityTexts } from '../../../domain/identity.js'

/** The parts of a suite with names. */
export type ShownParts = Pick<Document, 'name' | 'agents' | 'personalities' | 'testProfiles' | 'metrics' | 'scenarios' | 'entries'>

/** What a suite shows on purpose: names, identities of agents, paths, and hosts and paths of addresses. What stands there is no secret by its length. */
export function shownTexts({ name, agents, entries, ...named }: ShownParts): string[] {
  const { personalities, testProfiles, metrics, scenarios } = named
  const names = [agents, personalities, testProfiles, metrics, scenarios, entries].flatMap(parts => parts.map(part => part.name))
  const ofAgents = agents.flatMap(({ identity, connection, start }) => [
    ...identityTexts(identity),
    'path' in connection ? connection.path : '',
    start?.cwd ?? '',
    withoutSecrets(addressOf(connection) ?? ''),
  ])
  return [name, ...names, ...ofAgents]
}

function withoutSecrets(address: string): string {
  return address.replace(/[?#].*$/s, '').replace(/^([\w+.-]+:\/\/)[^/]*@/, '$1')
}
