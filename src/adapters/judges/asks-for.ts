import { wordList } from './word-list.js'
import { wordsOf } from './words.js'

/** Words of questions that ask for something by its name, and of no others: "Would you like", "when", "is this" are of others. */
const askingWords = wordList(
  'what what’s whats which is are be the a an of your you please may might can could would i we me us to have get know tell give say ' +
    'spell enter need and sorry again once more full ' +
    'wie was welche welcher welches lautet ist sind der die das den ihr ihre ihren dein deine sie mir uns bitte und noch einmal ' +
    'nochmal darf kann ich können könnten dürfte haben wissen sagen nennen geben ' +
    'quel quelle est votre vos ton ta le la de et s’il vous te plaît puis je avoir me donner dire pouvez pourriez encore une fois ' +
    'cuál es su tu el y por favor puede podría puedo me dar darme decir decirme dígame otra vez ' +
    'qual è il suo sua tuo tua mi può potrebbe dire dare dirmi darmi per favore ancora una volta ' +
    'é o seu sua teu pode poderia dizer dar mais vez wat uw je het mag ik mij geven zeggen alstublieft en ' +
    '请 请问 您 你 您的 你的 的 是 多少 什么 是什么 是多少',
)

/** Whether an utterance has a question for a fact, with all words of its name: `order_number`, "What is the number of your order?" */
export function asksFor(text: string, name: string): boolean {
  const wanted = wordsOf(name.replaceAll(/[_-]|(?<=\p{Ll})(?=\p{Lu})/gu, ' ')).map(({ word }) => word)
  if (wanted.length === 0) return false
  return questionsIn(text).some(question =>
    isFor(
      wordsOf(question).map(({ word }) => word),
      wanted,
    ),
  )
}

function questionsIn(text: string): string[] {
  return text.split(/(?<=[.!。！…?？؟])|\n/u).filter(sentence => /[?？؟]/.test(sentence))
}

function isFor(heard: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.every(word => heard.includes(word))) return areAsking(heard.filter(word => !wanted.includes(word)))
  const [from, to] = runOf(heard, wanted.join('')) ?? []
  return from !== undefined && areAsking([...heard.slice(0, from), ...heard.slice(to)])
}

/** Where whole words that follow one another are this word together: languages compound and cut words differently. */
function runOf(words: readonly string[], compound: string): readonly [from: number, to: number] | undefined {
  for (const from of words.keys()) {
    let run = ''
    for (let to = from; to < words.length && run.length < compound.length; to += 1) {
      run += words[to]
      if (run === compound) return [from, to + 1]
    }
  }
  return undefined
}

function areAsking(words: readonly string[]): boolean {
  return words.every(word => askingWords.has(word))
}
