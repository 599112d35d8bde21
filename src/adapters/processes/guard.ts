import { spawn } from 'node:child_process'

/**
 * Ends a process group when this process is gone, even after `kill -9`. A small shell waits on a pipe whose other end
 * this process keeps open. When the pipe closes, the shell ends the group. The shell is outside the group, so the
 * agent's exit code, signals and children are its own.
 *
 * There is no guard on Windows.
 *
 * @returns A handle to release once the group is gone.
 */
export function watchOver(group: number): { release(): void } | undefined {
  if (process.platform === 'win32') return undefined
  // The shell has its own session, so that nothing that ends our terminal or our group ends it too.
  const shell = spawn('sh', ['-c', script, 'callsheet-guard', String(group)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.on('error', () => {})
  shell.stdin.on('error', () => {})
  shell.unref()
  return { release: () => void shell.kill('SIGKILL') }
}

/** Nothing is written to the pipe, so `read` returns when it closes. */
const script = `
trap '' HUP INT TERM
read -r _
kill -s TERM -- "-$1" || exit 0
sleep 2
kill -s KILL -- "-$1"
`
