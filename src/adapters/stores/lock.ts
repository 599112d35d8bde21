import { largest } from '../../domain/largest.js'
import { linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { StoreError } from '../../ports/store.js'
import { errorCode, storeFailure } from './failure.js'
import { privateFile } from './make-folders.js'
import { isRunning, nameOfProcess, type ProcessName } from './process-name.js'

/** The exclusive right to write a result. Disposing releases it, unless it was kept. */
export interface Lock extends Disposable {
  /** Releases the lock. Safe to repeat. */
  release(): void
  /** Returns the lock itself; disposing no longer releases it. */
  keep(): Lock
}

/** The owner of a lock, as the lock file names it. */
interface Holder extends ProcessName {
  readonly host: string
}

interface LockFile {
  readonly path: string
  readonly generation: number
  readonly holder: Holder | undefined
}

/** Lock files of this process. */
const ours = new Set<string>()

/** A process that was just killed can remain for a moment. */
const mostTries = 4
const retryMs = 100

/**
 * Takes the lock of a result's folder.
 *
 * A lock is a file `lock.<generation>`. If its process is dead, the lock is stale, and another process takes it over by
 * making the file of the next generation. If two processes see the same stale lock, only one can make that file.
 *
 * @param next  What to do if the lock is in use, as a sentence.
 * @throws {StoreError} when another process has it.
 */
export async function takeLock(place: string, next: string): Promise<Lock> {
  for (let tries = 1; ; tries += 1) {
    const taken = tryToLock(place)
    if ('release' in taken) return taken
    if (tries === mostTries) throw inUse(place, taken, next)
    await setTimeout(retryMs)
  }
}

/** @param next  What to do, as a sentence. @throws {StoreError} when another process has the lock. */
export function refuseInUse(place: string, next: string): void {
  const held = lockFiles(place).find(isHeld)
  if (held) throw inUse(place, held, next)
}

/** The lock, or the lock file of its current owner. */
function tryToLock(place: string): Lock | LockFile {
  try {
    const before = lockFiles(place)
    const held = before.find(isHeld)
    if (held) return held
    const generation =
      largest(
        before.map(stale => stale.generation),
        0,
      ) + 1
    const path = join(place, `lock.${generation}`)
    if (!makeLockFile(path)) return { path, generation, holder: holderOf(path) }
    const lock = heldLock(path)
    const other = lockFiles(place).find(file => file.path !== path && isHeld(file))
    if (other) lock.release()
    else for (const stale of before) rmSync(stale.path, { force: true })
    return other ?? lock
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot lock ${place}`, cause, 'It must be a folder that you may write.')
  }
}

function lockFiles(place: string): LockFile[] {
  return readdirSync(place).flatMap(name => {
    const generation = /^lock\.(\d{1,9})$/.exec(name)?.[1]
    const path = join(place, name)
    return generation === undefined ? [] : [{ path, generation: Number(generation), holder: holderOf(path) }]
  })
}

function holderOf(path: string): Holder | undefined {
  try {
    const { pid, host, startedAt } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>
    return pid === undefined || host === undefined ? undefined : { pid, host, ...(startedAt && { startedAt }) }
  } catch {
    return undefined
  }
}

/** An owner on another machine, or without a readable name, cannot be checked, so it counts as alive. */
function isHeld({ path, holder }: LockFile): boolean {
  if (!holder || holder.host !== hostname()) return true
  return holder.pid === process.pid ? ours.has(path) : isRunning(holder)
}

function inUse(place: string, { path, holder }: LockFile, next: string): StoreError {
  const who = !holder ? 'another process' : holder.host === hostname() ? `process ${holder.pid}` : `process ${holder.pid} on ${holder.host}`
  return new StoreError('in_use', `${place} is in use: ${who} is writing a result there. ${next} If that process is gone, delete ${path}.`)
}

/** Makes the file with its content in one step; `false` if it exists. */
function makeLockFile(path: string): boolean {
  const content = JSON.stringify({ ...nameOfProcess(process.pid), host: hostname() } satisfies Holder)
  const draft = `${path}.${process.pid}`
  try {
    writeFileSync(draft, content, { mode: privateFile })
    linkSync(draft, path)
    return true
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false
    if (!['EPERM', 'ENOTSUP', 'ENOSYS'].includes(errorCode(cause) ?? '')) throw cause
    // On a file system without hard links, a reader may see the file before its content, and then counts the lock as
    // taken.
    return makeWithoutLink(path, content)
  } finally {
    rmSync(draft, { force: true })
  }
}

function makeWithoutLink(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: privateFile })
    return true
  } catch (cause) {
    if (errorCode(cause) === 'EEXIST') return false
    throw cause
  }
}

function heldLock(path: string): Lock {
  ours.add(path)
  let kept = false
  const lock: Lock = {
    release() {
      if (ours.delete(path)) rmSync(path, { force: true })
    },
    keep() {
      kept = true
      return lock
    },
    [Symbol.dispose]() {
      if (!kept) lock.release()
    },
  }
  return lock
}
