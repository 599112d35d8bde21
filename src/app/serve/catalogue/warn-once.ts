import type { Diagnostic } from '../../../domain/diagnostic.js'

/** Shows what the suites' author should know, on the server's terminal. */
export interface Warnings {
  /** Everything about the suites, as they are loaded. */
  show(diagnostics: readonly Diagnostic[]): void
  /** What a request brings up; only what has not been shown. */
  showNew(diagnostics: readonly Diagnostic[]): void
}

export function createWarnings(onDiagnostics: (diagnostics: readonly Diagnostic[]) => void): Warnings {
  const shown = new Set<string>()
  const show = (diagnostics: readonly Diagnostic[]): void => {
    for (const each of diagnostics) shown.add(keyOf(each))
    onDiagnostics(diagnostics)
  }
  return {
    show,
    showNew(diagnostics) {
      const fresh = diagnostics.filter(each => !shown.has(keyOf(each)))
      if (fresh.length > 0) show(fresh)
    },
  }
}

function keyOf({ code, message, at }: Diagnostic): string {
  return JSON.stringify([code, message, at?.file.path, at?.start])
}
