import type { ChildProcess } from 'node:child_process'

/**
 * A process that finds no open files left has no streams, whatever its type says, and tells of it later.
 *
 * @throws {Error} then, at once.
 */
export function withStreams<Child extends ChildProcess>(child: Child): Child {
  if (child.stdio as ChildProcess['stdio'] | undefined) return child
  child.on('error', () => undefined)
  throw new Error('there are no open files left: raise their limit, as with ulimit -n')
}
