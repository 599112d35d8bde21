import { spawn } from 'node:child_process'

/**
 * Sees to it that a process group does not outlive us, even if we are killed with `kill -9`: a small shell waits on a pipe
 * that we hold. When the pipe closes, because we are gone, it ends the group. It stands beside the group rather than in it,
 * so that the agent's exit code, signals and children are its own.
 *
 * There is none on Windows.
 *
 * @returns What calls it off, once the group is gone.
 */
export function watchOver(group: number): { release(): void } | undefined {
  if (process.platform === 'win32') return undefined
  // In a session of its own: what ends our terminal, or our own group, does not end it.
  const shell = spawn('sh', ['-c', script, 'callsheet-guard', String(group)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => {})
  shell.stdin.on('error', () => {})
  shell.unref()
  return { release: () => void shell.kill('SIGKILL') }
}

/** Nothing is ever written to the pipe, so `read` returns when it closes. */
const script = `
trap '' HUP INT TERM
read -r _
kill -s TERM -- "-$1" || exit 0
sleep 2
kill -s KILL -- "-$1"
`
