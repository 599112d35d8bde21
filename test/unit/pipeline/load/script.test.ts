import { expect, test } from 'vitest'
import { described, diagnosticsOf, documentOf, loadText, suiteWith } from './suites.js'

async function scriptOf(scenario: string) {
  const document = await documentOf(suiteWith({ scenarios: `\n  greets:\n    expect: [{ ended_by: caller }]\n${scenario}` }))
  const behaviour = document.scenarios[0]?.behaviour
  return behaviour?.kind === 'script' ? behaviour.script : undefined
}

test('a script is read into steps, which follow one another by index', async () => {
  const script = await scriptOf(`
    script:
      first_message: Hi.
      steps:
        - when: { contains: name, matches: "(?i)your" }
          say: Maria.
        - after: 1
          say: <interruption time="2s"/> Hello?
        - when: any
          say: Bye. <endcall/>
          repeat: true
`)

  expect(script).toMatchObject({
    firstMessage: [{ type: 'text', text: 'Hi.' }],
    steps: [
      { cause: { kind: 'step', number: 1 }, trigger: { kind: 'when', matcher: { contains: 'name', matches: '(?i)your' } }, repeat: false },
      {
        cause: { kind: 'step', number: 2 },
        trigger: { kind: 'after', step: 0 },
        say: [
          { type: 'interruption', ms: 2000 },
          { type: 'text', text: 'Hello?' },
        ],
      },
      {
        cause: { kind: 'step', number: 3 },
        trigger: { kind: 'any' },
        say: [{ type: 'text', text: 'Bye.' }, { type: 'endcall' }],
        repeat: true,
      },
    ],
  })
})

test('an agent may speak first', async () => {
  expect(await scriptOf('    script: { first_message: "", steps: [{ when: any, say: Hi. }] }')).toMatchObject({
    firstMessage: [],
  })
  expect(await scriptOf('    script: { steps: [{ when: any, say: Hi. }] }')).toMatchObject({ firstMessage: [] })
})

test('conditional actions become the same script', async () => {
  const script = await scriptOf(`
    conditional_actions:
      role: You are Maria.
      conditions:
        - { id: 0, condition: FIRST_MESSAGE, action: "", type: standard, fixed_message: true }
        - { id: 7, condition: ' Contains "your name" ', action: Maria., type: standard, fixed_message: true }
        - { id: 3, condition: 7, action: Lopez., type: action_followup, fixed_message: true }
        - { id: 4, condition: "0", action: Hello?, type: action_followup, fixed_message: true }
`)

  expect(script).toMatchObject({
    firstMessage: [],
    steps: [
      {
        cause: { kind: 'condition', number: 7 },
        trigger: { kind: 'when', matcher: { contains: 'your name' } },
        say: [{ type: 'text', text: 'Maria.' }],
      },
      { cause: { kind: 'condition', number: 3 }, trigger: { kind: 'after', step: 0 } },
      { cause: { kind: 'condition', number: 4 }, trigger: { kind: 'after', step: -1 } },
    ],
  })
})

test('all that is wrong with conditional actions is told at once', async () => {
  const loaded = await loadText(
    suiteWith({
      scenarios: `
  greets:
    expect: [{ ended_by: caller }]
    conditional_actions:
      role: You are Maria.
      conditions:
        - { id: 1, condition: HELLO, action: Hi., type: standard, fixed_message: true }
        - { id: 1, condition: 'contains "a"', action: " ", type: standard, fixed_message: true }
        - { id: 2, condition: 2, action: b, type: action_followup, fixed_message: true }
        - { id: 3, condition: 9, action: "c <endcal/>", type: action_followup }
        - { id: 4, condition: the agent is rude, action: d, type: standard, fixed_message: true }
`,
    }),
  )

  expect(described(diagnosticsOf(loaded)).toSorted()).toEqual([
    'FIRST_CONDITION suite.yaml: 1',
    'FIRST_CONDITION suite.yaml: HELLO',
    'FOLLOW_UP_ITSELF suite.yaml: 2',
    'FOLLOW_UP_UNKNOWN suite.yaml: 9',
    'ID_TWICE suite.yaml: 1',
    'KEY_MISSING suite.yaml: { id: 3, condition: 9, action: "c <endcal/>", type: action_followup }',
    'MODEL_MISSING suite.yaml: condition',
    'TEXT_BLANK suite.yaml: " "',
    'UTTERANCE_TAG_UNKNOWN suite.yaml: <endcal/>',
  ])
})

test('a mistake inside a folded or quoted text is told at its own words', async () => {
  const loaded = await loadText(
    suiteWith({
      scenarios: `
  greets:
    expect: [{ ended_by: caller }]
    script:
      first_message: >-
        Hello there, <endcall now>
        <endcal/> again <endcal/>
      steps:
        - { when: any, say: "tab\\t and {{nme}} or \\"{{nme}}\\"" }
`,
    }),
  )

  const places = diagnosticsOf(loaded).map(({ code, at }) => `${code} ${at?.file.text.slice(at.start - 1, at.end + 1)}`)
  expect(places).toEqual([
    'TAG_MALFORMED  <endcall now>\n',
    'UTTERANCE_TAG_UNKNOWN  <endcal/> ',
    'UTTERANCE_TAG_UNKNOWN  <endcal/>\n',
    'TEMPLATE_UNKNOWN  {{nme}} ',
    'TEMPLATE_UNKNOWN "{{nme}}\\',
  ])
})
