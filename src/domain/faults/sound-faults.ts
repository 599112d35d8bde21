import { faultOf } from '../fault.js'

/** Faults of the agent's sound, on any line. */
export const soundFaults = {
  tooMuchSound: (p: { seconds: number }) =>
    faultOf(
      'too_large',
      `The agent sent more than ${p.seconds} s of sound that was still to be played. The agent must send its sound no faster than that, or shorter answers.`,
    ),
  tooManyMarks: (p: { marks: number }) =>
    faultOf('too_large', `The agent sent more than ${p.marks} marks for sound that was still to be played. The agent must send fewer.`),

  // ours
  mediaFailed: (p: { words: string }) => faultOf('internal', `The sound of the call failed: ${p.words}.`),
  fileUnusable: (p: { file: string; problem: string }) =>
    faultOf('internal', `The sound ${p.file} cannot be played: it ${p.problem}. Give a WAV file.`, { isFinal: true }),
  noOpus: (p: { message: string }) => faultOf('internal', p.message, { isFinal: true }),
  noMouth: () => faultOf('internal', 'The caller has words to say in a call, and nothing to speak them with. Set models.tts in the suite.'),
}
