import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../../domain/environment.js'

/** Where speech is kept between runs: below CALLSHEET_CACHE, or else where this system has its users' caches. */
export function speechCacheFolder(environment: Environment, platform: NodeJS.Platform = process.platform, home = homedir()): string {
  return join(environment['CALLSHEET_CACHE'] || ofUser(environment, platform, home), 'speech')
}

function ofUser(environment: Environment, platform: NodeJS.Platform, home: string): string {
  switch (platform) {
    case 'win32':
      return join(environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'callsheet', 'cache')
    case 'darwin':
      return join(home, 'Library', 'Caches', 'callsheet')
    default:
      return join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'callsheet')
  }
}
