import { expect, test } from 'vitest'
import type { Connection } from '../../../../src/domain/connection.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { withinOpenFiles } from '../../../../src/pipeline/plan/within-open-files.js'
import { agent, document, entry } from '../../../support/build.js'

function bounded(connection: Connection, concurrency: number, openFiles: number | undefined): number {
  const own = agent({ connection })
  const suite = document({ agents: [own], entries: [entry({ agent: own, frequency: 1000 })] })
  const planned = planRuns(suite, { concurrency })
  if ('diagnostics' in planned) throw new Error(planned.diagnostics.map(({ message }) => message).join(' '))
  const { plan, warnings } = withinOpenFiles(planned.plan, openFiles)
  expect(warnings.map(({ code }) => code)).toEqual(plan.limits.concurrency === concurrency ? [] : ['OPEN_FILES_FEW'])
  return plan.limits.concurrency
}

const http: Connection = { type: 'http', url: 'http://127.0.0.1/' }
const command: Connection = { type: 'command', command: 'agent' }
const module: Connection = { type: 'module', path: 'agent.mjs' }

test('where few files may be open, fewer conversations run at once, and a warning says so', () => {
  expect(bounded(http, 400, 256)).toBe(208)
  expect(bounded(command, 400, 256)).toBe(52)
  expect(bounded(http, 400, 40)).toBe(1)
})

test('where there are enough, or nobody knows, nothing changes', () => {
  expect(bounded(http, 400, 1024)).toBe(400)
  expect(bounded(http, 400, undefined)).toBe(400)
  expect(bounded(module, 400, 64)).toBe(400)
})
