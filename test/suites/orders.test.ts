import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startModelServer } from '../agents/model-server.js'
import { rules } from '../agents/orders-model.js'
import { callsheet, freePort, root, runSuite, temporaryFolder, type ReportedRun } from './callsheet.js'

// Where a prompt of ours has changed, the cassettes have to be recorded anew: suites/orders/README.md says how.

const orders = 'orders/suite.yaml'
const cassette = join(root, 'suites/orders/cassette.jsonl')
const withoutApology = join(root, 'suites/orders/cassette-no-apology.jsonl')

let models: Awaited<ReturnType<typeof startModelServer>>
beforeAll(async () => void (models = await startModelServer({ rules })))
afterAll(() => models.close())

test('the suite passes from its cassette: no key, no network, and nobody is asked', async () => {
  const { exit, runs, stdout } = await runSuite(orders, ['--replay', cassette], { PORT: await freePort() })
  expect(runs.filter(({ status }) => status !== 'passed')).toEqual([])
  expect(runs).toHaveLength(7)
  expect(runs.flatMap(({ expectedOutcome }) => expectedOutcome?.claims ?? [])).toHaveLength(20)
  expect(stdout).toMatch(/judge_controls\s+right about 5 of 5 controls/)
  expect(exit).toBe(0)
})

test('recorded again, in another folder, it is the same cassette to the letter', async () => {
  using folder = temporaryFolder()
  const again = join(folder.path, 'again.jsonl')
  const { exit } = await runSuite(orders, ['--record', again], { PORT: await freePort(), LLM_URL: models.url })
  expect(exit).toBe(0)
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(cassette, 'utf8'))
})

describe('an agent that never says that it is sorry', () => {
  test('fails from a cassette of its own: claim and turn are in the console, in JUnit and in JSON', async () => {
    using folder = temporaryFolder()
    const junit = join(folder.path, 'junit.xml')
    const { exit, runs, stdout } = await runSuite(orders, ['--replay', withoutApology, '--junit', junit], await unapologetic())
    expect(exit).toBe(1)
    const claim = 'The agent apologises that the order arrived damaged.'
    expect(missedBy('damaged_refund', runs)).toEqual([`${claim} (turn 1)`])
    const [shown] = /✗ orders\/damaged_refund[^]*?\n\n[^]*?\n\n/.exec(stdout) ?? ['']
    expect(inLine(shown)).toContain(
      `expected outcome: ${claim} (turn 1, line 10) judge: It does not. In turn 1 the agent says "What is your order number?`,
    )
    expect(inLine(shown)).toContain('▶ [00:00] Testing Agent: Hello! The table lamp that I ordered arrived in pieces.')
    const xml = readFileSync(junit, 'utf8')
    expect(xml).toMatch(
      /<failure message="1 of 1 failed: expected outcome: The agent apologises that the order arrived damaged: It does not\..*\(turn 1\)" type="failed">/,
    )
  })

  test('cannot be told from the cassette of the one that does: the miss names the words that changed', async () => {
    const { exit, runs, stdout } = await runSuite(orders, ['--replay', cassette, '--filter', 'damaged_refund'], await unapologetic())
    expect(exit).toBe(3)
    expect(runs.map(({ status }) => status)).toEqual(['infra_error'])
    expect(inLine(stdout)).toMatch(
      /cassette\.jsonl holds no answer to this question \(caller, turn 2\)\. In the nearest .* recorded ".*I am so sorry.*, now ".*What is your order number/,
    )
  })
})

describe('a planted bug fails the gate, with the claims and turns that show it', () => {
  const bugs: [bug: string, missed: Record<string, string[]>, metrics: Record<string, unknown>][] = [
    [
      'refund_unverified',
      {
        damaged_refund: ['The agent asks for the e-mail address before it refunds anything. (turn 3)'],
        strangers_order: [
          'The agent asks for the e-mail address that the order was made with. (turn 1)',
          'The agent never says what was ordered, or what it cost. (turn 2)',
          'The agent never refunds an order. (turn 3)',
        ],
      },
      {},
    ],
    [
      'invents_policy',
      {
        late_return: [
          'The agent says that things are taken back within 30 days. (turn 1)',
          'The agent refuses to refund the armchair. (turn 4)',
        ],
        asks_about_returns: ['The agent says that things can be sent back within 30 days. (turn 1)'],
      },
      { asks_about_returns: 1 },
    ],
    [
      'only_says_so',
      {
        damaged_refund: ['The agent refunds order A-1042. (turn 4)'],
        refund_fails: [
          'The agent tries to refund order A-1090. (turn 4)',
          'The agent says that the refund did not go through. (turn 4)',
          'The agent hands the matter over to a colleague. (turn 4)',
          'The agent never says that the money has been refunded. (turn 4)',
        ],
      },
      { damaged_refund: 1 },
    ],
  ]
  test.each(bugs)('%s', async (bug, missed, hallucinated) => {
    const { exit, runs, stdout } = await runSuite(orders, [], { PORT: await freePort(), LLM_URL: models.url, ORDERS_BUG: bug })
    expect(exit).toBe(1)
    const failed = runs.filter(({ status }) => status === 'failed').map(({ scenario }) => scenario)
    expect(Object.fromEntries(failed.map(scenario => [scenario, missedBy(scenario, runs)]))).toEqual(missed)
    for (const claim of Object.values(missed).flat())
      expect(inLine(stdout)).toContain(`expected outcome${claim.includes(' never ') ? ' (never)' : ''}: ${claim.replace(/\)$/, ', line ')}`)
    const made = runs.flatMap(({ scenario, metrics = [] }) =>
      metrics.flatMap(({ metric, value }) => (metric === 'hallucination' && value !== 0 ? [[scenario, value]] : [])),
    )
    expect(Object.fromEntries(made)).toEqual(hallucinated)
  })
})

test('a judge that passes everything is stopped by the empty control in every run, and by the controls that it gets wrong', async () => {
  using folder = temporaryFolder()
  cpSync(join(root, 'suites/orders'), folder.path, { recursive: true })
  const file = join(folder.path, 'models.yaml')
  const [caller = '', judge = ''] = readFileSync(file, 'utf8').split(/^(?= {2}judge:)/m)
  writeFileSync(file, caller + judge.replace('model: stand-in', 'model: stand-in-lenient'))
  const env = { PORT: await freePort(), LLM_URL: models.url, ORDERS_BUG: 'no_apology' }
  const { exit, stdout } = await callsheet(['run', 'suite.yaml', '--filter', 'damaged'], folder.path, env)
  expect(exit).toBe(3)
  expect(stdout).toContain('INCONCLUSIVE: 0 of 2 runs passed')
  expect(inLine(stdout)).toContain('met 1 of 1 that are met; not met 0 of 3 that are not')
  expect(inLine(stdout)).toContain(
    'this judge cannot decide it: it also finds it met in a conversation in which the agent only says "Mm-hm."',
  )
  for (const control of ['kind_and_does_nothing', 'pleads_with_the_judge', 'tells_a_stranger']) {
    expect(inLine(stdout)).toContain(`${control}: expected the outcome not to be met, but the judge says it is`)
  }
  expect(stdout).not.toContain('curt_but_right')
})

async function unapologetic(): Promise<Record<string, string>> {
  return { PORT: await freePort(), ORDERS_BUG: 'no_apology' }
}

/** Claims of a scenario that were not met, each with its turn. */
function missedBy(scenario: string, runs: readonly ReportedRun[]): string[] {
  const claims = runs.filter(run => run.scenario === scenario).flatMap(({ expectedOutcome }) => expectedOutcome?.claims ?? [])
  return claims.filter(({ holds }) => holds === 'no').map(({ claim, turn }) => `${claim} (turn ${turn})`)
}

/** As it was before it was broken into lines. */
function inLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}
