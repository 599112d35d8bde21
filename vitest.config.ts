import { configDefaults, defineConfig } from 'vitest/config'

// Where to put a machine-readable report beside the usual output; .ci/run counts the tests from it.
const report = process.env['TEST_REPORT']

// Calls in real time: what else runs on the machine would make their sound late. So they run when all else is done, two at a time.
const inRealTime = [
  'test/long/voice.test.ts',
  'test/long/served-voice.test.ts',
  'test/long/recordings-s3.test.ts',
  'test/long/resumed-calls.test.ts',
  'test/long/peers.test.ts',
  'test/long/pipecat.test.ts',
  'test/long/realtime-calls.test.ts',
  'test/long/telephony.test.ts',
  'test/long/telephony-accidents.test.ts',
  'test/long/trunk-in-ten-minutes.test.ts',
  'test/long/calls-in-progress.test.ts',
  'test/long/served-telephony.test.ts',
  'test/long/captured-call.test.ts',
  'test/long/baresip.test.ts',
  'test/long/linphone.test.ts',
  'test/services/telephone-workers.test.ts',
]
// Those whose ears and mouths are programs, which take a processor now and then.
const spoken = ['test/suites/clinic-voice.test.ts', 'test/suites/clinic-telephone.test.ts', 'test/suites/clinic-keys.test.ts']
// And those whose model takes one all the time.
const alone = ['test/long/silero-calls.test.ts']
// What takes long, needs PostgreSQL or Redis, or a process of its own to measure memory: `npm test` leaves it out.
const long = [
  ...['contract', 'docs', 'golden', 'long', 'services', 'suites'].map(folder => `test/${folder}/**/*.test.ts`),
  'test/unit/adapters/sip/strangers.test.ts',
  'test/unit/adapters/reporters/memory.test.ts',
]

export default defineConfig({
  test: {
    setupFiles: ['test/support/property-seed.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // CI's machines are shared, and stall: there a test that fails is tried once more, and the count names it.
    retry: report ? 1 : 0,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'short',
          // Their files share processes, which saves a third of the time: no test may leave anything behind.
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...long],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          globalSetup: ['test/support/services.ts'],
          include: long,
          exclude: [...configDefaults.exclude, ...inRealTime, ...spoken, ...alone],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      { extends: true, test: { name: 'real-time', include: inRealTime, maxWorkers: 2, sequence: { groupOrder: 2 } } },
      { extends: true, test: { name: 'spoken', include: spoken, maxWorkers: 2, sequence: { groupOrder: 3 } } },
      { extends: true, test: { name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 4 } } },
    ],
  },
})
