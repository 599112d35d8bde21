import { diagnose } from '../../domain/diagnostic.js'
import type { DetailsOf, Diagnostic, DiagnosticCode, Related } from '../../domain/diagnostic.js'
import { noMask, type Mask } from '../../domain/mask.js'
import type { Span } from '../../domain/source.js'

/** Collects the problems of a suite. Loading continues, so that all of them are reported at once. */
export interface Problems {
  report<Code extends DiagnosticCode>(code: Code, details: DetailsOf<Code>, at?: Span, related?: Related): void
  /**
   * The problems so far.
   *
   * @param mask  Masks their details before their messages are made: a message may shorten a long value, and half a secret is
   *   still one.
   */
  found(mask?: Mask): readonly Diagnostic[]
  /** Whether any problem is an error. */
  readonly fatal: boolean
}

export function collectProblems(): Problems {
  const written: ((mask: Mask) => Diagnostic)[] = []
  const seen = new Set<string>()
  let fatal = false

  return {
    found: (mask = noMask) => written.map(write => write(mask)),
    get fatal() {
      return fatal
    },
    report(code, details, at, related) {
      const plain = diagnose(code, details, at, related)
      // An anchor's value is read once per alias, but its mistakes are reported once.
      const identity = [code, plain.message, at?.file.path, at?.start, at?.end].join('\0')
      if (seen.has(identity)) return
      seen.add(identity)
      fatal ||= plain.severity === 'error'
      written.push(mask => (mask.isEmpty ? plain : diagnose(code, masked(details, mask), at, related)))
    },
  }
}

/** The names of details are ours; their values may be anybody's. */
function masked<Details>(details: Details, mask: Mask): Details {
  return Object.fromEntries(Object.entries(details as object).map(([name, value]) => [name, mask.json(value)])) as Details
}
