import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { languages } from '../../../../src/adapters/exchange/test-suite/test-suite.js'
import { readTestSuite } from '../../../../src/adapters/exchange/test-suite/read-test-suite.js'
import type { Document } from '../../../../src/domain/document.js'
import { json, openBench } from './bench.js'

/** Words that mean nothing to a suite, however they look to YAML, JSON and spreadsheets. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(
        '\n',
        ': ',
        '- ',
        '"',
        "'",
        '#',
        '${X}',
        '$${',
        ' 02134 ',
        'null',
        '~',
        '=1+1',
        ';',
        ',',
        '|',
        '\t',
        '\u0085',
        '\u2028',
        '%',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map(parts => parts.join(''))
  .filter(text => text.trim() !== '' && !/[<{}\r]/.test(text))

/** What is spoken: the blanks around it are not. */
const said = words.map(text => text.replaceAll(/\s+/g, ' ').trim()).filter(text => text !== '')

/** Text in which anything may stand, tags and templates too. */
const anyText = fc
  .array(
    fc.oneof(
      words,
      fc.constantFrom(
        '<endcall/>',
        '<hold time="2s"/>',
        '<dtmf digits="1#"/>',
        '<dtmf digits="{{test_profile.pin}}"/>',
        '<speed ratio="1.1"/>',
        '<voice id="x">',
        '<voice id="x" text="lost"/>',
        `<ivr text='Press 1, {{a}}'/>`,
        '<voicemail>',
        '</voicemail>',
        '<audio id="1"/>',
        '</voice>',
        '<noise sound="beep" time="1s"/>',
        '<background_noise sound="street"/>',
        '<x/>',
        '<spell>',
        '</spell>',
        '<silence>',
        '{{test_profile.name}}',
        '{{a b}}',
        '{{{',
        '}}',
        '{{',
        '${',
        '\r\n',
        '<',
        '/>',
      ),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map(parts => parts.join(''))
  .filter(text => text.trim() !== '')

const variables = fc.dictionary(fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/), fc.oneof(words, fc.integer(), fc.boolean(), fc.constant(null)), {
  maxKeys: 3,
})
const name = words.map(text => text.slice(0, 60)).filter(text => text.trim() !== '')
const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_-]{0,12}$/)
const tags = fc.uniqueArray(fc.stringMatching(/^[a-z-]{1,8}$/), { maxLength: 3 })

const conditions = (spoken: fc.Arbitrary<string>) =>
  fc
    .array(fc.record({ words: spoken, after: fc.boolean(), fixed_message: fc.boolean(), contains: fc.boolean() }), { maxLength: 4 })
    .map(steps => [
      { id: 0, condition: 'FIRST_MESSAGE', action: 'Hi.', type: 'standard', fixed_message: true },
      ...steps.map(({ words: action, after, fixed_message, contains }, index) => ({
        id: (index + 1) * 10,
        condition: after ? index * 10 : contains ? 'contains "name"' : `The agent says ${index}`,
        action,
        type: after ? 'action_followup' : 'standard',
        fixed_message,
      })),
    ])

const behaviour = (text: fc.Arbitrary<string>, spoken: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({ instructions: text, first_message: spoken }, { requiredKeys: ['instructions'] }),
    fc.record({
      type: fc.constant('conditional_actions'),
      language: fc.constantFrom('en', 'es', 'multi'),
      conditional_actions: fc.record({ role: text, conditions: conditions(spoken) }),
    }),
  )

const shared = {
  expected_outcome: words,
  tags,
  metrics: fc.uniqueArray(fc.constantFrom('latency_ms', 'csat', 'turns'), { maxLength: 2 }),
  personality: fc.integer({ min: 1, max: 3 }),
  language: fc.constantFrom(...languages),
  test_profile: fc.record({ name: name.map(each => `The ${each}`), agent_variables: variables, caller_variables: variables }),
  frequency: fc.integer({ min: 1, max: 5 }),
  max_duration: fc.integer({ min: 1, max: 4000 }),
}

const documents = (text: fc.Arbitrary<string>, spoken: fc.Arbitrary<string>) =>
  fc.record({
    version: fc.constant('1'),
    suite: fc.record({ name, description: words }),
    scenarios: fc
      .uniqueArray(
        fc.tuple(fc.record({ key, name, ...shared }, { requiredKeys: ['key', 'name', 'expected_outcome'] }), behaviour(text, spoken)),
        {
          minLength: 1,
          maxLength: 3,
          selector: ([{ key: own }]) => own.toLowerCase(),
        },
      )
      .map(pairs => pairs.map(([own, driver]) => inOneLanguage({ ...own, ...driver }))),
  })

/** One personality speaks one language: in another, its number is lost, and told so. */
function inOneLanguage<Case extends { readonly personality?: number; readonly language?: string }>(each: Case): Case {
  const { personality: _, ...rest } = each
  return each.language === undefined || each.language === 'en' ? each : (rest as Case)
}

/** A case as it comes back: what is empty, or as it is anyway, is left out of it. */
function plain(scenario: object): object {
  const { language, frequency, max_duration, test_profile, metrics, tags: own, ...rest } = scenario as Record<string, unknown>
  const { name: called, ...sides } = (test_profile ?? {}) as { name?: string }
  const given = Object.fromEntries(Object.entries(sides).filter(([, side]) => Object.keys(side as object).length > 0))
  return {
    ...rest,
    language: language ?? 'en',
    frequency: frequency ?? 1,
    max_duration: max_duration ?? 300,
    metrics: metrics ?? [],
    tags: own ?? [],
    test_profile: Object.keys(given).length > 0 ? { name: called, ...given } : undefined,
  }
}

describe('what goes out and comes in again is the same', () => {
  test('of test suites, whatever stands in them', async () => {
    const bench = openBench()
    await fc.assert(
      fc.asyncProperty(documents(words, said), async document => {
        const { text } = await bench.import('tests.json', json(document))
        const exported = await bench.export(text)
        const again = readTestSuite(JSON.parse(exported.text))
        expect(again.problems).toEqual([])
        expect(again.suite?.suite).toEqual(document.suite)
        expect(again.cases?.map(plain)).toEqual(document.scenarios.map(plain))
      }),
      { numRuns: 15 },
    )
  })

  test('of suites: their scenarios are the same test, and ask the same', async () => {
    const bench = openBench()
    await fc.assert(
      fc.asyncProperty(suites, async suite => {
        const text = stringify(suite)
        const { document } = await bench.prepare(text)
        const exported = await bench.export(text)
        const { text: back } = await bench.import('tests.json', exported.text)
        const again = await bench.prepare(back)
        expect(again.document.scenarios.map(essence)).toEqual(document.scenarios.map(essence))
      }),
      { numRuns: 15 },
    )
  })

  test('of tables, as far as their columns go', async () => {
    const bench = openBench()
    await fc.assert(
      fc.asyncProperty(suites, async suite => {
        const text = stringify(suite)
        const { document } = await bench.prepare(text)
        const exported = await bench.export(text, 'csv')
        const { text: back } = await bench.import('tests.csv', exported.text)
        const again = await bench.prepare(back)
        expect(again.document.scenarios.map(essence)).toEqual(document.scenarios.map(essence))
      }),
      { numRuns: 15 },
    )
  })
})

test('any test suite that is accepted becomes a suite that may be run', async () => {
  const bench = openBench()
  await fc.assert(
    fc.asyncProperty(documents(anyText, anyText), async document => {
      const { text } = await bench.import('tests.json', json(document))
      const { plan } = await bench.prepare(text)
      expect(plan.entries.flatMap(({ cases }) => cases)).toHaveLength(document.scenarios.length)
      expect(readTestSuite(JSON.parse((await bench.export(text)).text)).problems).toEqual([])
    }),
    { numRuns: 25 },
  )
})

test('any conversation in which the caller speaks becomes a suite that may be run', async () => {
  const bench = openBench()
  const role = fc.constantFrom('user', 'tool', 'system')
  const calling = fc.record({
    role: fc.constant('assistant'),
    content: anyText,
    tool_calls: fc.array(fc.record({ function: fc.record({ name: key, arguments: fc.oneof(anyText, fc.json({ maxDepth: 1 })) }) }), {
      maxLength: 1,
    }),
  })
  const message = fc.oneof(calling, fc.record({ role, content: anyText }))
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 6 }), fc.boolean(), async (messages, isHttp) => {
      const text = json([...messages, { role: 'user', content: 'Hi.' }])
      const read = await bench.import('chat.json', text, isHttp ? { agentUrl: 'http://127.0.0.1:1' } : {})
      expect((await bench.prepare(read.text)).plan.totalRuns).toBe(1)
    }),
    { numRuns: 25 },
  )
})

/** Suites of which nothing is lost but what is named so. */
const step = fc.oneof(
  fc.record({ when: fc.record({ contains: fc.constantFrom('name', 'birth') }), say: said }),
  fc.record({ when: fc.record({ says: fc.constant('The agent asks') }), act: said }),
  fc.record({
    after: fc.constant(1),
    say: fc.constantFrom('<interruption time="1s"/> Wait.', 'And? <hold time="250ms"/> Hello? <endcall/>'),
  }),
)
const driver = fc.oneof(
  fc.record({ instructions: said, first_message: said }, { requiredKeys: ['instructions'] }),
  fc.record({ script: fc.record({ first_message: said, steps: fc.array(step, { maxLength: 3 }) }) }),
  fc.record({
    script: fc.record({
      first_message: fc.constant(''),
      steps: fc.array(fc.record({ when: fc.constant('any'), say: said }), { minLength: 1, maxLength: 3 }),
    }),
  }),
)
const model = { base_url: 'http://127.0.0.1:1/v1', model: 'none' }
const suites = fc
  .uniqueArray(fc.tuple(key, driver, tags, said), { minLength: 1, maxLength: 3, selector: ([own]) => own.toLowerCase() })
  .map(scenarios => ({
    version: 1,
    suite: { name: 'Suite' },
    models: { caller: model, judge: model },
    agents: { agent: { connection: { type: 'websocket', url: 'ws://127.0.0.1:1' } } },
    test_profiles: { ada: { caller_variables: { name: 'Ada' } } },
    scenarios: Object.fromEntries(
      scenarios.map(([own, how, labels, outcome]) => [
        own,
        { ...withoutSelves(how), tags: labels, test_profile: 'ada', expected_outcome: outcome, metrics: ['turns'] },
      ]),
    ),
  }))
  .map(suite => JSON.parse(JSON.stringify(suite).replaceAll('${', '$${')) as typeof suite)

/** The first step cannot follow itself. */
function withoutSelves(how: object): object {
  const { script } = how as { script?: { steps: { after?: number }[] } }
  if (!script) return how
  const from = script.steps.findIndex(({ after }) => after === undefined)
  return { script: { ...script, steps: from === -1 ? [] : script.steps.slice(from) } }
}

function essence({ key: own, tags: labels, behaviour: how, expectedOutcome, metrics, testProfile }: Document['scenarios'][number]): object {
  const script = how.kind === 'script' ? how.script : undefined
  return {
    own,
    labels,
    expectedOutcome: expectedOutcome?.texts.map(({ text }) => text),
    metrics,
    variables: testProfile?.callerVariables,
    how: script
      ? {
          firstMessage: script.firstMessage,
          steps: script.steps.map(({ trigger, say, wording, repeat }, index) => ({
            // In a line from the first message on, "any" and "after the one before" are the same.
            trigger: trigger.kind === 'any' ? { kind: 'after', step: index - 1 } : trigger,
            say,
            wording,
            repeat,
          })),
        }
      : how,
  }
}
