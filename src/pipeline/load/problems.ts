import { diagnose } from '../../domain/diagnostic.js'
import type { DetailsOf, Diagnostic, DiagnosticCode, Related } from '../../domain/diagnostic.js'
import type { Secret } from '../../domain/document.js'
import { createRedactor } from '../../domain/redactor.js'
import type { Span } from '../../domain/source.js'

/** What is wrong with a suite, gathered as it is found; loading goes on, so that all of it is told at once. */
export interface Problems {
  report<Code extends DiagnosticCode>(code: Code, details: DetailsOf<Code>, at?: Span, related?: Related): void
  readonly found: readonly Diagnostic[]
  /** Whether anything found is an error. */
  readonly fatal: boolean
}

/** @param secrets  By name and value; they are told by name only. More may come as files are read. */
export function collectProblems(secrets: ReadonlyMap<string, Secret>): Problems {
  const found: Diagnostic[] = []
  const seen = new Set<string>()
  let fatal = false
  let redact = createRedactor([])
  let secretsSeen = 0

  /** Before a sentence is made: it may cut a long value short, and half a secret is one too. */
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
      // What an anchor holds is read wherever an alias names it; its mistakes are told once.
      const identity = [code, diagnostic.message, at?.file.path, at?.start, at?.end].join('\0')
      if (seen.has(identity)) return
      seen.add(identity)
      found.push(diagnostic)
      fatal ||= diagnostic.severity === 'error'
    },
  }
}
