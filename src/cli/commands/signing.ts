import { type Command, Option } from 'commander'
import { meanings } from '../../domain/attestation.js'
import { countOption, listOption, repeatOption } from '../option-values.js'
import type { Ends } from './ends.js'

/** `attest`, `signoff` and `verify`. */
export function addSigning(program: Command, ends: Ends): void {
  program
    .command('attest')
    .description('state what came of a result, and sign it with the key of a machine')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .option('--key <file>', 'sign with this private key in PEM; CALLSHEET_KEY_PASSPHRASE decrypts it')
    .option('--sigstore', 'also write the signature as a bundle for Sigstore')
    .option('--tsa-query <file>', 'also write a request for a time stamp of the signature (RFC 3161) to this file')
    .option('--tsa-file <file>', "add this time stamp, an authority's answer about a signature of the result")
    .option('--with-reviews', 'also state how far people agreed with the judge, and the gate with their answers')
    .option('--predicate <file>', 'write the predicate alone to this file, for others to sign')
    .addHelpText('after', '\nExample:\n  callsheet attest latest --key ci.key.pem')
    .action(async (name: string, flags) => ends(await (await import('../attest.js')).attest(name, flags)))

  program
    .command('signoff')
    .description('show the report of an attested result to a person, and sign what the person decides')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .requiredOption('--key <file>', 'sign with this private key in PEM; CALLSHEET_KEY_PASSPHRASE decrypts it')
    .requiredOption('--name <name>', 'name of the person who signs')
    .requiredOption('--role <role>', 'role of the person, such as "QA lead"')
    .addOption(
      new Option('--meaning <meaning>', 'what the signature means (default: approval; with --reject: rejection)').choices(meanings),
    )
    .option('--reason <text>', 'why; a rejection needs one')
    .option('--reject', 'reject the result instead of approving it')
    .option('--exceptions <file>', 'approve a failed gate with the exceptions in this YAML file, for everything that failed')
    .option('--valid-until <day>', 'let the signature hold until the end of this day, UTC, such as 2026-12-31')
    .option('--with-reviews', 'show how far people agreed with the judge, with the gate both ways, and sign that too')
    .option('--allow-same-key', 'let the key that attested the result sign it off')
    .option('--sigstore', 'also write the signature as a bundle for Sigstore')
    .option('--tsa-query <file>', 'also write a request for a time stamp of the signature (RFC 3161) to this file')
    .option('--yes', 'sign without a question')
    .addHelpText('after', '\nExample:\n  callsheet signoff latest --key lead.key.pem --name "Ada Park" --role "QA lead"')
    .action(async (name: string, flags) => ends(await (await import('../signoff.js')).signoff(name, flags)))

  program
    .command('review')
    .description('ask a person about answers of the judge, blind, and keep how far they agree')
    .argument('[result]', 'a folder, an id or latest', 'latest')
    .requiredOption('--by <name>', 'name of the person who reviews')
    .option('--sample <n>', 'ask about so many answers, drawn at random', countOption, 40)
    .addHelpText('after', '\nExample:\n  callsheet review latest --by "Ada Park" --sample 20')
    .action(async (name: string, flags) => ends(await (await import('../review.js')).review(name, flags)))

  program
    .command('verify')
    .description('check the signatures, digests and counts of a signed result, without network')
    .argument('[result]', 'a folder, an id, latest, a file of envelopes, or a bundle of Sigstore', 'latest')
    .option('--keys <file>', 'trust the public keys, and the authorities of time, in this YAML file')
    .option('--require <roles>', 'require a sign-off by a key of each role (repeatable, or separated by commas)', listOption)
    .option('--artifact <file>', 'require that the result is about this file')
    .option('--digest <digest>', 'require that the result is about this digest, such as sha256:1f2e...')
    .option('--suite <file>', 'require that this suite and its thresholds have not changed since')
    .option('--env-file <file>', 'read environment variables from a file (repeatable)', repeatOption)
    .option('--allow-same-key', 'let one key have attested and signed off')
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', '\nExample:\n  callsheet verify latest --keys keys.yaml --require qa,product')
    .action(async (name: string, flags) => ends(await (await import('../verify.js')).verify(name, flags)))
}
