import { secretSettings } from './connection-facts.js'
import type { Document, Secret } from './document.js'

/** Shorter keys are rarely secret, and often ordinary words: local servers accept `ollama` or `none` as a key. */
const shortestKey = 12

/** Every secret of a suite to redact: values from the environment, and keys written into the suite itself. */
export function knownSecrets({ secrets, agents, models }: Pick<Document, 'secrets' | 'agents' | 'models'>): Secret[] {
  const keys = [models.caller, models.judge].map(model => ({ name: 'api_key', value: model?.apiKey ?? '' }))
  const given = agents.flatMap(({ connection }) => secretSettings(connection))
  const isWritten = ({ value }: Secret): boolean =>
    value.length >= shortestKey && !secrets.some(each => each.value !== '' && value.includes(each.value))
  return [...secrets, ...[...keys, ...given].filter(isWritten)]
}
