import { expect, test } from 'vitest'
import type { SharedResult } from '../../../src/app/serve/answer/shares.js'
import { sharePage } from '../../../src/server/pages/share-page.js'

function sharedWith(recording: string | null): SharedResult {
  const run = {
    id: 7,
    status: 'completed',
    success: true,
    error_message: null,
    expected_outcome: null,
    evaluation: null,
    personality_name: null,
    scenario_name: 'Cancel',
    duration: '00:12',
    transcript_object: [],
    voice_recording_url: recording,
  }
  const result = { name: 'Calls', agent_name: 'Clinic', status: 'completed', success_rate: 100, created_at: '', updated_at: '' }
  return { result, runs: { count: 1, items: [run] }, page: { page: 1, size: 50 } } as unknown as SharedResult
}

test('a shared page plays the recording of a call, and of a conversation in text nothing', () => {
  const page = sharePage(sharedWith('/recordings/a.b'))
  expect(page.hasSound).toBe(true)
  expect(page.body.html).toContain('<audio controls preload="none" src="/recordings/a.b"></audio>')
  const silent = sharePage(sharedWith(null))
  expect(silent.hasSound).toBe(false)
  expect(silent.body.html).not.toContain('<audio')
})
