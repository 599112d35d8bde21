import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root, type Executed } from '../suites/callsheet.js'
import { openWorkplace, statusesOf, until, type Running, type Workplace } from '../cli/workplace.js'

const binary = `'${process.execPath}' '${join(root, 'bin/callsheet.js')}'`
const stackTrace = /^ +at /m

describe.concurrent('where it writes to', () => {
  test('a disk that runs full while journalling is a clear error, exit code 3, and no agent is left', async ({ skip }) => {
    await using place = await openWorkplace({ frequency: 1000 })
    const disk = join(place.path, 'disk')
    mkdirSync(disk)
    const mount = `mount -t tmpfs -o size=64k tmpfs '${disk}'`
    skip(spawnSync('unshare', ['-rm', 'sh', '-c', mount]).status !== 0, 'nobody may mount a small disk here')

    const { exit, stdout, stderr } = await inShell(
      place,
      `${mount} && exec ${binary} run suite.yaml --out disk/result`,
      'unshare',
      '-rm',
      'sh',
    )
    expect(stderr).toMatch(
      /^error: Cannot write disk\/result\/journal\.jsonl: the disk is full \(ENOSPC\)\. .*resume the result disk\/result\.$/m,
    )
    expect(stderr).not.toMatch(stackTrace)
    expect(stdout).toBe('')
    expect(exit).toBe(3)
    await until('the agent is gone', () => place.alive() === 0)
  })

  test.each([
    '--version',
    '-V',
    '--help',
    'run --help',
    'schema',
    'validate suite.yaml',
    'plan suite.yaml',
    'ids suite.yaml',
    'report',
    'flaky',
    'compare latest latest',
    'rescore latest',
  ])('%s with a full disk below standard output is one line of error, and exit code 3', async command => {
    await using place = await openWorkplace({ frequency: 1 })
    await place.run(['run', 'suite.yaml'])
    const { exit, stderr } = await inShell(place, `exec ${binary} ${command} > /dev/full`, 'sh')
    expect([exit, stderr]).toEqual([3, 'error: Standard output could not be written: the disk is full (ENOSPC).\n'])
  })

  test('a journal that may grow no more stops the suite in the middle: nothing more starts, and what had ended is kept', async () => {
    await using place = await openWorkplace({ frequency: 1000, concurrency: 10 })
    const { exit, stdout, stderr } = await inShell(place, `ulimit -f 64; exec ${binary} run suite.yaml --out result`, 'sh')
    expect(stderr).toMatch(/^error: Cannot write result\/journal\.jsonl: .*resume the result result\.$/m)
    expect(stderr).not.toMatch(stackTrace)
    expect(stdout).toBe('')
    expect(exit).toBe(3)
    const ended = place.journal('result').filter(({ type }) => type === 'run.ended').length
    expect(ended).toBeGreaterThan(5)
    // Besides those that had ended: the runs in progress, and those that took their places before the lines were written.
    expect(place.callsByRun().size).toBeLessThan(ended + 40)
    await until('the agent is gone', () => place.alive() === 0)
  })

  test.each(['--junit', '--json'])('a place for %s that cannot be written is exit code 2, and nobody is called', async option => {
    await using place = await openWorkplace()
    place.write('file', '')
    mkdirSync(join(place.path, 'folder'))
    for (const path of ['file/report', 'folder', '/proc/nowhere/report']) {
      const { exit, stderr } = await place.run(['run', 'suite.yaml', option, path])
      expect(stderr).toMatch(/^error: Cannot write [^\n]+: [^\n]+\. Name another file\.\n$/)
      expect(exit).toBe(2)
    }
    expect(place.calls()).toEqual([])
  })

  test('a report that can no longer be written is a clear error and exit code 3; the result is kept', async () => {
    await using place = await openWorkplace({ frequency: 2, delayMs: 500 })
    const running = place.start(['run', 'suite.yaml', '--junit', 'place/junit.xml'])
    await until('the first call', () => place.calls().length > 0)
    rmSync(join(place.path, 'place'), { recursive: true })
    place.write('place', '')
    const { exit, stderr } = await running.ended
    expect(stderr).toMatch(/^error: Cannot write place\/junit\.xml: .*callsheet report/m)
    expect(stderr).not.toMatch(stackTrace)
    expect(exit).toBe(3)
    expect(statusesOf(place.journal())).toEqual({ passed: 2 })
  })

  test('a folder for a result below /proc ends at once too', async () => {
    await using place = await openWorkplace()
    expect(await place.run(['run', 'suite.yaml', '--out', '/proc/nowhere/result'])).toMatchObject({ exit: 2, stdout: '' })
    expect(place.calls()).toEqual([])
  })

  test('reports of an earlier run are not left, whether the run is refused or killed', async () => {
    await using place = await openWorkplace({ delayMs: 1000 })
    const read = (file: string): string => readFileSync(join(place.path, file), 'utf8')
    const args = ['--junit', 'junit.xml', '--json', 'report.json']
    const begin = async (how: readonly string[]): Promise<Running> => {
      place.write('junit.xml', '<testsuites tests="1" failures="0" errors="0"/>')
      place.write('report.json', '{ "version": 2, "callsheet": "0.1.0", "gate": { "verdict": "passed" } }')
      return place.start([...how, ...args])
    }
    const expectUnfinished = (): void => {
      expect(read('junit.xml')).toMatch(/<testsuites name="[^"]+" tests="1" failures="0" errors="1" [^]+<error message="did not finish"/)
      expect(JSON.parse(read('report.json'))).toMatchObject({ state: 'did_not_finish', gate: { verdict: 'could_not_tell' } })
    }
    for (const how of [
      'run nowhere.yaml',
      'run --resume nowhere',
      'run suite.yaml --tag none',
      'rerun nowhere --failed',
      'rescore nowhere',
    ]) {
      expect(await (await begin(how.split(' '))).ended).toMatchObject({ exit: 2 })
      expectUnfinished()
    }
    const running = await begin(['run', 'suite.yaml'])
    await until('the first call', () => place.calls().length > 0)
    running.signal('SIGKILL')
    await running.ended
    expectUnfinished()
  })

  test('a report never overwrites the suite', async () => {
    await using place = await openWorkplace()
    const before = readFileSync(join(place.path, 'suite.yaml'), 'utf8')
    for (const args of ['run ./suite.yaml --json suite.yaml', 'run --json suite.yaml'])
      expect(await place.run(args.split(' '))).toMatchObject({ exit: 2 })
    expect(readFileSync(join(place.path, 'suite.yaml'), 'utf8')).toBe(before)
  })

  test('a folder for the result that cannot be made is exit code 2, and nobody is called', async () => {
    await using place = await openWorkplace()
    place.write('file', '')
    const { exit, stderr } = await place.run(['run', 'suite.yaml', '--out', 'file/result'])
    expect(stderr).toMatch(/^error: Cannot make the folder file\/result: .*Choose another folder for the result\.$/m)
    expect(exit).toBe(2)
    expect(place.calls()).toEqual([])
  })

  test.each([
    ['standard output', 'run suite.yaml 2>>errors', 'head -1', { passed: 20 }],
    ['standard output, of a large plan,', 'plan suite.yaml --json --frequency 2000 2>>errors', 'head -c 1', {}],
    ['standard output, of JSON,', 'run suite.yaml --reporter json 2>>errors', 'true', { passed: 20 }],
    ['standard error', 'run suite.yaml 2>&1 >>errors', 'true', { passed: 20 }],
  ])('a reader of %s that goes away is no crash, and changes no exit code', async (_stream, command, reader, statuses) => {
    await using place = await openWorkplace({ frequency: 20 })
    const { stderr } = await inShell(place, `{ ${binary} ${command}; echo $? > code; } | ${reader}`)
    expect(`${stderr}${readFileSync(join(place.path, 'errors'), 'utf8')}`).not.toMatch(/EPIPE|^ +at /m)
    expect(readFileSync(join(place.path, 'code'), 'utf8')).toBe('0\n')
    expect(statusesOf(place.journal())).toEqual(statuses)
  })
})

/** Runs a line of shell in a workplace; the shell may be one that another program starts. */
async function inShell(place: Workplace, line: string, program = 'sh', ...args: string[]): Promise<Executed> {
  const child = spawn(program, [...args, '-c', line], {
    cwd: place.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 15_000,
    killSignal: 'SIGKILL',
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exit = await new Promise<number>(resolve => child.on('close', code => resolve(code ?? -1)))
  return { exit, stdout, stderr }
}
