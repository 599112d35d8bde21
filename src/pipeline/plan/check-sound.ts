import { traitsOf } from '../../domain/connection.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Agent, Behaviour, Scenario } from '../../domain/document.js'
import { carriesWords } from '../../domain/sound-tag.js'
import { withoutSound, type Utterance } from '../../domain/utterance.js'

/**
 * Reports what the caller cannot do without sound, on a text connection. A tag whose words would be lost is an error, any
 * other a warning.
 */
export function* checkSound({ key: scenario, behaviour }: Scenario, { key: agent, connection }: Agent): Generator<Diagnostic> {
  if (traitsOf[connection.type].medium === 'voice') return
  for (const utterance of utterancesOf(behaviour)) {
    const sounds = utterance.filter(part => part.type === 'sound')
    for (const part of sounds) {
      yield carriesWords(part)
        ? diagnose('TAG_NEEDS_SOUND', { tag: part.tag, scenario, agent }, part.at)
        : diagnose('TAG_NO_EFFECT', { tag: part.tag }, part.at)
    }
    const [first] = sounds
    if (first && !sounds.some(carriesWords) && withoutSound(utterance).length === 0) {
      yield diagnose('SOUND_ALONE', { scenario, agent }, first.at)
    }
  }
}

function utterancesOf(behaviour: Behaviour): Utterance[] {
  if (behaviour.kind === 'instructions') return [behaviour.firstMessage ?? []]
  const { firstMessage, steps } = behaviour.script
  return [firstMessage, ...steps.map(({ say }) => say)]
}
