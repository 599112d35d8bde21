import type { Outcome } from '../../../../src/domain/outcome.js'
import { resultOf, runsWith, startedWith, transcriptOf } from './sample-result.js'

/** Words that end what they stand in and begin something else, if they are not made harmless. */
export const hostile =
  '</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> "\'& \u202Egnp.exe \0 \uD800 javascript:alert(1) {{x}}'

/** A result all of whose words are hostile. */
export function hostileResult() {
  const scenario = { key: 'a', name: hostile, folder: hostile, tags: [hostile], metrics: [], file: hostile, line: 1 }
  const started = startedWith([{ name: hostile, slug: 'smoke', scenarios: [[scenario, 1]] }])
  const outcome: Outcome = {
    status: 'failed',
    transcript: { ...transcriptOf(hostile, 'x'.repeat(1 << 20)), dialogue: hostile },
    verdict: {
      holds: 'no',
      checks: [{ assertion: hostile, holds: 'no', because: hostile, turn: 1 }],
      metrics: [{ metric: hostile, type: 'enum', value: hostile }],
    },
  }
  return resultOf({ ...started, suite: { name: hostile, file: hostile, owner: hostile } }, runsWith(started, [outcome]))
}
