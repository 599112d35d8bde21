import { dialTrunk, UnplayableFile } from '../app/phone/dial-trunk.js'
import { listenTrunk } from '../app/phone/listen-trunk.js'
import { registerTrunk, type PhonesUse, type Trial } from '../app/phone/register-trunk.js'
import { trunkOf } from '../app/phone/trunk-of.js'
import type { Prepared } from '../app/plan-document.js'
import { count } from '../domain/count.js'
import { FaultError } from '../domain/fault.js'
import { isDialled, normalisePhoneNumber, withoutSeparators } from '../domain/phone-number.js'
import { safeLine, safeText } from '../domain/safe-text.js'
import type { Trunk } from '../domain/trunk.js'
import { lookAtSuites, printDiagnostics } from './check-suites.js'
import { exit, type ExitCode } from './exit.js'
import { listenForInterrupts } from './interrupts.js'
import { printError, write } from './terminal.js'
import { UsageError } from './usage-error.js'

/** What all commands for a trunk take. */
export interface PhoneFlags {
  /** Its key. Default: the only one. */
  readonly trunk?: string
  readonly envFile?: readonly string[]
}

interface AtTrunk {
  readonly trunk: Trunk
  readonly via: PhonesUse
  readonly mask: Prepared['mask']
}

/** `callsheet phone register`: whether a trunk takes us. */
export function phoneRegister(suite: string, flags: PhoneFlags): Promise<ExitCode> {
  return withTrunk(suite, flags, async ({ trunk, via, mask }) => await tell(await registerTrunk(trunk, via), mask))
}

/** `callsheet phone dial`: one call over a trunk. */
export function phoneDial(
  suite: string,
  number: string,
  flags: PhoneFlags & { readonly wav?: string; readonly seconds: number },
): Promise<ExitCode> {
  return withTrunk(suite, flags, async ({ trunk, via, mask }) => {
    using interrupts = listenForInterrupts()
    const { wav, seconds } = flags
    const connection = { type: 'sip', trunk, to: calledBy(number) } as const
    const code = await tell(await dialTrunk({ connection, wav, seconds, via, signal: interrupts.gently }), mask)
    return interrupts.exitCode ?? code
  })
}

/** `callsheet phone listen`: what comes in over a trunk. */
export function phoneListen(suite: string, flags: PhoneFlags & { readonly seconds: number }): Promise<ExitCode> {
  return withTrunk(suite, flags, async ({ trunk, via, mask }) => {
    if (!trunk.register && trunk.listen?.port === undefined)
      throw new UsageError(
        `No call would reach us over the trunk "${trunk.key}": it neither registers nor listens on a port. Add register: true, or listen: { port: 5060 }, to it.`,
      )
    using interrupts = listenForInterrupts()
    const came = await listenTrunk({
      trunk,
      seconds: flags.seconds,
      via,
      signal: interrupts.gently,
      ready: () => void write(process.stdout, `Waiting for calls for ${flags.seconds} s. Press Ctrl-C to stop.\n`),
      called: (from, to, dialogue) =>
        void write(process.stdout, `\n${safeLine(`${from} called ${to}.`)}\n\n${safeText(mask.text(dialogue))}`),
    })
    await write(process.stdout, `\n${count(came, 'call')} came in.\n`)
    return came > 0 ? exit.passed : exit.failed
  })
}

/** @throws {UsageError} for what no telephone exchange calls anybody. */
function calledBy(number: string): string {
  const called = normalisePhoneNumber(number) ?? (isDialled(number) ? withoutSeparators(number) : number)
  if (/^[\w+*#.~-]+$/.test(called)) return called
  throw new UsageError(`${JSON.stringify(number)} is no telephone number. Use one like +15555550100, or the extension of an exchange.`)
}

async function withTrunk(suite: string, { trunk: key, envFile }: PhoneFlags, then: (at: AtTrunk) => Promise<ExitCode>): Promise<ExitCode> {
  const { use, prepared, diagnostics } = await lookAtSuites([suite], envFile ? { envFile } : {})
  const [loaded] = prepared
  if (!loaded) {
    printDiagnostics(diagnostics)
    return exit.usage
  }
  const trunk = trunkOf(loaded.document, key)
  if ('keys' in trunk) throw new UsageError(noTrunk(suite, key, trunk.keys))
  try {
    return await then({ trunk, via: { clock: use.clock, network: use.network }, mask: loaded.mask })
  } catch (cause) {
    if (cause instanceof UnplayableFile) throw new UsageError(cause.message)
    if (!(cause instanceof FaultError)) throw cause
    printError(cause.message)
    return exit.failed
  }
}

function noTrunk(suite: string, key: string | undefined, keys: readonly string[]): string {
  if (keys.length === 0) return `No agent of ${suite} is called over a trunk. Add trunk to the connection of one.`
  const all = keys.join(', ')
  return key === undefined
    ? `${suite} has several trunks. Name one with --trunk: ${all}.`
    : `No agent of ${suite} uses a trunk "${key}". There are: ${all}.`
}

async function tell({ isGood, said, dialogue }: Trial, mask: Prepared['mask']): Promise<ExitCode> {
  await write(process.stdout, `${safeText(mask.text(dialogue))}\n${safeLine(mask.text(said))}\n`)
  return isGood ? exit.passed : exit.failed
}
