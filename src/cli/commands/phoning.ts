import type { Command } from 'commander'
import { countOption, repeatOption } from '../option-values.js'
import type { Ends } from './ends.js'

function atTrunk(command: Command): Command {
  return command
    .argument('<suite>', 'the suite that has the trunk')
    .option('--trunk <key>', 'use this trunk (default: the only one)')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
}

/** The commands that try a telephone trunk. */
export function phoning(program: Command, ends: Ends): void {
  const phone = program.command('phone').description('try a telephone trunk: register, dial a number, or listen for calls')
  atTrunk(phone.command('register').description('register at a trunk, and show its SIP messages')).action(async (suite: string, flags) =>
    ends(await (await import('../phone.js')).phoneRegister(suite, flags)),
  )
  atTrunk(phone.command('dial').description('place one call over a trunk, and show its SIP messages, codec and sound both ways'))
    .argument('<number>', 'the number to dial')
    .option('--wav <file>', 'play this file (default: silence)')
    .option('--seconds <n>', 'stay on the line so long after it', countOption, 10)
    .action(async (suite: string, number: string, flags) => ends(await (await import('../phone.js')).phoneDial(suite, number, flags)))
  atTrunk(phone.command('listen').description('wait for calls over a trunk, and show what comes in; each is told that we are busy'))
    .option('--seconds <n>', 'wait so long', countOption, 60)
    .action(async (suite: string, flags) => ends(await (await import('../phone.js')).phoneListen(suite, flags)))
}
