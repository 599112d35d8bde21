import { cutMiddle, safeText } from '../../domain/safe-text.js'
import type { Transcript } from '../../domain/transcript.js'

/**
 * The SIP messages of a telephone call, under a line that says so; none for other conversations. Both ends matter: how it was called, and
 * why it was over.
 *
 * @param most  How many characters of it to show.
 */
export function dialogueLines({ dialogue }: Transcript, most: number): string[] {
  if (dialogue === undefined) return []
  const lines = cutMiddle(safeText(dialogue), most).trimEnd().split('\n')
  return ['SIP dialogue:', ...lines.map(line => `  ${line}`.trimEnd())]
}
