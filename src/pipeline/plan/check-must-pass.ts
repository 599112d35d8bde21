import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Scenario } from '../../domain/document.js'
import type { Span } from '../../domain/source.js'
import type { Thresholds } from '../../domain/thresholds.js'

/** Reports a `must_pass` that matches no scenario of its scope, before options narrow them. */
export function* checkMustPass(
  thresholds: Thresholds | undefined,
  scenarios: readonly Scenario[],
  who: string,
  at?: Span,
): Generator<Diagnostic> {
  const asked = thresholds?.mustPass
  if (!asked) return
  const names = ({ key, tags }: Scenario): boolean => asked.scenarios.includes(key) || tags.some(tag => asked.tags.includes(tag))
  if (!scenarios.some(names)) yield diagnose('MUST_PASS_NOTHING', { who: JSON.stringify(who) }, at)
}
