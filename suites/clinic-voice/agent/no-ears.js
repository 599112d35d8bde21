// Stands in where nothing hears words: the transcript has the same words for whatever the agent says.
import { buffer } from 'node:stream/consumers'

await buffer(process.stdin)
process.stdout.write('words that nobody here can hear')
