import { faultOf, type Fault } from '../fault.js'
import type { ModelRole } from '../model.js'

interface Replayed {
  readonly role: ModelRole
  /** What the model was asked for. */
  readonly purpose: string
  /** The cassette. */
  readonly file: string
}

/** Faults of replaying an answer from a cassette. */
export const cassetteFaults = {
  /** @param p.miss  How the question differs from what was recorded, as a sentence. */
  noAnswer: (p: Pick<Replayed, 'role' | 'file'> & { miss: string }) => final(p, `${p.miss} Record it again.`),
  wasAbandoned: (p: Replayed) =>
    final(
      p,
      `When ${p.file} was recorded, the agent went on before the model had answered (${p.purpose}); now it does not. Record it again.`,
    ),
  answerUnfit: (p: Replayed & { entry: string; wrong: string }) =>
    final(p, `The answer at ${p.entry} does not fit the question (${p.purpose}): ${p.wrong}. Correct it, or record it again.`),
  lineUnfit: (p: Pick<Replayed, 'role'> & { message: string }) => final(p, p.message),
}

function final({ role }: Pick<Replayed, 'role'>, message: string): Fault {
  return faultOf(`${role}_model`, message, { isFinal: true })
}
