import { expect, test } from 'vitest'
import type { Agent } from '../../../../src/domain/document.js'
import type { Diagnostic } from '../../../../src/domain/diagnostic.js'
import { locate } from '../../../../src/domain/source.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { agent } from '../../../support/build.js'
import { documentOf, documentOfFiles, speaking, suiteOf, suiteWith } from '../load/suites.js'

/** What plan says of a suite whose caller says this first, each with what it points at: `1:2 <tag>`. */
async function told(
  first: string,
  reached: Partial<Agent> = {},
  runs = '',
  files: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const suite = suiteWith({
    scenarios: `{ greets: { script: { first_message: '${first}', steps: [{ when: any, say: Bye }] }, expect: [{ agent_says: { contains: help } }] } }`,
    ...(runs !== '' && { runs }),
  })
  const written = await documentOfFiles({ 'suite.yaml': suite, ...files })
  const entries = written.entries.map(entry => ({ ...entry, agent: agent(reached) }))
  const planned = planRuns({ ...written, entries })
  return ('plan' in planned ? planned.warnings : planned.diagnostics).map(shown)
}

function shown({ code, severity, at }: Diagnostic): string {
  return `${severity} ${code} ${at?.file.text.slice(at.start, at.end)}`
}

test('a sound without words is a warning at its tag, once however often it is planned', async () => {
  const runs = '[{ scenarios: all, frequency: 3 }, { name: Again, scenarios: all }]'
  expect(await told('Hi <speed ratio="1.2"/> there <noise sound="beep"/> <voice id="x">Maria</voice>', {}, runs)).toEqual([
    'warning TAG_NO_EFFECT <speed ratio="1.2"/>',
    'warning TAG_NO_EFFECT <noise sound="beep"/>',
    'warning TAG_NO_EFFECT <voice id="x">',
  ])
})

test.each([
  '<voice id="x" text="Yes"/>',
  '<speed ratio="1" text="Yes"/>',
  '<ivr text="Press 1"/>',
  '<voicemail text="Hi"/>',
  '<audio file="a.wav"/>',
])('%s is an error in text, as its words would be lost', async tag => {
  expect(await told(`Hi ${tag}`)).toEqual([`error TAG_NEEDS_SOUND ${tag}`])
  expect(await told(tag)).toEqual([`error TAG_NEEDS_SOUND ${tag}`])
})

test('an announcement around words is an error too', async () => {
  expect(await told('<ivr>Press 1</ivr>')).toEqual(['error TAG_NEEDS_SOUND <ivr>'])
})

test('a caller that would only make a sound says nothing in text, which is an error', async () => {
  expect(await told('<noise sound="beep"/>')).toEqual([
    'warning TAG_NO_EFFECT <noise sound="beep"/>',
    'error SOUND_ALONE <noise sound="beep"/>',
  ])
})

test('the place is the line and column of the tag, also of one that stands there twice', async () => {
  const suite = await documentOf(
    suiteWith({
      scenarios: `
  greets:
    script: { steps: [{ when: any, say: 'A <noise sound="beep"/> b <noise sound="beep"/>' }] }
    expect: [{ agent_says: { contains: help } }]
`,
    }),
  )
  const planned = planRuns(suite)
  const places = ('plan' in planned ? planned.warnings : []).map(({ at }) => at && locate(at.file, at.start))
  expect(places).toHaveLength(2)
  expect(places[1]).toEqual({ line: places[0]?.line, column: (places[0]?.column ?? 0) + '<noise sound="beep"/> b '.length })
})

test.each([String.raw`"A <noise sound=\"beep\"/> b <noise sound=\"beep\"/>"`, `'It''s <noise sound="beep"/> b <noise sound="beep"/>'`])(
  'so is that of a tag in the quotes of %s',
  async say => {
    const suite = await documentOf(
      suiteWith({
        scenarios: `{ greets: { script: { steps: [{ when: any, say: ${say} }] }, expect: [{ agent_says: { contains: help } }] } }`,
      }),
    )
    const planned = planRuns(suite)
    expect(('plan' in planned ? planned.warnings : planned.diagnostics).map(({ at }) => at?.file.text.slice(at.start, at.end))).toEqual(
      say.match(/<noise[^>]*>/g),
    )
  },
)

test('where a service conducts with sound, the tags are its own to carry out', async () => {
  const reached = { connection: { type: 'hosted', baseUrl: 'https://x', agentId: 1 } } as const
  expect((await told('Hi <ivr text="Press 1"/>', reached)).filter(each => /SOUND|TAG/.test(each))).toEqual([])
})

const called = { connection: { type: 'chirp', url: 'ws://x' } } as const

test('in a call every tag has its effect', async () => {
  const tags = [
    '<voice id="x" text="Hi"/>',
    '<ivr text="Press 1"/>',
    '<noise sound="beep"/>',
    '<background_noise sound="my.wav"/>',
    '<audio file="a.wav"/>',
  ]
  for (const tag of tags) expect(await told(`Hello. ${tag}`, called, '', { 'my.wav': '', 'a.wav': '' })).toEqual([])
})

test.each(['<noise sound="my.wav"/>', '<background_noise sound="my.wav"/>', '<audio file="../suite.wav"/>'])(
  'the file of %s has to be there, and where the suite may read it',
  async tag => {
    expect(await told(`Hello. ${tag}`, called)).toEqual([`error RECORDING_MISSING ${tag}`])
  },
)

test('a sound that nobody has is an error in a call', async () => {
  expect(await told('Hello. <noise sound="spaceship"/>', called)).toEqual(['error SOUND_UNKNOWN <noise sound="spaceship"/>'])
  expect(await told('Hello. <background_noise sound="http://x/a.mp3"/>', called)).toEqual([
    'error SOUND_UNKNOWN <background_noise sound="http://x/a.mp3"/>',
  ])
  expect(await told('Hello. <audio id="12"/>', called)).toEqual(['error AUDIO_ID_UNKNOWN <audio id="12"/>'])
  expect(await told('Hello. <audio file="a.mp3"/>', called)).toEqual(['error SOUND_UNKNOWN <audio file="a.mp3"/>'])
})

test('a metric of sound that a scenario names in text is a warning, and none in a call', async () => {
  const suite = await documentOf(
    suiteOf(
      `${speaking}, metrics: [stop_time_ms, latency_ms], expect: [{ agent_says: { contains: a } }, { metric: { name: overlap_s, max: 1 } }]`,
    ),
  )
  const toldOf = (reached: Partial<Agent>) => {
    const planned = planRuns({ ...suite, entries: suite.entries.map(entry => ({ ...entry, agent: agent(reached) })) })
    return ('plan' in planned ? planned.warnings : planned.diagnostics).map(({ code, message }) => `${code} ${message.split(' ')[0]}`)
  }
  expect(toldOf({})).toEqual(['METRIC_NEEDS_SOUND "stop_time_ms"', 'METRIC_NEEDS_SOUND "overlap_s"'])
  expect(toldOf(called)).toEqual([])
})
