import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { SourceFile, Span } from '../../../domain/source.js'
import type { Context } from '../context.js'
import { isOutside } from './find-included.js'
import { readSource } from './read-source.js'

/**
 * Reads a file that the suite names but that is not part of it.
 *
 * @param name  As written in the suite.
 * @param base  Absolute folder that it is relative to.
 * @returns `undefined` if it cannot be read or is outside; that is reported.
 */
export function readBeside(name: string, base: string, at: Span, context: Pick<Context, 'territory' | 'problems'>): SourceFile | undefined {
  const {
    problems,
    territory: { root, show },
  } = context
  const path = resolve(base, name)
  if (isOutside(existsSync(path) ? realpathSync(path) : resolve(realpathSync(base), name), root)) {
    problems.report('INCLUDE_OUTSIDE', { path: name, root: show(root) }, at)
    return undefined
  }
  return readSource(path, show(path), problems, at)
}
