import { spawn, type ChildProcessByStdio } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Writable } from 'node:stream'

/**
 * Ends a process group when this process is gone, even after `kill -9`. A small shell reads which groups there are from a pipe
 * whose other end this process keeps open. When the pipe closes, the shell ends them. The shell is outside the groups, so an
 * agent's exit code, signals and children are its own. One shell guards all groups.
 *
 * There is no guard on Windows, nor where no process can be started any more.
 *
 * @returns A handle to release once the group is gone.
 */
export function watchOver(group: number): { release(): void } | undefined {
  if (process.platform === 'win32') return undefined
  const guard = (shell ??= startShell())
  if (!guard) return undefined
  guard.stdin.write(`+ ${group}\n`)
  return { release: () => void guard.stdin.write(`- ${group}\n`) }
}

let shell: ChildProcessByStdio<Writable, null, null> | undefined

function startShell(): ChildProcessByStdio<Writable, null, null> | undefined {
  // It has its own session, so that nothing that ends our terminal or our group ends it too.
  const started = spawn('sh', ['-c', script, 'callsheet-guard'], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  const forget = (): void => {
    if (shell === started) shell = undefined
  }
  started.on('error', forget).on('exit', forget)
  // Without open files left there are no streams, whatever the type says.
  if (!(started.stdin as Writable | undefined)) return undefined
  started.stdin.on('error', forget)
  started.unref()
  // A pipe is a socket of Node's, which would keep this process alive.
  const pipe = started.stdin as unknown as Socket
  pipe.unref()
  return started
}

const script = `
trap '' HUP INT TERM
groups=' '
while read -r what group; do
  case $what in
    +) groups="$groups$group " ;;
    -) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
for group in $groups; do kill -s TERM -- "-$group" && left=yes; done
[ "$left" ] || exit 0
sleep 2
for group in $groups; do kill -s KILL -- "-$group"; done
`
