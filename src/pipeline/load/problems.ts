import { diagnose } from '../../domain/diagnostic.js'
import type { DetailsOf, Diagnostic, DiagnosticCode, Related } from '../../domain/diagnostic.js'
import type { Secret } from '../../domain/document.js'
import { createRedactor } from '../../domain/redactor.js'
import type { Span } from '../../domain/source.js'

/** Collects the problems of a suite. Loading continues, so that all of them are reported at once. */
export interface Problems {
  report<Code extends DiagnosticCode>(code: Code, details: DetailsOf<Code>, at?: Span, related?: Related): void
  readonly found: readonly Diagnostic[]
  /** Whether any problem is an error. */
  readonly fatal: boolean
}

/** @param secrets  Secrets to redact. Reading files may add more. */
export function collectProblems(secrets: ReadonlyMap<string, Secret>): Problems {
  const found: Diagnostic[] = []
  const seen = new Set<string>()
  let fatal = false
  let redact = createRedactor([])
  let secretsSeen = 0

  /** Redacts details before the message is made: it may shorten a long value, and half a secret is still one. */
  function redacted<Details>(details: Details): Details {
    if (secretsSeen !== secrets.size) {
      redact = createRedactor([...secrets.values()])
      secretsSeen = secrets.size
    }
    return redact(details)
  }

  return {
    found,
    get fatal() {
      return fatal
    },
    report(code, details, at, related) {
      const diagnostic = diagnose(code, redacted(details), at, related)
      // An anchor's value is read once per alias, but its mistakes are reported once.
      const identity = [code, diagnostic.message, at?.file.path, at?.start, at?.end].join('\0')
      if (seen.has(identity)) return
      seen.add(identity)
      found.push(diagnostic)
      fatal ||= diagnostic.severity === 'error'
    },
  }
}
