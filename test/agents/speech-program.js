// A program that speaks (tones) or hears: node speech-program.js speak|hear. It misbehaves when its text, or its first argument after
// that, is one of these words.
import { spawn } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { tonesOf } from './speech-server.js'

const [what = 'speak', ...words] = process.argv.slice(2)
const input = readFileSync(0)
const text = input.toString().trim()
const odd = words[0] ?? text.replace(/\W.*/, '').toLowerCase()
const { CALLSHEET_SPEED: speed = '1', CALLSHEET_VOICE: voice = '', CALLSHEET_LANGUAGE: language = '' } = process.env

switch (odd) {
  case 'fail':
    console.error(`\u001B[31mError:\u001B[0m no model at\n  /models/voice.onnx (${process.env['SPEECH_KEY']})`)
    process.exit(3)
    break
  case 'crash':
    process.kill(process.pid, 'SIGSEGV')
    break
  case 'nothing':
    console.error('warning: empty voice')
    process.exit(0)
    break
  case 'noise':
    process.stdout.write('not a wav')
    process.exit(0)
    break
  case 'late':
    spawn('sleep', ['60'], { stdio: 'inherit' })
    setTimeout(() => undefined, 60_000)
    break
  case 'endless':
    while (writeSync(1, Buffer.alloc(1 << 20)) > 0);
    break
  case 'child':
    // It keeps our standard output open.
    spawn('sleep', ['60'], { stdio: 'inherit' })
    break
}
if (odd !== 'late') process.stdout.write(what === 'speak' ? speak() : hear(), () => process.exit(0))

function speak() {
  const rate = voice === 'deep' ? 8000 : 16_000
  const samples = tonesOf(text, rate, Number(speed))
  const data = Buffer.from(samples.buffer)
  if (odd === 'raw') return data
  const header = Buffer.from('RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x02\0\x10\0data\0\0\0\0', 'latin1')
  header.writeUInt32LE(rate, 24)
  return Buffer.concat([header, data])
}

function hear() {
  const rate = input.readUInt32LE(24)
  return `heard ${((input.length - 44) / 2 / rate).toFixed(2)} s\n${language && `in ${language}\n`}`
}
