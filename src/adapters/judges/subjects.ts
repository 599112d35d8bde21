import { agentNouns } from '../../domain/denials/english-things.js'
import type { Word } from './words.js'

/** Whom a sentence is about: the agent, the caller, or whoever was named last. */
export type About = 'agent' | 'caller' | 'pronoun'

/** A subject that we know: whom it is about, and how many words it has. */
export interface Subject {
  readonly about: About
  readonly length: number
}

/** The subject with which words begin, in the languages we know. */
export function subjectAt(words: readonly Word[], at: number): Subject | undefined {
  let length = 1
  while (length < 3 && before.has(words[at + length - 1]?.word ?? '')) length += 1
  const last = words[at + length - 1]?.word ?? ''
  if (agents.has(last)) return { about: 'agent', length }
  if (callers.has(last)) return { about: 'caller', length }
  return pronouns.has(words[at]?.word ?? '') ? { about: 'pronoun', length: 1 } : undefined
}

/** Words that may stand before whoever is named. */
const before = new Set(
  'the a an our your this ai voice chat support phone der die das ein eine el la un una le il lo une o um uma de het een'.split(' '),
)

const agents = new Set(
  (
    `${agentNouns} agentin assistent assistentin agente asistente assistente assistante ` +
    "l'agent l'agente l'assistant l'assistante l'assistente"
  ).split(' '),
)

const callers = new Set(
  "caller customer client patient user guest anrufer anruferin kunde kundin cliente usuario l'appelant appelant chiamante utente beller klant".split(
    ' ',
  ),
)

const pronouns = new Set('it he she they er sie es él ella il elle egli lui lei ele ela hij zij ze'.split(' '))
