import { spawnSync } from 'node:child_process'
import { binary, isQuick, suiteFile } from './measured.js'
import { row, spread, title } from './print.js'
import { wideSuite } from './suites.js'

const rounds = isQuick ? 5 : 15

/** How long commands take that call nobody, in turn with `node -e 0`. */
export function startUp() {
  title('start-up, to that of node -e 0')
  row('callsheet --version', spread(startUpRatios([binary, '--version'])), '<= 1.3')
  row('callsheet validate, 100 scenarios', spread(startUpRatios([binary, 'validate', suiteFile(wideSuite(100))])), '<= 3')
}

/** @param {string[]} command  Arguments for node. */
function startUpRatios(command) {
  return Array.from({ length: rounds }, () => wallMsOf(command) / wallMsOf(['-e', '0']))
}

/** @param {string[]} command */
function wallMsOf(command) {
  const started = performance.now()
  spawnSync(process.execPath, command)
  return performance.now() - started
}
