import { basename, extname } from 'node:path'
import type { ListedCase } from '../../adapters/exchange/drafting.js'
import type { Loss } from '../../adapters/exchange/finding.js'
import { showPath, type Path } from '../../adapters/exchange/path.js'
import type { ImportedConversation } from '../../adapters/exchange/transcript/imported-conversation.js'
import type { Diagnostic } from '../../domain/diagnostic.js'
import type { Span } from '../../domain/source.js'
import type { FinishedResult } from '../../ports/reporter.js'

export type ImportKind = 'test-suite' | 'csv' | 'transcript'

/** A file, or one run of a stored result. */
export type ImportSource = { readonly path: string; readonly kind?: ImportKind } | { readonly result: FinishedResult; readonly run: string }

/** The cases or conversations of a source, with their positions in it. */
export interface ReadImport {
  readonly diagnostics: readonly Diagnostic[]
  readonly cases: readonly ListedCase[]
  readonly casesAt: Path
  readonly conversations: readonly ImportedConversation[]
  readonly losses: readonly Loss[]
  readonly suite?: { readonly name?: string; readonly description?: string }
  readonly concurrency?: number
  /** Name of the suite or conversation if the source gives none. */
  readonly defaultName: string
  /** The source, for people. */
  readonly source: string
  readonly locate: (at: Path) => { readonly span?: Span; readonly place: string }
}

/** A source of which nothing was read. @param source  Its path or name. */
export function emptyImport(source: string): ReadImport {
  const defaultName = basename(source, extname(source)) || source
  return { diagnostics: [], cases: [], casesAt: [], conversations: [], losses: [], defaultName, source, locate: named }
}

function named(at: Path): { readonly place: string } {
  return { place: showPath(at) }
}
