import { secretSettings } from './connection-facts.js'
import type { Document, Secret } from './document.js'

/** What a shorter one stands for is rarely a secret, and often a word: local servers take `ollama` or `none` for a key. */
const shortestKey = 12

/** All that is to be redacted of a suite: what it reads from the environment, and keys that are written in it. */
export function knownSecrets({ secrets, agents, models }: Pick<Document, 'secrets' | 'agents' | 'models'>): Secret[] {
  const keys = [models.caller, models.judge].map(model => ({ name: 'api_key', value: model?.apiKey ?? '' }))
  const given = agents.flatMap(({ connection }) => secretSettings(connection))
  const isWritten = ({ value }: Secret): boolean =>
    value.length >= shortestKey && !secrets.some(each => each.value !== '' && value.includes(each.value))
  return [...secrets, ...[...keys, ...given].filter(isWritten)]
}
