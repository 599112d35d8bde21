// npm run soak: the tests whose inputs are made up, with so many of them that it takes minutes.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const tests = [
  'test/long/nasty.test.ts',
  'test/unit/app/mutated-journals.test.ts',
  'test/unit/app/mutated-suites.test.ts',
  'test/unit/domain/fold-text.test.ts',
  'test/unit/adapters/judges/yes-judge.test.ts',
  'test/unit/adapters/judges/broken-answers.test.ts',
  'test/unit/app/any-secret.test.ts',
  'test/long/leaks.test.ts',
  'test/unit/domain/trunk-desk.test.ts',
  'test/unit/adapters/sip/message.test.ts',
  'test/unit/adapters/sip/mutated-traffic.test.ts',
  'test/unit/adapters/sip/loss.test.ts',
  'test/unit/adapters/rtp/mutated-packets.test.ts',
  'test/long/hostile-traffic.test.ts',
  'test/long/calls-in-progress.test.ts',
  'test/suites/clinic-telephone.test.ts',
  'test/suites/clinic-voice.test.ts',
  'test/long/silero-calls.test.ts',
  'test/long/server-pages.test.ts',
  'test/long/html-page.test.ts',
]
const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...tests], {
  cwd: root,
  env: {
    ...process.env,
    MUTATIONS: '10000',
    SUITES: '100000',
    SCHEDULES: '10000',
    SIP_MESSAGES: '100000',
    SIP_TRAFFIC: '5000',
    SIP_SEEDS: '200',
    TEXTS: '100000',
    SECRETS: '20000',
    VALUES: '2000',
    OUTCOMES: '1000',
    PACKETS: '50000',
    HOSTILE: '334000',
    CALLS: '100',
    CALL_SECONDS: '300',
    SPOKEN: 'whole',
    BROWSERS: 'whole',
    SILERO_CALLS: '200',
  },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
