import { execFile } from 'node:child_process'
import type { WorkTree } from '../../domain/start-context.js'

/** Git is asked no longer than this: a result does not wait for a slow disk. */
const longestMs = 2_000

/** What git has checked out in a folder; `undefined` without git, or where no repository is. Never throws. */
export async function readWorkTree(folder: string): Promise<WorkTree | undefined> {
  const [status, origin] = await Promise.all([
    git(folder, 'status', '--porcelain=v2', '--branch', '--untracked-files=no', '--ignore-submodules'),
    git(folder, 'config', '--get', 'remote.origin.url'),
  ])
  if (status === undefined) return undefined
  const lines = status.split('\n')
  const commit = headIn(lines, 'branch.oid')
  const branch = headIn(lines, 'branch.head')
  const repository = origin?.trim()
  return {
    ...(commit !== undefined && commit !== '(initial)' && { commit }),
    ...(branch !== undefined && branch !== '(detached)' && { branch }),
    dirty: lines.some(line => line !== '' && !line.startsWith('#')),
    ...(repository && { repository: withoutUser(repository) }),
  }
}

function headIn(lines: readonly string[], name: string): string | undefined {
  const head = `# ${name} `
  return lines.find(line => line.startsWith(head))?.slice(head.length)
}

/** Tokens for cloning stand where the user of an address does. */
function withoutUser(address: string): string {
  return address.replace(/^([\w+.-]+:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/, '')
}

function git(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' }
  return new Promise(resolve => {
    execFile('git', ['-C', folder, ...args], { timeout: longestMs, env, maxBuffer: 1 << 26, windowsHide: true }, (error, out) =>
      resolve(error ? undefined : out),
    )
  })
}
