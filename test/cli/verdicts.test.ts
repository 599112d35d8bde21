import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openWorkplace, type Workplace } from './workplace.js'

interface Asked {
  /** Body of the agent's function of what the caller says. */
  readonly agent: string
  readonly variables?: object
  readonly expect: readonly object[]
}

/** A suite of one scenario, in which the caller says one thing. */
function write(place: Workplace, { agent, variables = {}, expect: asked }: Asked): void {
  place.write('agent.mjs', `export default said => { ${agent} }`)
  place.write(
    'suite.yaml',
    JSON.stringify({
      version: 1,
      suite: { name: 'Verdicts' },
      agents: { shop: { connection: { type: 'module', path: 'agent.mjs' } } },
      test_profiles: { maria: { caller_variables: variables } },
      scenarios: { asks: { test_profile: 'maria', script: { first_message: 'Hi. <endcall/>' }, expect: asked } },
    }),
  )
}

describe('a variable that is a whole argument', () => {
  const call = { tool_called: { name: 't', arguments: { n: '{{test_profile.order}}' } } }
  const metadata = { metadata: { pointer: '/n', equals: '{{test_profile.order}}' } }

  test.each([
    ['"1002"', '1002', { not: call }, 1],
    ['1002.0', '1002', { not: call }, 1],
    ['01002', '1002', { not: metadata }, 1],
    ['1002', '"1002"', { not: metadata }, 1],
    ['01002', '1002', { tool_called: { ...call.tool_called, times: 0 } }, 1],
    ['01002', '1003', { not: call }, 0],
    ['1002', '1002', call, 0],
    ['01002', '"01002"', metadata, 0],
    ['"1002"', '1002', call, 1],
  ])('written %s, against %s: %j', async (written, sent, asked, exit) => {
    await using place = await openWorkplace()
    write(place, {
      agent: `return { content: 'Hi.', tool_calls: [{ name: 't', arguments: { n: ${sent} } }], metadata: { n: ${sent} } }`,
      variables: { order: 'ORDER' },
      expect: [asked],
    })
    place.write('suite.yaml', readFileSync(join(place.path, 'suite.yaml'), 'utf8').replace('"ORDER"', written))
    const ran = await place.run(['run', 'suite.yaml'])
    expect({ exit: ran.exit, stdout: ran.stdout }).toMatchObject({ exit })
  })
})
