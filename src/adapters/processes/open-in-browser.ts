import { spawn } from 'node:child_process'
import type { Environment } from '../../domain/environment.js'

/**
 * Opens a file of ours with the program that this machine has for it.
 *
 * @returns Whether there was one to ask: without a display, there is none.
 */
export async function openInBrowser(file: string, environment: Environment): Promise<boolean> {
  const command = openerFor(process.platform, environment)
  if (!command) return false
  const [program, ...before] = command
  const opener = spawn(program, [...before, file], { stdio: 'ignore', detached: true })
  return new Promise(resolve => {
    opener.once('error', () => resolve(false))
    opener.once('spawn', () => {
      opener.unref()
      resolve(true)
    })
  })
}

function openerFor(platform: NodeJS.Platform, { DISPLAY, WAYLAND_DISPLAY }: Environment): readonly [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open']
  if (platform === 'win32') return ['explorer.exe']
  return DISPLAY || WAYLAND_DISPLAY ? ['xdg-open'] : undefined
}
