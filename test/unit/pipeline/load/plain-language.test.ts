import { expect, test } from 'vitest'
import { documentOf, suiteWith } from './suites.js'

const models = '{ caller: { base_url: "http://127.0.0.1:1/v1", model: m } }'

async function behaviourOf(scenario: string) {
  const scenarios = `\n  greets:\n    expect: [{ agent_says: { contains: a } }]\n${scenario}`
  const [first] = (await documentOf(suiteWith({ scenarios, models }))).scenarios
  return first?.behaviour
}

const instructed = (more: string) => behaviourOf(`    instructions: Ask for {{test_profile.name}}. <endcall/>\n${more}`)

test('instructions are kept as they are written, with exact first words, none, or its own', async () => {
  expect(await instructed('')).toEqual({ kind: 'instructions', instructions: 'Ask for {{test_profile.name}}. <endcall/>' })
  expect(await instructed('    first_message: Hello. <hold time="1s"/>')).toMatchObject({
    firstMessage: [
      { type: 'text', text: 'Hello.' },
      { type: 'hold', ms: 1000 },
    ],
  })
  expect(await instructed('    first_message: ""')).toMatchObject({ firstMessage: [] })
})

test('what a step acts is told beside what acts of itself; conditions in plain language stand beside the others', async () => {
  const behaviour = await behaviourOf(`
    script:
      steps:
        - when: { contains: name, says: The agent asks who is calling }
          act: Give your name. <endcall/>
        - when: { says: The agent is rude }
          say: Well!
`)

  expect(behaviour).toMatchObject({
    script: {
      steps: [
        {
          trigger: { kind: 'when', matcher: { contains: 'name' }, says: 'The agent asks who is calling' },
          say: [{ type: 'text', text: 'Give your name.' }, { type: 'endcall' }],
          wording: 'own',
        },
        { trigger: { kind: 'when', matcher: {}, says: 'The agent is rude' }, say: [{ text: 'Well!' }], wording: 'exact' },
      ],
    },
  })
})

test('conditional actions in plain language become the same, with their role', async () => {
  const behaviour = await behaviourOf(`
    conditional_actions:
      role: You are Maria.
      conditions:
        - { id: 0, condition: FIRST_MESSAGE, action: "", type: standard, fixed_message: true }
        - { id: 1, condition: The agent greets, action: Hi., type: standard, fixed_message: true }
        - { id: 2, condition: 'contains "name"', action: Give your name. <endcall/>, type: standard, fixed_message: false }
`)

  expect(behaviour).toMatchObject({
    script: {
      role: 'You are Maria.',
      steps: [
        { cause: { kind: 'condition', number: 1 }, trigger: { matcher: {}, says: 'The agent greets' }, wording: 'exact' },
        {
          cause: { kind: 'condition', number: 2 },
          trigger: { matcher: { contains: 'name' } },
          say: [{ type: 'text', text: 'Give your name.' }, { type: 'endcall' }],
          wording: 'own',
        },
      ],
    },
  })
})

test('a personality has its pace of its own, or of its speed', async () => {
  const { personalities } = await documentOf(
    suiteWith({
      personalities: `
  own: { speed: 2, pace: slow, hesitation: low, typos: high, interruption_level: medium, language_mixing: { language: es } }
  fast: { speed: 1.2 }
  slow: { speed: 0.8 }
  neither: { speed: 1 }
  silent: {}
`,
    }),
  )

  expect(personalities.map(({ pace }) => pace)).toEqual(['slow', 'fast', 'slow', 'normal', undefined])
  expect(personalities[0]).toMatchObject({
    hesitation: 'low',
    typos: 'high',
    interruptionLevel: 'medium',
    languageMixing: { language: 'es', level: 'medium' },
  })
})
