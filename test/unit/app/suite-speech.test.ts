import { expect, test } from 'vitest'
import { createAloud } from '../../../src/app/suite-speech.js'
import type { Document } from '../../../src/domain/document.js'
import { runsOf } from '../../../src/domain/plan.js'
import { planRuns } from '../../../src/pipeline/plan/plan-runs.js'
import type { CallAloud } from '../../../src/ports/channel.js'
import type { SelfHearing } from '../../../src/ports/speech.js'
import { fakeEars, fakeMouth } from '../../support/talking.js'
import { documentOf, suiteWith } from '../pipeline/load/suites.js'

const selfHearing: SelfHearing = { listen: async () => undefined }

async function aloudOf(changed: Parameters<typeof suiteWith>[0]): Promise<Omit<CallAloud, 'known'>> {
  const document: Document = await documentOf(
    suiteWith({ agents: '{ clinic: { connection: { type: chirp, url: "ws://127.0.0.1:1" } } }', ...changed }),
  )
  const planned = planRuns(document)
  if (!('plan' in planned)) throw new Error(planned.diagnostics.map(({ message }) => message).join())
  const use = {
    mouth: fakeMouth(8000),
    ears: fakeEars([]),
    detector: { settings: { name: 'fvad' } } as const,
    selfHearing,
    metrics: document.metrics,
    keepsAll: false,
  }
  const [spec] = runsOf(planned.plan.entries[0]!)
  return createAloud(planned.plan, { ...use, async [Symbol.asyncDispose]() {} }).aloud(spec!, 1, () => undefined)!
}

const says = (more: string) => `{ greets: { script: { first_message: Hi. }, ${more} } }`
const keys = says('expect: [{ ended_by: agent }]')

test('callers are listened to once they have said enough to tell, and from their first word where a metric asks', async () => {
  expect((await aloudOf({})).detector).toEqual({ name: 'fvad' })
  expect((await aloudOf({})).selfHearing).toEqual({ hearing: selfHearing, leastWords: 40 })
  const asked = says('metrics: [caller_wer], expect: [{ agent_says: { contains: help } }]')
  expect((await aloudOf({ scenarios: asked })).selfHearing).toEqual({ hearing: selfHearing, leastWords: 1 })
})

test('nothing is listened to where nothing hears, or in a language of which we do not know how it is heard', async () => {
  const never = await aloudOf({ scenarios: keys, models: '{ stt: { hear: never } }' })
  expect([never.selfHearing, never.ears]).toEqual([undefined, undefined])
  const spanish = await aloudOf({ personalities: '{ p: { language: es } }', runs: '[{ personalities: [p] }]' })
  expect(spanish.selfHearing).toBeUndefined()
  expect(spanish.ears).toBeDefined()
})
