import { spawnSync } from 'node:child_process'
import type { TestProject } from 'vitest/node'
import { postgresFolder } from './postgres.js'

/** Servers that some tests need, and that a machine may lack. */
const services = {
  PostgreSQL: { isHere: () => postgresFolder() !== undefined, install: 'postgresql' },
  Redis: { isHere: () => spawnSync('redis-server', ['--version']).status === 0, install: 'redis-server' },
} as const

/** For `describe.skipIf`. */
export function isMissing(service: keyof typeof services): boolean {
  return !services[service].isHere()
}

/** Before all tests: says which of them cannot be run here. With TEST_REQUIRE_SERVICES set, as in CI, none may be. */
export default function sayWhatIsMissing(_project: TestProject): void {
  const missing = Object.entries(services).filter(([, { isHere }]) => !isHere())
  if (missing.length === 0) return
  const names = missing.map(([name]) => name).join(' and ')
  const packages = missing.map(([, { install }]) => install).join(' ')
  const says = `There is no ${names} here, so the tests in test/services that need it cannot be run. Install it: apt-get install -y ${packages}`
  if (process.env['TEST_REQUIRE_SERVICES']) throw new Error(says)
  process.stderr.write(`\nSKIPPED: ${says}\n`)
}
